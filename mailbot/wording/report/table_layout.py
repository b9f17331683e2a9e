"""A report as tables: what mail, page, paper and workbook lay out, each in its own way, and never reckon anew.

A cell holds the text as a reader sees it, the number behind it, and the key by which its cases are opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mailbot.model.report.report import CaseCount, PeriodFigures, Report, Wait
from mailbot.wording.charge_reasons import single_line
from mailbot.wording.report import figures as words


class CellUnit(StrEnum):
    """What a cell's number counts."""

    NONE = "none"  # words alone
    COUNT = "count"
    PERCENT = "percent"  # 0…100
    SECONDS = "seconds"  # of time on the wall
    WORKING = "working"  # seconds of working time
    POINTS = "points"  # of a survey, −100…100


@dataclass(frozen=True, slots=True)
class ReportTableCell:
    """`number` is None where `text` is words or «—». `key` names the cases in addresses, empty where there are none to
    open. `at_least`: the wait goes on. `case` is the id of the one case that the figure is of (the longest wait)."""

    text: str
    unit: CellUnit = CellUnit.NONE
    number: int | Decimal | None = None
    key: str = ""
    at_least: bool = False
    case: int | None = None


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """`figures`: its cells stand to the right."""

    title: str
    figures: bool = True


MAX_NARROW_COLUMNS = 5
"""So many stand beside another table on a page."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`key` is latin and stable, `note` (may be empty) tells how to read it. Each row has a cell for each column, its
    first says what the row is of. No table is without rows."""

    key: str
    title: str
    note: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[ReportTableCell, ...], ...]
    long_cells: bool = False

    @property
    def wide(self) -> bool:
        """Does it want the whole breadth of a page?"""
        return self.long_cells or len(self.columns) > MAX_NARROW_COLUMNS


@dataclass(frozen=True, slots=True)
class HeadlineFigure:
    """One of the figures on top: «Без ответа», «27», «на 1 больше, чем неделей раньше». `note` may be empty."""

    key: str
    title: str
    figure: ReportTableCell
    note: str
    bad_above_zero: bool = False

    @property
    def alarming(self) -> bool:
        return self.bad_above_zero and bool(self.figure.number)


def name_cell(text: str, key: str = "") -> ReportTableCell:
    """Words, some of them of letters and rule files: one line, nothing that steers a terminal or a table."""
    return ReportTableCell(single_line(text), key=key)


def count_cell(cell: CaseCount | None) -> ReportTableCell:
    """How many cases; they can be opened where there are any. None, of a period that lacks the cell, is none."""
    if cell is None:
        return number_cell(0)
    return ReportTableCell(str(cell.count), CellUnit.COUNT, cell.count, cell.key if cell.cases else "")


def number_cell(of: int, key: str = "") -> ReportTableCell:
    """A count whose cases are not opened by it, as of another period."""
    return ReportTableCell(str(of), CellUnit.COUNT, of, key)


def share_cell(part: int, whole: int, key: str = "") -> ReportTableCell:
    """«94,2 %»."""
    return _shared(words.format_share(part, whole), part, whole, key)


def share_of_cell(part: int, whole: int, key: str = "") -> ReportTableCell:
    """«94,2 %, 113 из 120»; the key opens the part, where there is any."""
    return _shared(words.format_share_of(part, whole), part, whole, key)


def _shared(text: str, part: int, whole: int, key: str) -> ReportTableCell:
    percent = words.format_percent(part, whole)
    return (
        ReportTableCell(text)
        if percent is None
        else ReportTableCell(text, CellUnit.PERCENT, percent, key if part else "")
    )


def wait_cell(
    one: Wait | None, key: str = "", case: int | None = None, *, working: bool = False
) -> ReportTableCell:
    """A duration, by the wall or by working hours."""
    text = words.format_wait(one, by_working_hours=working)
    if one is None:
        return ReportTableCell(text)
    return ReportTableCell(
        text, CellUnit.WORKING if working else CellUnit.SECONDS, one.seconds, key, one.at_least, case
    )


@dataclass(frozen=True, slots=True)
class ComparedPeriods:
    """A report's periods side by side: this one, and those of them that are known."""

    report: Report

    @property
    def others(self) -> tuple[PeriodFigures, ...]:
        known = (self.report.before, self.report.year_ago)
        return tuple(figures for figures in known if figures is not None)

    @property
    def columns(self) -> tuple[ReportColumn, ...]:
        """A column for each of the others."""
        kind = self.report.period.kind
        titled = (
            (self.report.before, words.format_previous_period(kind)),
            (self.report.year_ago, "год назад"),
        )
        return tuple(ReportColumn(title) for of, title in titled if of is not None)

    def counts(self, pick: Callable[[PeriodFigures], int]) -> tuple[ReportTableCell, ...]:
        """The same count of the others; their cases are not opened from here."""
        return tuple(number_cell(pick(other)) for other in self.others)

    def cells(self, make: Callable[[PeriodFigures], ReportTableCell]) -> tuple[ReportTableCell, ...]:
        """The same figure of the others, without its key."""
        made = (make(other) for other in self.others)
        return tuple(ReportTableCell(cell.text, cell.unit, cell.number, "", cell.at_least) for cell in made)
