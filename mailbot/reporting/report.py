"""The report: figures of the period, those it is compared with, the trend, and what it all says in three sentences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from mailbot.model import Rulebook
from mailbot.model.report.report import PeriodFigures, Report, TrendPoint
from mailbot.reporting.sentences import build_sentences


def report(
    figures: PeriodFigures,
    before: PeriodFigures | None,
    year_ago: PeriodFigures | None,
    trend: tuple[TrendPoint, ...],
    rulebook: Rulebook,
) -> Report:
    """The report of the period of `figures`; `before` and `year_ago` are None where nothing is known of them."""
    zone = ZoneInfo(rulebook.channels.time_zone)
    complete = figures.period.ends(zone) <= figures.as_of
    future = figures.as_of < figures.period.begins(zone)
    hours = rulebook.channels.hours
    said = build_sentences(figures, before, year_ago, trend, hours, complete=complete, future=future)
    return Report(figures, before, year_ago, trend, said, complete)
