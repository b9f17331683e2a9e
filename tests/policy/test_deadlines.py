"""Deadlines as the Civil Code counts them (ГК 191, 193, 194), by the Russian working calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import DayKind
from mailbot.model.rules.working_calendar import is_working_day
from mailbot.policy import calculate_deadline
from tests.policy.builders import small_rulebook

RULEBOOK = small_rulebook()
ZONE = ZoneInfo("Asia/Yekaterinburg")


def due(name: str, received: str) -> str:
    """The deadline of a letter received at a local time."""
    moment = datetime.fromisoformat(received).replace(tzinfo=ZONE)
    return f"{calculate_deadline(name, moment, RULEBOOK)[0]:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 12, 31), False),  # moved from a Sunday in January
        (date(2027, 2, 20), True),  # a working Saturday
        (date(2027, 2, 22), False),  # the Monday it was worked for
        (date(2026, 11, 4), False),
        (date(2026, 3, 9), False),
        (date(2026, 11, 3), True),  # a short day is a working day
    ],
)
def test_moved_days_of_2026_and_2027(day: date, working: bool) -> None:
    assert is_working_day(day, None) is working


@pytest.mark.parametrize(
    ("name", "received", "expected"),
    [
        ("complaint", "2026-10-14 10:00", "2026-10-19 17:00"),  # Wednesday + 3 working days over a weekend
        ("complaint", "2026-10-14 23:59", "2026-10-19 17:00"),  # counted from the next day, whatever the hour
        ("complaint", "2026-10-17 12:00", "2026-10-21 17:00"),  # received on a Saturday
        ("complaint", "2026-11-02 09:00", "2026-11-06 17:00"),  # over 4 November
        (
            "question",
            "2026-12-28 09:00",
            "2027-01-13 17:00",
        ),  # over the New Year: 29, 30 December, 11, 12, 13 January
        ("money_claim", "2026-10-14 10:00", "2026-10-26 17:00"),  # the 10th day is Saturday 24 October
        ("money_claim", "2026-10-12 10:00", "2026-10-22 17:00"),
        ("money_claim", "2027-02-10 10:00", "2027-02-20 17:00"),  # the 10th day is a working Saturday
        ("emergency", "2026-12-31 23:30", "2027-01-01 01:30"),  # a burst pipe knows no holidays
    ],
)
def test_deadlines(name: str, received: str, expected: str) -> None:
    assert due(name, received) == expected


def test_the_day_of_receipt_is_the_day_in_chaikovsky() -> None:
    evening_in_utc = datetime(2026, 10, 14, 20, 0, tzinfo=UTC)  # 15 October, 01:00
    assert calculate_deadline("complaint", evening_in_utc, RULEBOOK)[0].date() == date(2026, 10, 20)


def test_the_source_is_the_rows_own() -> None:
    assert "354" in calculate_deadline("complaint", datetime(2026, 10, 14, tzinfo=UTC), RULEBOOK)[1]


def test_an_unknown_deadline_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        calculate_deadline("someday", datetime(2026, 10, 14, tzinfo=UTC), RULEBOOK)


@given(
    st.integers(0, 15 * 365 * 24).map(
        lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ),
    st.sampled_from([row.name for row in RULEBOOK.deadlines]),
)
def test_a_deadline_lies_ahead_on_a_working_day_and_never_comes_earlier_for_a_later_letter(
    received: datetime, name: str
) -> None:
    until, _ = calculate_deadline(name, received, RULEBOOK)
    assert until > received
    assert until.tzinfo is not None
    unit = next(row.unit for row in RULEBOOK.deadlines if row.name == name)
    if unit is not DayKind.HOURS:
        assert is_working_day(until.date(), None)
    assert calculate_deadline(name, received + timedelta(hours=7), RULEBOOK)[0] >= until
