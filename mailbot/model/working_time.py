"""The working calendar (производственный календарь) and the company's hours: days off as they are known, by version.

The government moves days off by decree, mostly in the autumn before, sometimes later. A version says from when it is
known; what was reckoned before keeps the calendar of its own day, so an old report gives the same figures for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A version of one year's calendar: `off` are days off besides Saturdays and Sundays, `working` the Saturdays and
    Sundays that are worked, `short` the days that end an hour early (ТК РФ, ст. 95). `known_from` is aware; `source`
    the decree."""

    year: int
    known_from: datetime
    source: str
    off: frozenset[date]
    working: frozenset[date] = frozenset()
    short: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The company's hours (`channels.toml`): ISO weekdays, opening and closing in its own time zone."""

    days: tuple[int, ...]
    opens: time
    closes: time
    time_zone: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """All versions of `rules/calendar.toml`; a year that has none is taken from the `holidays` package."""

    versions: tuple[DaysOff, ...] = ()


NO_CALENDAR = Calendar()


@dataclass(frozen=True, slots=True)
class Timetable:
    """What working time is reckoned by: hours, and the days off as they were known at `known_at` (aware)."""

    hours: WorkingHours
    calendar: Calendar
    known_at: datetime
