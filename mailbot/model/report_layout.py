"""A report as tables: what mail, page, paper and workbook lay out, each in its own way, and never reckon anew.

A cell holds the text as a reader sees it, the number behind it, and the key by which its cases are opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mailbot.model import report_words as words
from mailbot.model.reasons import one_line
from mailbot.model.report import Cell, Figures, Report, Wait


class Unit(StrEnum):
    """What a cell's number counts."""

    NONE = "none"  # words alone
    COUNT = "count"
    PERCENT = "percent"  # 0…100
    SECONDS = "seconds"  # of time on the wall
    WORKING = "working"  # seconds of working time
    POINTS = "points"  # of a survey, −100…100


@dataclass(frozen=True, slots=True)
class TableCell:
    """`number` is None where `text` is words or «—». `key` names the cases in addresses, empty where there are none to
    open. `at_least`: the wait goes on. `case` is the id of the one case that the figure is of (the longest wait)."""

    text: str
    unit: Unit = Unit.NONE
    number: int | Decimal | None = None
    key: str = ""
    at_least: bool = False
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`figures`: its cells stand to the right."""

    title: str
    figures: bool = True


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`key` is latin and stable, `note` (may be empty) tells how to read it. Each row has a cell for each column, its
    first says what the row is of. No table is without rows."""

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the figures on top: «Без ответа», «27», «на 1 больше, чем неделей раньше». `note` may be empty."""

    key: str
    title: str
    figure: TableCell
    note: str


def name(text: str, key: str = "") -> TableCell:
    """Words, some of them of letters and rule files: one line, nothing that steers a terminal or a table."""
    return TableCell(one_line(text), key=key)


def count(cell: Cell | None) -> TableCell:
    """How many cases; they can be opened where there are any. None, of a period that lacks the cell, is none."""
    if cell is None:
        return number(0)
    return TableCell(str(cell.count), Unit.COUNT, cell.count, cell.key if cell.cases else "")


def number(of: int, key: str = "") -> TableCell:
    """A count whose cases are not opened by it, as of another period."""
    return TableCell(str(of), Unit.COUNT, of, key)


def share(part: int, whole: int, key: str = "") -> TableCell:
    """«94,2 %»."""
    return TableCell(words.share(part, whole), Unit.PERCENT, words.percent(part, whole), key)


def share_of(part: int, whole: int, key: str = "") -> TableCell:
    """«94,2 %, 113 из 120»."""
    return TableCell(words.share_of(part, whole), Unit.PERCENT, words.percent(part, whole), key)


def wait(one: Wait | None, key: str = "", case: int | None = None, *, working: bool = False) -> TableCell:
    """A duration, by the wall or by working hours."""
    text = words.wait(one, by_working_hours=working)
    if one is None:
        return TableCell(text)
    return TableCell(text, Unit.WORKING if working else Unit.SECONDS, one.seconds, key, one.at_least, case)


@dataclass(frozen=True, slots=True)
class Compared:
    """A report's periods side by side: this one, and those of them that are known."""

    report: Report

    @property
    def others(self) -> tuple[Figures, ...]:
        known = (self.report.before, self.report.year_ago)
        return tuple(one for one in known if one is not None)

    @property
    def columns(self) -> tuple[Column, ...]:
        """A column for each of the others."""
        kind = self.report.period.kind
        titled = ((self.report.before, words.before(kind)), (self.report.year_ago, "год назад"))
        return tuple(Column(title) for of, title in titled if of is not None)

    def counts(self, pick: Callable[[Figures], int]) -> tuple[TableCell, ...]:
        """The same count of the others; their cases are not opened from here."""
        return tuple(number(pick(one)) for one in self.others)

    def cells(self, make: Callable[[Figures], TableCell]) -> tuple[TableCell, ...]:
        """The same figure of the others, without its key."""
        made = (make(one) for one in self.others)
        return tuple(TableCell(one.text, one.unit, one.number, "", one.at_least) for one in made)
