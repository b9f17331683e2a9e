"""Working time by the company's hours, reckoned by hand: weekends, holidays, short days, nights, years without a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from mailbot.model.working_time import (
    NO_CALENDAR,
    Timetable,
    WorkingHours,
    add_working,
    closes,
    working_seconds,
    works,
)
from tests.reporting.golden_cases import HOURS, ZONE, calendar

TIMETABLE = Timetable(HOURS, calendar(), datetime(2031, 1, 1, tzinfo=UTC))
HOUR = 3600


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-18 09:00", "2026-11-18 10:00", 1),
        ("2026-11-18 00:00", "2026-11-19 00:00", 9),
        ("2026-11-20 16:00", "2026-11-23 09:00", 2),  # over a weekend
        ("2026-11-03 15:00", "2026-11-05 09:00", 2),  # a short day and a holiday
        ("2026-12-30 16:00", "2027-01-11 09:00", 2),  # the New Year
        ("2027-02-19 16:00", "2027-02-24 09:00", 11),  # a worked Saturday between
        ("2026-11-21 00:00", "2026-11-23 08:00", 0),
        ("2026-01-01 00:00", "2027-01-01 00:00", 247 * 9 - 4),  # 247 working days, four of them short
        ("2026-11-18 10:00", "2026-11-18 09:00", 0),  # the end is earlier
    ],
)
def test_working_hours_between_two_moments(start: str, end: str, hours: int) -> None:
    assert working_seconds(at(start), at(end), TIMETABLE) == hours * HOUR


def test_the_zone_in_which_a_moment_is_written_is_nothing() -> None:
    start, end = at("2026-12-30 16:00"), at("2027-01-11 09:00")
    assert working_seconds(start.astimezone(UTC), end.astimezone(UTC), TIMETABLE) == 2 * HOUR


def test_a_letter_of_the_last_century_does_not_stop_the_clock() -> None:
    """INTERNALDATE is the server's word, and some servers know no year."""
    week = working_seconds(at("1999-12-20 00:00"), at("1999-12-27 00:00"), TIMETABLE)
    assert week == 5 * 9 * HOUR
    assert working_seconds(at("1999-12-20 00:00"), at("2026-11-18 09:00"), TIMETABLE) > 25 * 240 * 8 * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20 16:00", 4, "2026-11-23 11:00"),
        ("2026-11-20 12:00", 5, "2026-11-20 17:00"),  # to the last second of the day, not to the next morning
        ("2026-11-03 15:00", 2, "2026-11-05 09:00"),
        ("2026-12-30 23:59", 1, "2027-01-11 09:00"),
        ("2026-11-21 12:00", 1, "2026-11-23 09:00"),
    ],
)
def test_working_hours_are_added(start: str, hours: int, end: str) -> None:
    assert add_working(at(start), timedelta(hours=hours), TIMETABLE) == at(end)


def test_a_short_day_closes_an_hour_early() -> None:
    assert closes(at("2026-11-03 00:00").date(), TIMETABLE) == at("2026-11-03 16:00")
    assert closes(at("2026-11-02 00:00").date(), TIMETABLE) == at("2026-11-02 17:00")


def test_a_company_that_rests_on_fridays_does_not_work_on_them() -> None:
    hours = WorkingHours((1, 2, 3, 4), time(9), time(18), "Asia/Yekaterinburg")
    timetable = Timetable(hours, NO_CALENDAR, at("2026-11-30 00:00"))
    assert not works(at("2026-11-20 00:00").date(), timetable)
    assert working_seconds(at("2026-11-19 09:00"), at("2026-11-23 10:00"), timetable) == 10 * HOUR


def test_a_version_holds_from_the_moment_it_is_known() -> None:
    """24 March 2028 becomes a day off by a decree of 3 April; a report of 27 March does not know it yet."""
    day = (at("2028-03-24 00:00"), at("2028-03-25 00:00"))
    before, after = (Timetable(HOURS, calendar(), at(f"2028-{known} 08:00")) for known in ("03-27", "04-10"))
    assert (working_seconds(*day, before), working_seconds(*day, after)) == (9 * HOUR, 0)
