"""Working time between two moments, reckoned by hand: weekends, holidays, moved days, short days, midnight, year edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Rulebook
from mailbot.model.rules.working_calendar import (
    DaysOff,
    Timetable,
    WorkCalendar,
    WorkingHours,
    add_working_time,
    is_working_day,
    working_seconds,
)
from tests.reporting.logs import DAY, HOUR, HOURS, local, timetable

PLAIN = timetable()  # no calendar: the package alone, without short days


def shipped(rulebook: Rulebook, known_at: str = "2027-06-01") -> Timetable:
    return timetable(rulebook.calendar, known_at)


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2026-11-16 10:00", "2026-11-16 10:00:01", 1),
        ("2026-11-16 10:00", "2026-11-16 18:30", 7 * HOUR),  # closed at 17:00
        ("2026-11-16 06:00", "2026-11-16 09:15", HOUR + 900),  # opens at 8:00
        ("2026-11-16 17:00", "2026-11-17 08:00", 0),  # the night
        ("2026-11-16 23:59:59", "2026-11-17 00:00:01", 0),  # midnight
        ("2026-11-16 16:59:59", "2026-11-17 08:00:01", 2),
        ("2026-11-20 16:00", "2026-11-23 09:00", 2 * HOUR),  # Friday to Monday
        ("2026-11-21 10:00", "2026-11-22 20:00", 0),  # within a weekend
        ("2026-11-03 16:00", "2026-11-05 09:00", 2 * HOUR),  # over 4 November
        ("2026-11-30 16:00", "2026-12-01 09:00", 2 * HOUR),  # the edge of a month
        ("2026-12-30 23:59", "2027-01-11 08:00", 0),  # 31 December is off by decree, then holidays
        ("2026-12-30 16:30", "2027-01-11 08:30", HOUR),  # the edge of a year
        (
            "2027-02-19 16:00",
            "2027-02-24 09:00",
            HOUR + 9 * HOUR + HOUR,
        ),  # Saturday 20 February is worked, 22 and 23 not
        (
            "2025-12-30 16:00",
            "2026-01-12 09:00",
            2 * HOUR,
        ),  # 31 December 2025 and 9 January 2026 are off by decree
        ("1999-12-31 16:00", "2000-01-05 09:00", 2 * HOUR),  # 1 to 4 January
        ("2028-02-28 16:00", "2028-03-01 09:00", HOUR + 9 * HOUR + HOUR),  # 29 February 2028, a Tuesday
    ],
)
def test_working_time_without_short_days(start: str, end: str, seconds: int) -> None:
    assert working_seconds(local(start), local(end), PLAIN) == seconds


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2026-11-03 16:00", "2026-11-05 09:00", HOUR),  # 3 November ends at 16:00
        ("2026-11-03 15:59:59", "2026-11-03 23:00", 1),
        ("2026-04-30 08:00", "2026-05-04 08:00", 8 * HOUR),  # 30 April is short, 1 May a holiday
        ("2026-05-08 15:00", "2026-05-12 09:00", 2 * HOUR),  # 8 May is short, Monday 11 May off
        ("2026-06-11 15:30", "2026-06-15 08:30", HOUR),  # 11 June is short, 12 June a holiday
        ("2026-12-30 16:30", "2027-01-11 08:30", HOUR),  # 30 December is a day like others
    ],
)
def test_a_day_before_a_holiday_ends_an_hour_early(
    start: str, end: str, seconds: int, rulebook: Rulebook
) -> None:
    assert working_seconds(local(start), local(end), shipped(rulebook)) == seconds


def test_the_years_own_working_hours(rulebook: Rulebook) -> None:
    # 2026 has 247 working days, four of them an hour short
    seconds = working_seconds(local("2026-01-01 00:00"), local("2027-01-01 00:00"), shipped(rulebook))
    assert seconds == (247 * 9 - 4) * HOUR


def test_several_years_are_the_sum_of_their_days(rulebook: Rulebook) -> None:
    start, end = local("2025-12-30 16:00"), local("2027-01-11 09:00")
    # an hour on 30 December 2025, all of 2026, an hour on 11 January 2027
    assert working_seconds(start, end, shipped(rulebook)) == HOUR + (247 * 9 - 4) * HOUR + HOUR


def test_no_time_has_passed_where_the_end_is_not_later() -> None:
    assert working_seconds(local("2026-11-17 10:00"), local("2026-11-16 10:00"), PLAIN) == 0


def test_moments_of_other_zones_are_the_same_moments() -> None:
    start, end = local("2026-11-16 10:00").astimezone(UTC), local("2026-11-16 12:00")
    assert working_seconds(start, end, PLAIN) == 2 * HOUR


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_shipped_calendar_agrees_with_the_package(year: int, rulebook: Rulebook) -> None:
    version = rulebook.calendar.of_year(year, local("2027-06-01 00:00"))
    assert version is not None
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in days if is_working_day(day, version) is not is_working_day(day, None)] == []
    assert all(is_working_day(day, version) for day in version.short)


# ── versions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

BEFORE = DaysOff(2026, local("2025-10-01"), "first decree", off=frozenset({date(2026, 11, 4)}))
AFTER = DaysOff(
    2026,
    local("2026-11-10"),
    "second decree",
    off=frozenset({date(2026, 11, 4), date(2026, 11, 20)}),
    working=frozenset({date(2026, 11, 21)}),
)
MOVED = WorkCalendar((AFTER, BEFORE))


@pytest.mark.parametrize(
    ("known_at", "friday", "saturday"),
    [("2026-11-09 23:59", True, False), ("2026-11-10 00:00", False, True), ("2027-11-10", False, True)],
)
def test_a_day_off_is_moved_from_when_the_decree_is_known(
    known_at: str, friday: bool, saturday: bool
) -> None:
    at = timetable(MOVED, known_at)
    days = [("2026-11-20 00:00", "2026-11-21 00:00"), ("2026-11-21 00:00", "2026-11-22 00:00")]
    worked = [working_seconds(local(begin), local(end), at) for begin, end in days]
    assert [bool(seconds) for seconds in worked] == [friday, saturday]
    assert sum(worked) == 9 * HOUR


def test_a_year_without_a_known_version_is_taken_from_the_package() -> None:
    eve = local("2026-12-31 00:00"), local("2027-01-01 00:00")
    # the package knows of the decree, the first version here does not
    assert working_seconds(*eve, timetable(MOVED, "2025-09-30")) == 0
    assert working_seconds(*eve, timetable(MOVED, "2025-10-01")) > 0


# ── adding ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-11-16 10:00", 4, "2026-11-16 14:00"),
        ("2026-11-16 16:00", 4, "2026-11-17 11:00"),
        ("2026-11-20 15:00", 4, "2026-11-23 10:00"),
        ("2026-11-20 13:00", 4, "2026-11-20 17:00"),  # to the very closing
        ("2026-11-21 12:00", 4, "2026-11-23 12:00"),
        ("2026-12-30 16:00", 2, "2027-01-11 09:00"),
        ("2027-02-19 16:00", 9, "2027-02-20 16:00"),
    ],
)
def test_so_many_working_hours_later(start: str, hours: int, expected: str) -> None:
    assert add_working_time(local(start), timedelta(hours=hours), PLAIN) == local(expected)


MOMENTS = st.integers(0, 4 * 365 * DAY).map(lambda after: local("2025-01-01") + timedelta(seconds=after))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_time_adds_up_and_is_never_longer_than_time(
    one: datetime, two: datetime, three: datetime
) -> None:
    first, middle, last = sorted((one, two, three))
    whole = working_seconds(first, last, PLAIN)
    assert working_seconds(first, middle, PLAIN) + working_seconds(middle, last, PLAIN) == whole
    assert 0 <= whole <= (last - first) // timedelta(seconds=1)


@given(MOMENTS, st.integers(1, 40 * 9 * HOUR))
def test_what_is_added_is_what_has_passed(start: datetime, seconds: int) -> None:
    end = add_working_time(start, timedelta(seconds=seconds), PLAIN)
    assert working_seconds(start, end, PLAIN) == seconds
    assert working_seconds(start, end - timedelta(seconds=1), PLAIN) == seconds - 1


@given(MOMENTS, st.integers(1, 20 * DAY))
def test_it_is_what_counting_day_by_day_gives(start: datetime, seconds: int) -> None:
    """Counted as a person would: day by day, the part of the day that lies within both."""
    end, total, day = start + timedelta(seconds=seconds), 0, start.date()
    while day <= end.date():
        if is_working_day(day, None):
            opens = max(start, datetime.combine(day, time(8), start.tzinfo))
            closes = min(end, datetime.combine(day, time(17), start.tzinfo))
            total += max(0, (closes - opens) // timedelta(seconds=1))
        day += timedelta(days=1)
    assert working_seconds(start, end, PLAIN) == total


def test_a_company_that_is_closed_on_fridays() -> None:
    short_week = Timetable(
        WorkingHours((1, 2, 3, 4), HOURS.opens, HOURS.closes, HOURS.time_zone), WorkCalendar(), PLAIN.known_at
    )
    assert working_seconds(local("2026-11-19 16:00"), local("2026-11-23 09:00"), short_week) == 2 * HOUR


def test_a_short_day_of_a_company_open_for_half_an_hour_is_no_negative_one() -> None:
    hours = WorkingHours((1, 2, 3, 4, 5), time(8), time(8, 30), HOURS.time_zone)
    short = WorkCalendar(
        (DaysOff(2026, local("2025-10-01"), "", frozenset(), short=frozenset({date(2026, 11, 3)})),)
    )
    at = Timetable(hours, short, local("2026-11-01"))
    assert working_seconds(local("2026-11-03 00:00"), local("2026-11-04 00:00"), at) == 0
