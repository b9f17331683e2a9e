"""What holds for every account and month, whatever was read: sums add up, order changes nothing, nothing is lost."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mailbot.billing.amounts import convert_volume, round_to_kopecks
from mailbot.billing.charges import charge_account
from mailbot.billing.penalty import penalty
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Month
from tests.billing.builders import METER, OCTOBER, RATE, WATER, D, account, reading, tariffs

values = st.decimals(min_value=0, max_value=99999, places=3, allow_nan=False, allow_infinity=False)
days = st.integers(min_value=0, max_value=60).map(lambda count: date(2026, 9, 1) + timedelta(days=count))
dials = st.lists(st.tuples(values, days), max_size=8)


@given(dials)
def test_lines_add_up_to_the_total_and_hold_whole_kopecks(dial: list[tuple[Decimal, date]]) -> None:
    readings = [reading(str(value), day) for value, day in dial]
    found = charge_account(
        account(Resource.HEATING, Resource.HOT_WATER, meters=(METER,)), OCTOBER, readings, {}, tariffs()
    )
    assert found.total == sum(line.sum for line in found.lines)
    for line in found.lines:
        for sum_ in (line.sum, line.net, line.vat, line.benefit):
            assert isinstance(sum_, Decimal)
            assert sum_ == round_to_kopecks(sum_)
        assert line.because
        assert line.net + line.vat == line.sum


@given(dials, st.integers())
def test_the_order_in_which_readings_arrived_changes_nothing(
    dial: list[tuple[Decimal, date]], seed: int
) -> None:
    readings = [reading(str(value), day) for value, day in dial]
    mixed = readings[:]
    random.Random(seed).shuffle(mixed)
    one = charge_account(account(Resource.HOT_WATER, meters=(METER,)), OCTOBER, readings, {}, tariffs())
    assert one == charge_account(account(Resource.HOT_WATER, meters=(METER,)), OCTOBER, mixed, {}, tariffs())


def test_a_month_charged_twice_is_the_same() -> None:
    whole = account(Resource.HEATING, Resource.HOT_WATER, meters=(METER,))
    assert charge_account(whole, OCTOBER, WATER, {}, tariffs()) == charge_account(
        whole, OCTOBER, WATER, {}, tariffs()
    )


@given(values)
def test_a_unit_there_and_back_loses_less_than_a_kopeck_of_heat(value: Decimal) -> None:
    for unit in (Unit.GJ, Unit.MWH):
        there = convert_volume(value, Unit.GCAL, unit)
        back = convert_volume(there, unit, Unit.GCAL)
        assert abs(back - value) < D("0.006")


@given(st.decimals(min_value=0, max_value=1_000_000, places=2), st.integers(0, 900))
def test_a_penalty_never_falls_with_time(debt: Decimal, count: int) -> None:
    due = date(2026, 1, 15)
    now = sum(
        (part.sum for part in penalty(debt, due=due, until=due + timedelta(days=count), rates=RATE)), D(0)
    )
    later = sum(
        (part.sum for part in penalty(debt, due=due, until=due + timedelta(days=count + 1), rates=RATE)), D(0)
    )
    assert later >= now >= 0


@given(st.integers(2020, 2040), st.integers(1, 12))
def test_months_follow_one_another(year: int, number: int) -> None:
    month = Month(year, number)
    assert month.following.preceding == month
    assert month.preceding < month < month.following
    assert month.days == (month.following.first - month.first).days
