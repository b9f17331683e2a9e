"""Until when an answer is owed: days counted as the Civil Code counts them, in the company's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailbot.model import Channels, DayKind, Deadline, Rulebook


def deadline(name: str, received_at: datetime, rulebook: Rulebook) -> tuple[datetime, str]:
    """The moment (aware, in the company's time zone) and the source of the deadline `name`.

    `received_at` is aware. Hours run on through nights and days off: a burst pipe does not wait. Days
    run from the day after receipt (ГК 191); a last day that is a day off moves to the next working day
    (ГК 193), and ends when the company closes, for what is to be done in an organisation can be done
    only while it works (ГК 194 п. 1). KeyError where the rulebook has no such deadline.
    """
    row = next((row for row in rulebook.deadlines if row.name == name), None)
    if row is None:
        raise KeyError(name)
    zone = ZoneInfo(rulebook.channels.time_zone)
    if row.unit is DayKind.HOURS:
        # elapsed time is added in UTC: wall clocks may jump where a zone keeps summer time
        return (received_at.astimezone(UTC) + timedelta(hours=row.amount)).astimezone(zone), row.source
    last = _last_day(row, received_at.astimezone(zone).date())
    return _end(last, rulebook.channels, zone), row.source


def is_working_day(day: date) -> bool:
    """By the Russian working calendar, moved days off and working Saturdays included."""
    return day in _working_days(day.year)


def _last_day(row: Deadline, received: date) -> date:
    if row.unit is DayKind.CALENDAR:
        return _working_from(received + timedelta(days=row.amount))
    day = received
    for _ in range(row.amount):
        day = _working_from(day + timedelta(days=1))
    return day


def _working_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _end(day: date, channels: Channels, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, channels.closes, tzinfo=zone)


@lru_cache(maxsize=32)
def _working_days(year: int) -> frozenset[date]:
    """All working days of a year. The package is loaded when first asked: it costs 0.1 s."""
    import holidays

    calendar = holidays.country_holidays("RU", years=year, expand=False)
    first, length = date(year, 1, 1), 366 if _is_leap(year) else 365
    days = (first + timedelta(days=number) for number in range(length))
    return frozenset(day for day in days if calendar.is_working_day(day))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
