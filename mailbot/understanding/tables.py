"""Readings in tables: a heading row that names the columns, and a row a meter (letters and sheets)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model import Resource, Unit
from mailbot.understanding.dial_words import find_cues, resource
from mailbot.understanding.passed import Passed
from mailbot.understanding.values import Value, find_values

_CELL = re.compile(r"[^\t|;]+")
_WIDE_CELL = re.compile(r"[^\s\0]+(?: [^\s\0]+)*")
_COLUMNS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("old", r"\bпред|\bнач|\bпрошл|\bстар"),
        (
            "skip",
            r"\bрасход|\bразниц|\bдата\b|\bпериод|\bп/п\b|^\s*№\s*$|\bповерк|\bсумма|\bтариф|\bтемпер|\bфио\b|\bабонент$",
        ),
        ("account", r"\bлиц|\bл\s?/\s?с\b|\bлс\b|\bсч[её]т(?!чик)|\bабон"),
        ("unit", r"^\s*ед(?:\.|\b|иниц)|\bизм"),
        ("value", r"показан|\bтекущ|\bтек\.|\bкон(?:ечн|\.|ец)|\bзначени|\bнов(?:ое|ые)\b|^\s*Q\b"),
        ("meter", r"\bзав|\bсерийн|сч[её]тчик|прибор|\bпу\b|\bипу\b|\bномер\b|^\s*№ ?пу"),
        ("resource", r"ресурс|услуг|\bвид\b|\bтип\b|энерг"),
    )
)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    resource: Resource | None
    unit: Unit | None


def read_tables(text: str) -> tuple[Passed, ...]:
    """Readings of every row under a heading that names a value column; empty without a table."""
    columns: tuple[_Column, ...] = ()
    found: list[Passed] = []
    for start, line in _lines(text):
        cells = _cells(start, line)
        if len(cells) < 2:
            continue
        if heading := _heading(cells):
            columns = heading
        elif columns and len(cells) <= len(columns):
            found += _row(cells, columns, (start, start + len(line)))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _cells(start: int, line: str) -> tuple[_Cell, ...]:
    """Cells between tabs, bars or semicolons; an empty cell keeps its place."""
    if not re.search(r"[\t|;]", line):
        pieces = re.split(r"[ \0]{2,}", line.strip(" \0"))
        if len(pieces) < 3:
            return ()
        return tuple(_Cell(start + match.start(), match.group()) for match in _WIDE_CELL.finditer(line))
    cells = []
    position = 0
    bounded = line.strip().startswith("|")
    for piece in re.split(r"[\t|;]", line):
        cells.append(_Cell(start + position, piece))
        position += len(piece) + 1
    return tuple(cells[1:-1] if bounded and len(cells) > 2 else cells)


def _heading(cells: tuple[_Cell, ...]) -> tuple[_Column, ...]:
    if any(re.search(r"\d{4,}", cell.text) for cell in cells):
        return ()
    columns = tuple(_column(cell.text) for cell in cells)
    named = {column.name for column in columns}
    return columns if "value" in named and len(named - {"other"}) > 1 else ()


def _column(text: str) -> _Column:
    names = [cue.name for cue in find_cues(text) if cue.name in {"hot", "heat", "cold"}]
    named = names[-1] if names else ""
    unit = next((value.unit for value in find_values(f"1 {_last_word(text)}")), None)
    for name, pattern in _COLUMNS:
        if pattern.search(text):
            return _Column("skip" if named == "cold" and name == "value" else name, resource(named), unit)
    if named:
        return _Column("skip" if named == "cold" else "value", resource(named), unit)
    return _Column("other", None, unit)


def _last_word(text: str) -> str:
    words = re.findall(r"[^\s,()]+", text)
    return words[-1] if words else ""


def _row(cells: tuple[_Cell, ...], columns: tuple[_Column, ...], line: tuple[int, int]) -> list[Passed]:
    whole = " ".join(cell.text for cell in cells)
    if re.search(r"\bитого\b|\bвсего\b", whole, re.IGNORECASE):
        return []
    by_name = {column.name: cell for column, cell in reversed(list(zip(columns, cells, strict=False)))}
    cues = [cue.name for cue in find_cues(whole)]
    if "cold" in cues and not {"hot", "heat"} & set(cues):
        return []
    named = next((resource(name) for name in cues if name in {"hot", "heat"}), None)
    unit_cell = by_name.get("unit")
    unit = (
        next((value.unit for value in find_values(f"1 {unit_cell.text.strip()}")), None)
        if unit_cell
        else None
    )
    passed = []
    for column, cell in zip(columns, cells, strict=False):
        value = _number(cell) if column.name == "value" else None
        if value is not None:
            passed.append(
                Passed(
                    start=value.start,
                    end=value.stop,
                    line=line,
                    value=value.number,
                    unit=value.unit or unit or column.unit,
                    resource=column.resource or named,
                    meter=_digits(by_name.get("meter")),
                    confidence=0.92,
                    account=_digits(by_name.get("account")),
                    listed=True,
                )
            )
    return passed


def _number(cell: _Cell) -> Value | None:
    values = find_values(cell.text)
    if len(values) != 1:
        return None
    value = values[0]
    return Value(
        cell.start + value.start,
        cell.start + value.end,
        cell.start + value.stop,
        value.number,
        value.unit,
        value.written,
    )


def _digits(cell: _Cell | None) -> str | None:
    """An account or serial of a sheet: spreadsheets turn whole numbers into «5501.0»."""
    match = re.search(r"\d[\d-]*", cell.text) if cell else None
    return match.group() if match else None
