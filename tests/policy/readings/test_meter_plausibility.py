"""A reading against its meter: each doubt that domain and law name, and what is taken without one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.policy.readings.meter_plausibility import UsualConsumption, find_meter_doubt

TODAY = date(2026, 10, 24)
METER = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1), verified_until=date(2027, 1, 1))
LAST = (DatedReading("5501", Decimal(112), date(2026, 9, 24), Month(2026, 9)),)
USUAL = UsualConsumption(Decimal(5), Decimal("6.4"))


def told(
    value: str, *, unit: Unit | None = Unit.M3, day: date = TODAY, last: tuple[DatedReading, ...] = LAST
) -> str:
    return find_meter_doubt(Decimal(value), unit, day, METER, last, USUAL, TODAY)


@pytest.mark.parametrize("value", ["112", "118.5", "137.6"])
def test_growth_up_to_four_times_what_is_usual_is_taken_and_so_is_the_same_value(value: str) -> None:
    """112 + 4 × 6.4 = 137.6."""
    assert told(value) == ""


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("111.9", "меньше предыдущего"),
        ("0", "показание ноль"),
        ("137.7", "подозрительно большой"),
        ("100000", "больше цифр"),
    ],
)
def test_what_the_dial_can_hardly_show_is_asked_about(value: str, why: str) -> None:
    assert why in told(value)


def test_after_two_months_twice_as_much_is_usual() -> None:
    """61 days since 24.08.: 112 + 4 × 6.4 × 61 / 30 = 164.05."""
    last = (DatedReading("5501", Decimal(112), date(2026, 8, 24), Month(2026, 8)),)
    assert told("164", last=last) == ""
    assert "подозрительно большой" in told("164.1", last=last)


def test_a_dial_that_went_round_goes_to_a_person() -> None:
    full = (DatedReading("5501", Decimal(99_998), date(2026, 9, 24), Month(2026, 9)),)
    assert "полный круг" in told("3", last=full)
    assert "меньше предыдущего" in told("50000", last=full)


def test_another_unit_a_future_day_and_a_meter_out_of_order() -> None:
    assert "единица" in told("118", unit=Unit.GCAL)
    assert told("118", unit=None) == ""
    assert "будущей датой" in told("118", day=date(2026, 10, 25))
    assert "поверки" in find_meter_doubt(
        Decimal(118), None, date(2027, 1, 2), METER, LAST, USUAL, date(2027, 1, 3)
    )
    gone = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1), removed=date(2026, 10, 1))
    assert "снят" in find_meter_doubt(Decimal(118), None, TODAY, gone, LAST, USUAL, TODAY)


def test_the_first_reading_of_a_meter_and_one_of_another_meter_are_compared_with_nothing() -> None:
    assert told("900", last=()) == ""
    assert told("900", last=(DatedReading("other", Decimal(112), date(2026, 9, 24), Month(2026, 9)),)) == ""


def test_no_doubt_tells_the_earlier_value() -> None:
    for value in ("111.9", "0", "137.7"):
        assert "112" not in told(value)
