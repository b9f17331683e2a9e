"""The tables of a report in their order, and the figures on top: the one layout that mail, page, paper and workbook show.

`tables(report)` leaves out a table without rows (no complaint, no houses). A reader of every form meets the same
titles, the same texts and the same order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mailbot.model.report.report import PeriodFigures, Report
from mailbot.wording.report import figures as words
from mailbot.wording.report.table_layout import (
    HeadlineFigure,
    ReportTable,
    ReportTableCell,
    count_cell,
    number_cell,
    share_of_cell,
    wait_cell,
)
from mailbot.wording.report.tables import received, second_looks, work_done

ORDER: Final[tuple[Callable[[Report], ReportTable], ...]] = (
    received.main,
    work_done.promise_table,
    work_done.unanswered_table,
    work_done.waits_table,
    work_done.topic_waits_table,
    received.trend,
    received.kinds,
    received.topics,
    received.channels,
    received.weekdays,
    received.hours,
    received.places,
    work_done.automation_table,
    work_done.silenced_table,
    second_looks.second_looks_table,
    work_done.readings_table,
    work_done.operators_table,
    received.correspondents,
    work_done.satisfaction_table,
    work_done.side_notes,
)


def build_tables(report: Report) -> tuple[ReportTable, ...]:
    """All tables that have rows, the most needed first."""
    made = (build(report) for build in ORDER)
    return tuple(table for table in made if table.rows)


def build_headline(report: Report) -> tuple[HeadlineFigure, ...]:
    """Six figures that answer: do we keep our word, and where does it hurt."""
    of, then = report.figures, report.before
    return (
        HeadlineFigure("received", "Пришло обращений", count_cell(of.received), _changed(report, lambda figures: figures.received.count)),
        HeadlineFigure(
            "kept", "Отвечено в срок", share_of_cell(of.promise.kept.count, of.promise.judged, of.promise.kept.key), _then(report, _kept)
        ),
        HeadlineFigure("unanswered", "Без ответа", number_cell(of.open), _changed(report, lambda figures: figures.open)),
        HeadlineFigure(
            "overdue", "Из них просрочено", count_cell(of.overdue), _changed(report, lambda figures: figures.overdue.count),
            bad_above_zero=True,
        ),
        HeadlineFigure("answer", "Ответ по существу, медиана", _answer(of), _then(report, _answer)),
        HeadlineFigure("by_machine", "Ответил автомат", received.automated(of), _then(report, received.automated) if then else ""),
    )  # fmt: skip


def _kept(of: PeriodFigures) -> ReportTableCell:
    return share_of_cell(of.promise.kept.count, of.promise.judged)


def _answer(of: PeriodFigures) -> ReportTableCell:
    spread = of.answer.elapsed
    return wait_cell(spread.median, spread.cell.key if spread.cell.cases else "")


def _changed(report: Report, pick: Callable[[PeriodFigures], int]) -> str:
    """«на 23 больше, чем неделей раньше»; empty where nothing is known of the period before, or this one is not over."""
    if report.before is None or not report.complete:
        return ""
    return words.format_change(pick(report.figures), pick(report.before), report.period.kind)


def _then(report: Report, make: Callable[[PeriodFigures], ReportTableCell]) -> str:
    """«неделей раньше 91,2 %, 198 из 217»; of a whole period, as above."""
    if report.before is None or not report.complete:
        return ""
    return f"{words.format_previous_period(report.period.kind)} {make(report.before).text}"


def title(report: Report) -> str:
    """«Отчёт за неделю 47, 16–22 ноября 2026»."""
    return f"Отчёт за {words.period_after(report.period)}"


def format_as_of(report: Report) -> str:
    """As of when, and whether the period is over: «По состоянию на 23.11.2026 08:00.»."""
    said = f"По состоянию на {words.format_moment(report.figures.as_of)}."
    if report.complete:
        return said
    if report.period.first > report.figures.as_of.date():
        return f"{said} Период ещё не начался: цифр пока нет."
    return f"{said} Период ещё не кончился: цифры изменятся."
