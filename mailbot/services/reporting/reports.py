"""The report of a period out of the store, the cases behind one of its figures, and its two files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot import reporting
from mailbot.documents.report_paper import render_report
from mailbot.model.report.period import Period
from mailbot.model.report.report import PeriodFigures, Report, TrendPoint
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.reporting.case_rows import case_rows
from mailbot.services.reporting.workbook import workbook
from mailbot.services.surveys.satisfaction import satisfaction_of
from mailbot.store import Store
from mailbot.store.casework import second_looks
from mailbot.store.reports import period_log

TREND = 13
"""Periods of the trend: a quarter of weeks."""

Reckon = Callable[[Store, ActiveRules, Period, datetime], PeriodFigures]


def zone_of(rules: ActiveRules) -> ZoneInfo:
    """The company's own time zone: its days and weeks begin by it."""
    return ZoneInfo(rules.rulebook.channels.time_zone)


def as_of(rules: ActiveRules, period: Period, now: datetime) -> datetime:
    """The moment that the report of the period is as of: fixed once the report has been due, `now` until then."""
    return reporting.as_of(period, rules.rulebook.reports, zone_of(rules), now)


def figures_of(store: Store, rules: ActiveRules, period: Period, now: datetime) -> PeriodFigures:
    """All figures of one period; those of a period whose report has been due are the same whenever it is asked."""
    moment = as_of(rules, period, now)
    logged = store.ask(period_log.logged, period, moment, zone_of(rules))
    rated = store.ask(satisfaction_of, rules.rulebook, period, moment)
    zone = zone_of(rules)
    looks = store.ask(second_looks.of_period, period.begins(zone), period.ends(zone), moment)
    return reporting.figures(
        period, logged, rules.rulebook, rated, reporting.second_looks(looks, rules.rulebook)
    )


def report_of(
    store: Store, rules: ActiveRules, period: Period, now: datetime, reckon: Reckon = figures_of
) -> Report:
    """The report: the period beside the one before, the same of the last year, and the trend.

    `reckon` gives the figures of each period, reckoned now or kept from before. A period that ended before the first
    letter came is not compared with.
    """
    first = store.ask(period_log.first_letter)

    def known(other: Period) -> PeriodFigures | None:
        if first is None or other.ends(zone_of(rules)) <= first:
            return None
        return reckon(store, rules, other, now)

    own = reckon(store, rules, period, now)
    trend = _trend(store, rules, period, own.as_of)
    return reporting.report(own, known(period.previous), known(period.year_ago), trend, rules.rulebook)


def _trend(store: Store, rules: ActiveRules, period: Period, moment: datetime) -> tuple[TrendPoint, ...]:
    periods = period.back(TREND)
    flows = store.ask(period_log.flow, periods, moment, zone_of(rules))
    return tuple(TrendPoint(*pair) for pair in zip(periods, flows, strict=True))


def report_pdf(report: Report, rules: ActiveRules) -> bytes:
    """To print."""
    company = rules.rulebook.channels.company
    return render_report(report, rules.documents, rules.rulebook.deadlines, company=company)


def report_xlsx(store: Store, report: Report, rules: ActiveRules) -> bytes:
    """To reckon on with: the same tables as numbers, and a row for each case; the file that the mail brings too."""
    rows = case_rows(store, rules, report.period, report.figures.as_of)
    return workbook(report, rows, rules.rulebook.deadlines)
