"""Until when an answer is owed: days counted as the Civil Code counts them, in the company's time zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.model import DayKind, PeriodFromReceipt, Rulebook, TimeLimit
from mailbot.model.rules.working_calendar import Timetable, closing_time, is_working_day

FROM_LETTER = "срок из письма"
"""How the source of a deadline begins that the letter itself has set."""


def calculate_deadline(name: str, received_at: datetime, rulebook: Rulebook) -> tuple[datetime, str]:
    """The moment (aware, in the company's time zone) and the source of the deadline `name`.

    `received_at` is aware. KeyError where the rulebook has no such deadline.
    """
    row = next((row for row in rulebook.deadlines if row.name == name), None)
    if row is None:
        raise KeyError(name)
    return _after(PeriodFromReceipt(row.amount, row.unit), received_at, rulebook), row.source


def calculate_limit(limit: TimeLimit, received_at: datetime, rulebook: Rulebook) -> tuple[datetime, str]:
    """The moment and the source of a time limit that the letter itself has set, counted like any other."""
    source = f"{FROM_LETTER}: «{limit.words}»"
    if limit.allowance is not None:
        return _after(limit.allowance, received_at, rulebook), source
    zone = ZoneInfo(rulebook.channels.time_zone)
    day = limit.day if limit.day is not None else received_at.astimezone(zone).date()
    if limit.at is not None:
        return datetime.combine(day, limit.at, zone), source
    timetable = Timetable(rulebook.channels.hours, rulebook.calendar, received_at)
    return closing_time(_working_from(day, timetable), timetable), source


def _after(allowance: PeriodFromReceipt, received_at: datetime, rulebook: Rulebook) -> datetime:
    """Hours run on through nights and days off: a burst pipe does not wait. Days run from the day after receipt
    (ГК 191), months to the same day of a later one (ГК 192); a last day that is a day off moves to the next working
    day (ГК 193), and ends when the company closes, for what is to be done in an organisation can be done only while it
    works (ГК 194 п. 1).
    """
    zone = ZoneInfo(rulebook.channels.time_zone)
    if allowance.unit is DayKind.HOURS:
        # elapsed time is added in UTC: wall clocks may jump where a zone keeps summer time
        return (received_at.astimezone(UTC) + timedelta(hours=allowance.amount)).astimezone(zone)
    timetable = Timetable(rulebook.channels.hours, rulebook.calendar, received_at)
    return closing_time(_last_day(allowance, received_at.astimezone(zone).date(), timetable), timetable)


def _last_day(allowance: PeriodFromReceipt, received: date, timetable: Timetable) -> date:
    match allowance.unit:
        case DayKind.CALENDAR:
            return _working_from(received + timedelta(days=allowance.amount), timetable)
        case DayKind.MONTHS:
            return _working_from(_months_on(received, allowance.amount), timetable)
        case DayKind.WORKING:
            day = received
            for _ in range(allowance.amount):
                day = _working_from(day + timedelta(days=1), timetable)
            return day
        case DayKind.HOURS:
            raise ValueError("hours end at a moment, not on a day")
    assert_never(allowance.unit)


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has none (ГК 192 п. 3)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _working_from(day: date, timetable: Timetable) -> date:
    """The day itself, or the next that the law calls working, whatever the company's own week is (ГК 193)."""
    while not is_working_day(day, timetable.calendar.of_year(day.year, timetable.known_at)):
        day += timedelta(days=1)
    return day
