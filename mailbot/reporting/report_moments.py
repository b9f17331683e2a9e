"""When the report of a period is due, and as of when its figures are: later it comes out the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.model.case.log import PeriodLog
from mailbot.model.report.period import Period
from mailbot.model.rules.report_readers import ReportRules


def due_at(period: Period, rules: ReportRules, zone: ZoneInfo) -> datetime:
    """The first hour of sending (`rules/reports.toml`) at or after the period's end, in the company's zone."""
    after = period.last + timedelta(days=1)
    day = after + timedelta(days=(rules.weekday - after.isoweekday()) % 7)
    return datetime.combine(day, rules.at, zone)


def as_of(period: Period, rules: ReportRules, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment up to which the log is looked at: when the report is due, or now (aware) where that is not yet; in the
    company's zone, as it is shown."""
    return min(now, due_at(period, rules, zone)).astimezone(zone)


def empty_logged(at: datetime) -> PeriodLog:
    """Nothing is known of a period that has not begun."""
    return PeriodLog(at, (), (), (), ())
