"""Until when an answer is owed: days counted as the Civil Code counts them, in the company's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import DayKind, Deadline, Rulebook
from mailbot.model.working_time import Timetable, closes, is_working_day


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
    timetable = Timetable(rulebook.channels.hours, rulebook.calendar, received_at)
    last = _last_day(row, received_at.astimezone(zone).date(), timetable)
    return closes(last, timetable), row.source


def _last_day(row: Deadline, received: date, timetable: Timetable) -> date:
    if row.unit is DayKind.CALENDAR:
        return _working_from(received + timedelta(days=row.amount), timetable)
    day = received
    for _ in range(row.amount):
        day = _working_from(day + timedelta(days=1), timetable)
    return day


def _working_from(day: date, timetable: Timetable) -> date:
    """The day itself, or the next that the law calls working, whatever the company's own week is (ГК 193)."""
    while not is_working_day(day, timetable.calendar.of_year(day.year, timetable.known_at)):
        day += timedelta(days=1)
    return day
