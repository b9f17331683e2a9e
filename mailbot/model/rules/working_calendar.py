"""The working calendar (производственный календарь) and the company's hours: working time between two moments.

The government moves days off by decree, mostly in the autumn before, sometimes later. A version says from when it is
known; what was reckoned before keeps the calendar of its own day, so an old report gives the same figures for ever.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
"""By so much a day before a holiday is shorter (ТК РФ, ст. 95)."""


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
class WorkCalendar:
    """All versions of `rules/calendar.toml`; a year that has none is taken from the `holidays` package."""

    versions: tuple[DaysOff, ...] = ()

    def of_year(self, year: int, known_at: datetime) -> DaysOff | None:
        """The newest version of the year that was known at that moment."""
        known = [
            version for version in self.versions if version.year == year and version.known_from <= known_at
        ]
        return max(known, key=lambda days_off: days_off.known_from, default=None)


NO_CALENDAR = WorkCalendar()


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """What working time is reckoned by: hours, and the days off as they were known at `known_at` (aware).

    Told apart by identity: a report asks one timetable a hundred thousand times, and what is reckoned of a year is kept.
    """

    hours: WorkingHours
    calendar: WorkCalendar
    known_at: datetime


def is_working_day(day: date, version: DaysOff | None) -> bool:
    """By the Russian working calendar, moved days off and working Saturdays included; without a version by `holidays`."""
    if version is None:
        return day in _by_package(day.year)
    return day in version.working or (day.isoweekday() < 6 and day not in version.off)


def closing_time(day: date, timetable: Timetable) -> datetime:
    """When the company closes on that day, were it worked; a short day ends an hour early."""
    return _closes(day, timetable.hours, timetable.calendar.of_year(day.year, timetable.known_at))


def _works(day: date, hours: WorkingHours, version: DaysOff | None) -> bool:
    moved_to = day.isoweekday() > 5
    return is_working_day(day, version) and (moved_to or day.isoweekday() in hours.days)


def _closes(day: date, hours: WorkingHours, version: DaysOff | None) -> datetime:
    zone = _zone(hours.time_zone)
    end = datetime.combine(day, hours.closes, zone)
    if version is None or day not in version.short:
        return end
    return max(end - HOUR, datetime.combine(day, hours.opens, zone))


def working_seconds(start: datetime, end: datetime, timetable: Timetable) -> int:
    """Whole seconds of working time from `start` to `end` (aware); 0 where the end is not later."""
    if end <= start:
        return 0
    zone = _zone(timetable.hours.time_zone)
    first, last = start.astimezone(zone).year, end.astimezone(zone).year
    between = sum(_year_of(year, timetable).all for year in range(first, last))
    return between + _worked(last, end, timetable) - _worked(first, start, timetable)


def add_working_time(start: datetime, span: timedelta, timetable: Timetable) -> datetime:
    """The moment by which so much working time has passed since `start`, in the company's zone; `span` of whole seconds."""
    zone = _zone(timetable.hours.time_zone)
    left, moment = int(span.total_seconds()), start.astimezone(zone)
    while True:
        year = _year_of(moment.year, timetable)
        at = int(moment.timestamp())
        for opened, closed in year.spans:
            begun = max(opened, at)
            if closed <= begun:
                continue
            if closed - begun >= left:
                return datetime.fromtimestamp(begun + left, zone)
            left -= closed - begun
        moment = datetime(moment.year + 1, 1, 1, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class _Year:
    """A year's working spans as seconds since 1970, and the seconds worked in it before each."""

    spans: tuple[tuple[int, int], ...]
    opens: tuple[int, ...]
    before: tuple[int, ...]
    all: int


def _worked(year: int, moment: datetime, timetable: Timetable) -> int:
    """Seconds worked in the year that the moment lies in, up to the moment."""
    at, of = int(moment.timestamp()), _year_of(year, timetable)
    index = bisect_right(of.opens, at) - 1
    if index < 0:
        return 0
    opened, closed = of.spans[index]
    return of.before[index] + min(at, closed) - opened


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=512)
def _year_of(year: int, timetable: Timetable) -> _Year:
    """Kept by timetable, for that is quick to look up; the timetables of one calendar share what is reckoned."""
    return _year(year, timetable.hours, timetable.calendar.of_year(year, timetable.known_at))


@lru_cache(maxsize=64)
def _year(year: int, hours: WorkingHours, version: DaysOff | None) -> _Year:
    spans = []
    for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=number)
        if _works(day, hours, version):
            opened = datetime.combine(day, hours.opens, _zone(hours.time_zone))
            spans.append((int(opened.timestamp()), int(_closes(day, hours, version).timestamp())))
    before, total = [], 0
    for opened_at, closed_at in spans:
        before.append(total)
        total += closed_at - opened_at
    return _Year(tuple(spans), tuple(start for start, _ in spans), tuple(before), total)


@lru_cache(maxsize=32)
def _by_package(year: int) -> frozenset[date]:
    """All working days of a year. The package is loaded when first asked: it costs 0.1 s."""
    import holidays

    calendar = holidays.country_holidays("RU", years=year, expand=False)
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = (first + timedelta(days=number) for number in range((after - first).days))
    return frozenset(day for day in days if calendar.is_working_day(day))
