"""The charts of a report as drawings: columns of an SVG in whole units, rows as bars; each value stands beside its bar."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.wording.report.charts import (
    CHART_LENGTH,
    ChartLook,
    ChartPanel,
    ChartSeries,
    PanelShape,
    ReportChart,
)

TALL, ABOVE, LINE = 120, 18, 16
"""The highest bar, the room for its figure, a line of words below."""

WIDE, GAP = 22, 6
"""A bar, and the room between two labels."""

MIN_STEP = 26
"""The room of a label that has one bar."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """`look`: full or hollow. `words` say it without the picture."""

    left: int
    top: int
    height: int
    look: str
    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """What stands under its bars: the label, then the figures of the line, if there is one."""

    middle: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportChartDrawing:
    """Columns on a ground. `line` joins the middles (x,y) of a series that is drawn as a line; empty for none."""

    bars: tuple[ChartBar, ...]
    labels: tuple[ChartLabel, ...]
    line: str
    width: int
    height: int
    ground: int


def build_drawing(panel: ChartPanel) -> ReportChartDrawing:
    """The panel's columns; «line» series have their figures under the labels, so that no figure lies over another."""
    standing = [series for series in panel.series if series.look is not ChartLook.LINE]
    lines = [series for series in panel.series if series.look is ChartLook.LINE]
    step = max(MIN_STEP if len(standing) < 2 else 0, WIDE * len(standing) + GAP)
    bars = [
        bar
        for at, label in enumerate(panel.labels)
        for place, series in enumerate(standing)
        for bar in _bar(series, at, label, step * at + _left(step, len(standing)) + WIDE * place)
    ]
    labels = [
        ChartLabel(step * at + step // 2, (label, *(line.figures[at] for line in lines)))
        for at, label in enumerate(panel.labels)
    ]
    ground = ABOVE + TALL
    return ReportChartDrawing(
        tuple(bars),
        tuple(labels),
        " ".join(f"{step * at + step // 2},{ground - _tall(of)}" for line in lines for at, of in enumerate(line.lengths)),
        step * len(panel.labels),
        ground + LINE * (1 + len(lines)) + 4,
        ground,
    )  # fmt: skip


def _left(step: int, bars: int) -> int:
    return (step - WIDE * bars) // 2


def _bar(series: ChartSeries, at: int, label: str, left: int) -> tuple[ChartBar, ...]:
    height = _tall(series.lengths[at])
    words = f"{label}: {series.title} {series.figures[at]}".replace(":  ", ": ")
    return (ChartBar(left, ABOVE + TALL - height, height, series.look, series.figures[at], words),)


def _tall(length: int) -> int:
    """What is there at all is seen."""
    return max(1, length * TALL // CHART_LENGTH) if length else 0


def build_drawings(chart: ReportChart) -> tuple[tuple[ChartPanel, ReportChartDrawing | None], ...]:
    """The chart's panels; those that lie as rows need no drawing: a bar in a table is enough."""
    return tuple(
        (panel, build_drawing(panel) if panel.shape is PanelShape.COLUMNS else None) for panel in chart.panels
    )
