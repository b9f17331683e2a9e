"""The charts of a report as numbers and words: what is drawn, and the sentence that says the same where nothing is seen.

Every bar has its value written beside it, so that a chart reads in black and white and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from mailbot.model.report.period import Period, PeriodKind
from mailbot.model.report.report import CaseCount, Report, TopicLine, Wait
from mailbot.wording import months
from mailbot.wording.report import figures as words

CHART_LENGTH: Final = 1000
"""The length of the longest bar; who draws scales it."""

MAX_TOPICS: Final = 5

_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


class ChartLook(StrEnum):
    """How the bars of a kind are drawn; pages and papers know it by this name."""

    FULL = "full"
    HOLLOW = "hollow"
    LINE = "line"


class PanelShape(StrEnum):
    COLUMNS = "columns"  # stand on their labels
    ROWS = "rows"  # lie below their labels


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """Bars of one kind: a figure and a length of 0…`CHART_LENGTH` for each label of the panel."""

    title: str
    look: ChartLook
    figures: tuple[str, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChartPanel:
    """`note` (may be empty) tells how it is read."""

    title: str
    shape: PanelShape
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportChart:
    """`key` names the picture, `alt` says all its values."""

    key: str
    title: str
    alt: str
    panels: tuple[ChartPanel, ...]


def build_charts(report: Report) -> tuple[ReportChart, ...]:
    """The charts that show anything: of an empty week there is none."""
    made = (_trend(report), _ages(report), _waits(report), _received(report))
    return tuple(
        chart for chart in made if any(any(of.lengths) for panel in chart.panels for of in panel.series)
    )


_BY = {PeriodKind.WEEK: "по неделям", PeriodKind.MONTH: "по месяцам", PeriodKind.QUARTER: "по кварталам"}


def _trend(report: Report) -> ReportChart:
    flows = [point.flow for point in report.trend]
    labels = tuple(_short(point.period) for point in report.trend)
    came, closed = [flow.came for flow in flows], [flow.closed for flow in flows]
    open_ = [flow.open for flow in flows]
    top = max((*came, *closed, *open_), default=0)
    series = (
        _series("пришло", ChartLook.HOLLOW, came, top),
        _series("закрыто", ChartLook.FULL, closed, top),
        _series("ждут", ChartLook.LINE, open_, top),
    )
    title = f"Очередь {_BY[report.period.kind]}"
    panel = ChartPanel(title, PanelShape.COLUMNS, labels, series)
    return ReportChart("trend", title, _said(panel), (panel,))


def _short(one: Period) -> str:
    """«47», «окт», «IV»: what has room under a column."""
    match one.kind:
        case PeriodKind.WEEK:
            return str(one.first.isocalendar().week)
        case PeriodKind.MONTH:
            return months.SHORT[one.first.month - 1]
        case PeriodKind.QUARTER:
            return words.short_period(one).partition(" ")[0]
        case _:
            assert_never(one.kind)


def _ages(report: Report) -> ReportChart:
    title = "Без ответа, по возрасту"
    panel = _counted(
        title,
        PanelShape.ROWS,
        [case_count.title for case_count in report.figures.unanswered],
        report.figures.unanswered,
    )
    return ReportChart("ages", title, _said(panel), (panel,))


def _received(report: Report) -> ReportChart:
    of = report.figures
    hours = _counted("По часам", PanelShape.COLUMNS, [str(at) for at in range(len(of.by_hour))], of.by_hour)
    days = _counted("По дням недели", PanelShape.COLUMNS, _DAYS, of.by_weekday)
    alt = f"{_said(hours, of='час ')} {_said(days)}"
    return ReportChart("received", "Когда пишут", alt, (hours, days))


def _waits(report: Report) -> ReportChart:
    """The topics whose letters wait longest; a topic without letters has no wait."""
    waited = [topic for topic in report.figures.topics if topic.waits.elapsed.p90 is not None]
    lines = sorted(waited, key=_slowness)[:MAX_TOPICS]
    medians = [line.waits.elapsed.median for line in lines]
    nineties = [line.waits.elapsed.p90 for line in lines]
    top = max((ninety.seconds for ninety in nineties if ninety is not None), default=0)
    series = (
        _timed("медиана", ChartLook.FULL, medians, top),
        _timed("9 из 10 не дольше", ChartLook.HOLLOW, nineties, top),
    )
    title = "Где дольше ждут ответа"
    rest = len(report.figures.topics) - len(lines)
    note = f"Ещё {words.format_count(rest, 'тема', 'темы', 'тем')} — в таблице." if rest > 0 else ""
    labels = tuple(line.waits.elapsed.cell.title for line in lines)
    panel = ChartPanel(title, PanelShape.ROWS, labels, series, note)
    return ReportChart("waits", title, _said(panel), (panel,))


def _slowness(one: TopicLine) -> tuple[int, str]:
    p90 = one.waits.elapsed.p90
    return (-p90.seconds if p90 else 0, one.waits.elapsed.cell.key)


def _counted(title: str, shape: PanelShape, labels: Iterable[str], cells: Sequence[CaseCount]) -> ChartPanel:
    counts = [cell.count for cell in cells]
    return ChartPanel(
        title, shape, tuple(labels), (_series("", ChartLook.FULL, counts, max(counts, default=0)),)
    )


def _series(title: str, look: ChartLook, counts: Sequence[int], top: int) -> ChartSeries:
    return ChartSeries(
        title, look, tuple(str(count) for count in counts), tuple(_length(count, top) for count in counts)
    )


def _timed(title: str, look: ChartLook, waits: Sequence[Wait | None], top: int) -> ChartSeries:
    lengths = tuple(_length(wait.seconds if wait else 0, top) for wait in waits)
    return ChartSeries(title, look, tuple(words.format_wait(wait) for wait in waits), lengths)


def _length(of: int, top: int) -> int:
    """What is there at all is seen: a bar is never shorter than a hundredth."""
    return max(CHART_LENGTH // 100, of * CHART_LENGTH // top) if of > 0 and top > 0 else 0


def _said(panel: ChartPanel, *, of: str = "") -> str:
    """«Очередь по неделям. 35: пришло 96, закрыто 94, ждут 16; 36: …»."""
    phrases = []
    for at, label in enumerate(panel.labels):
        values = [f"{series.title} {series.figures[at]}".strip() for series in panel.series]
        phrases.append(f"{of}{label}: {', '.join(values)}")
    return f"{panel.title}. {'; '.join(phrases)}.".replace("\u00a0", " ")
