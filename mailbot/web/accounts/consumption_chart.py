"""The use of a meter as columns: whole units of an SVG, and for each column its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mailbot.model.bill.bill import MonthlyVolume
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger.bills.charge_words import BASES
from mailbot.wording.amounts import format_quantity
from mailbot.wording.charge_reasons import format_month

STEP, WIDE, TALL, ABOVE, BELOW = 34, 24, 84, 16, 18
"""A column and its gap, a column, the highest column, the room for its figure, the room for months."""


class ColumnLook(StrEnum):
    """How a column is drawn; the page's style knows it by this name."""

    MEASURED = "measured"
    ESTIMATED = "estimated"  # hatched
    PENDING = "pending"  # outlined: not charged yet
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ConsumptionChartColumn:
    """`figure` stands above it."""

    left: int
    top: int
    height: int
    look: ColumnLook
    figure: str
    month: Month
    words: str


@dataclass(frozen=True, slots=True)
class ConsumptionChart:
    columns: tuple[ConsumptionChartColumn, ...]
    width: int
    height: int
    ground: int

    @property
    def empty(self) -> bool:
        return all(column.look is ColumnLook.NONE for column in self.columns)

    @property
    def flat(self) -> bool:
        """Is there nothing to be drawn? The words tell it."""
        return not any(column.height for column in self.columns)

    @property
    def looks(self) -> frozenset[ColumnLook]:
        """What the legend must explain."""
        return frozenset(column.look for column in self.columns)


def chart(bars: Sequence[MonthlyVolume], unit: str) -> ConsumptionChart:
    """Columns by month, the highest `TALL`; a volume below zero (a correction) has no height, but its figure."""
    top = max((bar.volume for bar in bars if bar.volume), default=Decimal(0))
    columns = tuple(_column(at, bar, top, unit) for at, bar in enumerate(bars))
    return ConsumptionChart(columns, STEP * len(bars), ABOVE + TALL + BELOW, ABOVE + TALL)


def _column(at: int, bar: MonthlyVolume, top: Decimal, unit: str) -> ConsumptionChartColumn:
    volume = bar.volume or Decimal(0)
    height = max(1, int(volume * TALL / top)) if top > 0 and volume > 0 else 0
    look, told = _look(bar)
    figure = "" if bar.volume is None else _short(bar.volume)
    words = f"{format_month(bar.month)}: " + (
        told if bar.volume is None else f"{format_quantity(volume)} {unit}, {told}"
    )
    return ConsumptionChartColumn(
        at * STEP + (STEP - WIDE) // 2, ABOVE + TALL - height, height, look, figure, bar.month, words
    )


def _look(bar: MonthlyVolume) -> tuple[ColumnLook, str]:
    if bar.volume is None:
        return ColumnLook.NONE, "нет данных"
    if not bar.charged:
        return ColumnLook.PENDING, "по прибору, ещё не начислено"
    look = ColumnLook.ESTIMATED if bar.estimated else ColumnLook.MEASURED
    return look, BASES[bar.basis] if bar.basis else "начислено"


def _short(volume: Decimal) -> str:
    """Three figures: what stands over a column; the words have them all."""
    places = 2 if abs(volume) < 10 else 1 if abs(volume) < 100 else 0
    return format_quantity(round(volume, places))
