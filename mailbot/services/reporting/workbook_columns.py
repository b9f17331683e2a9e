"""The columns of a workbook's sheets: a column of figures is one of numbers, or one of words and one of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from mailbot.model.report.case_row import CaseRow
from mailbot.model.report.report import Wait
from mailbot.wording.charge_reasons import single_line
from mailbot.wording.report import figures as words
from mailbot.wording.report.table_layout import CellUnit, ReportTable, ReportTableCell

Value = str | int | Decimal | datetime | None

COUNT: Final = "0"
PERCENT: Final = '0.0" %"'
POINTS: Final = "0.0"
MOMENT: Final = "dd.mm.yyyy hh:mm:ss"

_FORMS = {CellUnit.COUNT: COUNT, CellUnit.PERCENT: PERCENT, CellUnit.POINTS: POINTS}
_TIMES = {CellUnit.SECONDS, CellUnit.WORKING}


@dataclass(frozen=True, slots=True)
class WorkbookColumn:
    """A column of a sheet: `form` is how Excel shows its numbers, `width` so many characters."""

    title: str
    values: tuple[Value, ...]
    form: str
    width: int


def columns_of(table: ReportTable) -> tuple[WorkbookColumn, ...]:
    """The table's columns; where figures are durations or of several kinds, their words and their numbers apart."""
    columns: list[WorkbookColumn] = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        units = {cell.unit for cell in cells if cell.unit is not CellUnit.NONE}
        plain = len(units) == 1 and not units & _TIMES and all(_bare(cell) for cell in cells)
        if not units:
            columns.append(_filled(column.title, [cell.text for cell in cells], COUNT))
        elif plain:
            form = _FORMS[next(iter(units))]
            columns.append(_filled(column.title, [_number(cell) for cell in cells], form))
        else:
            columns.append(_filled(column.title, [cell.text for cell in cells], COUNT))
            of, form = ("секунд", COUNT) if units <= _TIMES else ("число", "General")
            columns.append(_filled(f"{column.title}, {of}", [cell.number for cell in cells], form))
    return tuple(columns)


def _bare(one: ReportTableCell) -> bool:
    """Does the text say no more than its number does? «94,2 %» does not, «94,2 %, 113 из 120» does."""
    return one.number is None or " " not in one.text


def _number(one: ReportTableCell) -> Value:
    return one.text if one.number is None else one.number


def _filled(title: str, values: Sequence[Value], form: str) -> WorkbookColumn:
    width = max((len(str(value)) for value in (title, *values) if value is not None), default=0)
    return WorkbookColumn(title, tuple(values), form, width)


def case_columns(rows: Sequence[CaseRow]) -> tuple[WorkbookColumn, ...]:
    """The columns of «Обращения»."""
    return (
        _words("Номер", [row.number for row in rows]),
        _moments("Пришло", [row.received_at for row in rows]),
        _words("Вид", [row.kind for row in rows]),
        _words("Тема", [row.topic for row in rows]),
        _words("Канал", [row.channel for row in rows]),
        _moments("Срок ответа", [row.respond_by for row in rows]),
        *_waits("Первый ответ", [row.response for row in rows], words.format_duration),
        *_waits(
            "Первый ответ, рабочее время", [row.response_working for row in rows], words.format_working_time
        ),
        *_waits("Ответ по существу", [row.answer for row in rows], words.format_duration),
        *_waits(
            "Ответ по существу, рабочее время",
            [row.answer_working for row in rows],
            words.format_working_time,
        ),
        _words("Итог", [row.outcome for row in rows]),
    )


def _words(title: str, values: Sequence[str]) -> WorkbookColumn:
    return _filled(title, [single_line(value) for value in values], COUNT)


def _moments(title: str, values: Sequence[datetime | None]) -> WorkbookColumn:
    """Excel knows no time zones: the moment as the clock on the wall showed it."""
    shown = [value.replace(tzinfo=None, microsecond=0) if value else None for value in values]
    return _filled(title, shown, MOMENT)


def _waits(
    title: str, waits: Sequence[Wait | None], write: Callable[[int], str]
) -> tuple[WorkbookColumn, ...]:
    told = [
        f"{'≥ ' if wait.at_least else ''}{write(wait.seconds)}" if wait else words.NO_VALUE for wait in waits
    ]
    seconds = [wait.seconds if wait else None for wait in waits]
    return _filled(title, told, COUNT), _filled(f"{title}, секунд", seconds, COUNT)
