"""A table that people keep in Excel or CSV: its rows as text, with the numbers by which people find them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from mailbot.model import RequestRefused

MAX_ROWS = 1_000_000
CHARSETS = ("utf-8-sig", "cp1251")


@dataclass(frozen=True, slots=True)
class TableFileRow:
    """`number` counts lines of the file from 1, the heading is the first; `cells` by the heading's words."""

    number: int
    cells: dict[str, str]


def read_table(path: Path, columns: tuple[str, ...], mandatory: tuple[str, ...]) -> Iterator[TableFileRow]:
    """The rows of a CSV (semicolons, commas or tabs; UTF-8 or cp1251) or XLSX file; empty rows are left out.

    RequestRefused where the file cannot be read, a mandatory column is missing, or a column is none of `columns`:
    a misspelt heading must not pass for an empty column.
    """
    lines = _spreadsheet(path) if path.suffix.lower() in {".xlsx", ".xls", ".ods"} else _csv(path)
    heading = next(lines, None)
    if heading is None:
        raise RequestRefused(f"{path}: файл пуст. Пустую таблицу даёт ключ --template.")
    names = [" ".join(cell.split()).lower() for cell in heading]
    known = {column.lower(): column for column in columns}
    faults = [
        f"{path}, строка 1, столбец {at}: «{name}» — такого столбца нет; есть: {', '.join(columns)}"
        for at, name in enumerate(names, 1)
        if name and name not in known
    ]
    faults += [
        f"{path}, строка 1: нет столбца «{column}»; допишите его"
        for column in mandatory
        if column.lower() not in names
    ]
    if faults:
        raise RequestRefused(*faults)
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS:
            raise RequestRefused(f"{path}: больше {MAX_ROWS} строк. Разделите файл.")
        _refuse_more_cells(path, number, line[len(names) :])
        cells = {known[name]: cell.strip() for name, cell in zip(names, line, strict=False) if name}
        if any(cells.values()):
            yield TableFileRow(number, cells)


def _refuse_more_cells(path: Path, number: int, beyond: list[str]) -> None:
    """A decimal comma between commas shifts the columns: what stands behind the last must not be dropped."""
    if any(cell.strip() for cell in beyond):
        raise RequestRefused(
            f"{path}, строка {number}: ячеек больше, чем столбцов в первой строке. "
            "Если запятая стоит внутри числа или слов, сохраните файл с точкой с запятой между столбцами."
        )


def _csv(path: Path) -> Iterator[list[str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RequestRefused(f"{path}: файл не читается ({error.strerror}).") from None
    for charset in CHARSETS:
        try:
            text = content.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RequestRefused(f"{path}: буквы не читаются. Сохраните файл в UTF-8.")
    head = text.partition("\n")[0]
    separator = max(";\t,", key=head.count)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _spreadsheet(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise RequestRefused(f"{path}: таблица не читается ({error}). Сохраните её заново в Excel.") from None
    return ([_text(cell) for cell in row] for row in rows)


def _text(cell: object) -> str:
    """A cell as a person reads it: an account that Excel keeps as a number has no «.0», and a sum that it reckoned
    has the 15 digits that it shows, no tail of binary ones."""
    if isinstance(cell, float):
        exact = Decimal(repr(cell))
        return str(exact.to_integral()) if exact == exact.to_integral() else str(Decimal(f"{cell:.15g}"))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
