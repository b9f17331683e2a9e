"""The use of a meter as a chart: columns by month with their figures, told apart in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mailbot.model.bill.bill import MeterUse, MonthlyVolume
from mailbot.wording import months
from mailbot.wording.amounts import format_quantity
from mailbot.wording.resources import capitalized, format_unit

CHART_HEIGHT = 1000
"""The height of the highest column; the template scales it."""


@dataclass(frozen=True, slots=True)
class BillChartColumn:
    """`estimated`: hatched. `height` of 0…`CHART_HEIGHT`; `figure` stands above it."""

    month: str
    year: str
    figure: str
    height: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class BillChart:
    title: str
    columns: tuple[BillChartColumn, ...]
    estimated: bool


def build_chart(use: MeterUse) -> BillChart:
    """The months of a meter; a volume below zero (a correction) has its figure and no height."""
    top = max((bar.volume for bar in use.bars if bar.volume), default=Decimal(0))
    columns = tuple(_column(bar, top) for bar in use.bars)
    of = use.meter.resource
    title = f"{capitalized(of)}, {format_unit(of.unit)}, прибор {use.meter.serial}"
    return BillChart(title, columns, any(column.estimated for column in columns))


def build_charts(uses: Sequence[MeterUse], most: int) -> tuple[BillChart, ...]:
    """Of so many meters at most: a house with forty of them would have a book of charts. Meters without use have none."""
    charts = (build_chart(use) for use in uses if any(bar.volume is not None for bar in use.bars))
    return tuple(charts)[:most]


def _column(bar: MonthlyVolume, top: Decimal) -> BillChartColumn:
    volume = bar.volume or Decimal(0)
    height = max(8, int(volume * CHART_HEIGHT / top)) if top > 0 and volume > 0 else 0
    figure = "—" if bar.volume is None else _short(bar.volume)
    return BillChartColumn(
        months.SHORT[bar.month.number - 1],
        f"{bar.month.year % 100:02}",
        figure,
        height,
        bar.volume is not None and bar.estimated,
    )


def _short(volume: Decimal) -> str:
    """Three figures: so much has room over a column; the rows of the bill have them all."""
    places = 2 if abs(volume) < 10 else 1 if abs(volume) < 100 else 0
    return format_quantity(round(volume, places))
