"""The columns of a workbook's sheets: a column of figures is one of numbers, or one of words and one of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from mailbot.model import report_words as words
from mailbot.model.case_row import CaseRow
from mailbot.model.reasons import single_line
from mailbot.model.report import Wait
from mailbot.model.report_layout import CellUnit, ReportTable, ReportTableCell

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
    found: list[WorkbookColumn] = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        units = {one.unit for one in cells if one.unit is not CellUnit.NONE}
        plain = len(units) == 1 and not units & _TIMES and all(_bare(one) for one in cells)
        if not units:
            found.append(_filled(column.title, [one.text for one in cells], COUNT))
        elif plain:
            form = _FORMS[next(iter(units))]
            found.append(_filled(column.title, [_number(one) for one in cells], form))
        else:
            found.append(_filled(column.title, [one.text for one in cells], COUNT))
            of, form = ("секунд", COUNT) if units <= _TIMES else ("число", "General")
            found.append(_filled(f"{column.title}, {of}", [one.number for one in cells], form))
    return tuple(found)


def _bare(one: ReportTableCell) -> bool:
    """Does the text say no more than its number does? «94,2 %» does not, «94,2 %, 113 из 120» does."""
    return one.number is None or " " not in one.text


def _number(one: ReportTableCell) -> Value:
    return one.text if one.number is None else one.number


def _filled(title: str, values: Sequence[Value], form: str) -> WorkbookColumn:
    width = max((len(str(one)) for one in (title, *values) if one is not None), default=0)
    return WorkbookColumn(title, tuple(values), form, width)


def case_columns(rows: Sequence[CaseRow]) -> tuple[WorkbookColumn, ...]:
    """The columns of «Обращения»."""
    return (
        _words("Номер", [one.number for one in rows]),
        _moments("Пришло", [one.received_at for one in rows]),
        _words("Вид", [one.kind for one in rows]),
        _words("Тема", [one.topic for one in rows]),
        _words("Канал", [one.channel for one in rows]),
        _moments("Срок ответа", [one.respond_by for one in rows]),
        *_waits("Первый ответ", [one.response for one in rows], words.format_duration),
        *_waits(
            "Первый ответ, рабочее время", [one.response_working for one in rows], words.format_working_time
        ),
        *_waits("Ответ по существу", [one.answer for one in rows], words.format_duration),
        *_waits(
            "Ответ по существу, рабочее время",
            [one.answer_working for one in rows],
            words.format_working_time,
        ),
        _words("Итог", [one.outcome for one in rows]),
    )


def _words(title: str, values: Sequence[str]) -> WorkbookColumn:
    return _filled(title, [single_line(one) for one in values], COUNT)


def _moments(title: str, values: Sequence[datetime | None]) -> WorkbookColumn:
    """Excel knows no time zones: the moment as the clock on the wall showed it."""
    shown = [one.replace(tzinfo=None, microsecond=0) if one else None for one in values]
    return _filled(title, shown, MOMENT)


def _waits(
    title: str, waits: Sequence[Wait | None], write: Callable[[int], str]
) -> tuple[WorkbookColumn, ...]:
    told = [f"{'≥ ' if one.at_least else ''}{write(one.seconds)}" if one else words.NO_VALUE for one in waits]
    seconds = [one.seconds if one else None for one in waits]
    return _filled(title, told, COUNT), _filled(f"{title}, секунд", seconds, COUNT)
