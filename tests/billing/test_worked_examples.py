"""Worked examples with their arithmetic and sources: each agrees to the kopeck."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mailbot.billing.amounts import UnitMismatch, convert_volume, round_to_kopecks
from mailbot.billing.charges import charge_account
from mailbot.billing.consumption_history import Consumption, billing_history
from mailbot.billing.penalty import PenaltyRate, penalty
from mailbot.billing.service_quality import discount_percent, excess_hours, max_heating_gap_hours
from mailbot.billing.tariffs import HotWaterPricing, MissingTariff, Vat
from mailbot.billing.volumes import volume_by_average, volume_by_meter
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import ClientGroup, Meter, Month
from mailbot.model.ledger.charges import PriceComponent, VolumeBasis
from tests.billing.builders import METER, OCTOBER, RATE, WATER, D, account, months, reading, tariffs

# --- Penalty: ЖК РФ ст. 155 ч. 14 ----------------------------------------------------------------


def test_5000_roubles_unpaid_for_100_days_cost_131_54() -> None:
    """Days 31–90: 5000 × 9.5 % / 300 × 60 = 95.00; days 91–100: 5000 × 9.5 % / 130 × 10 = 36.54."""
    due = date(2026, 1, 15)
    parts = penalty(D(5000), due=due, until=due + timedelta(days=100), rates=RATE)
    assert [(part.days, part.sum) for part in parts] == [(60, D("95.00")), (10, D("36.54"))]
    assert sum(part.sum for part in parts) == D("131.54")


@pytest.mark.parametrize(("days", "cost"), [(0, "0"), (30, "0"), (31, "1.58"), (90, "95.00"), (91, "98.65")])
def test_the_first_thirty_days_cost_nothing(days: int, cost: str) -> None:
    """5000 × 9.5 % / 300 = 1.5833 a day, / 130 = 3.6538 a day."""
    due = date(2026, 1, 15)
    assert sum(
        (part.sum for part in penalty(D(5000), due=due, until=due + timedelta(days=days), rates=RATE)), D(0)
    ) == D(cost)


def test_a_rate_that_changes_in_between_parts_the_days() -> None:
    """Day 31 is 15.02., the rate falls on 01.03.: 14 days at 9.5 % (22.17), 10 days at 8 % (13.33)."""
    due = date(2026, 1, 15)
    rates = (*RATE, PenaltyRate(date(2026, 3, 1), D(8)))
    parts = penalty(D(5000), due=due, until=date(2026, 3, 10), rates=rates)
    assert [(part.days, part.rate, part.sum) for part in parts] == [
        (14, D("9.5"), D("22.17")),
        (10, D(8), D("13.33")),
    ]


def test_a_day_without_a_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="не задана ставка"):
        penalty(D(1), due=date(2019, 1, 1), until=date(2019, 6, 1), rates=RATE)


# --- Units: 1 Гкал = 4.1868 ГДж = 1.163 МВт·ч = 1163 кВт·ч -----------------------------------------


@pytest.mark.parametrize(
    ("unit", "value"), [(Unit.GJ, "4.1868"), (Unit.MWH, "1.163"), (Unit.KWH, "1163"), (Unit.GCAL, "1")]
)
def test_one_gcal_in_each_unit(unit: Unit, value: str) -> None:
    assert convert_volume(D(value), unit, Unit.GCAL) == D(1)
    assert convert_volume(D(1), Unit.GCAL, unit) == D(value).quantize(D("0.01"))


def test_cubic_metres_are_no_heat() -> None:
    with pytest.raises(UnitMismatch):
        convert_volume(D(1), Unit.M3, Unit.GCAL)


@pytest.mark.parametrize(
    ("sum_", "kopecks"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01")]
)
def test_half_a_kopeck_is_rounded_up(sum_: str, kopecks: str) -> None:
    assert round_to_kopecks(D(sum_)) == D(kopecks)


# --- Quality: ПП 354, приложение 1 ------------------------------------------------------------------


def test_heating_away_for_30_hours_over_the_permitted_gap() -> None:
    """54 h in the month, 24 permitted: 30 h × 0.15 % = 4.5 % of 3 240.00 = 145.80."""
    beyond = excess_hours(((D(54), D(54)),), D(24))
    assert beyond == 30
    assert discount_percent(beyond) == D("4.50")
    assert round_to_kopecks(D("3240.00") * discount_percent(beyond) / 100) == D("145.80")


@pytest.mark.parametrize(("air", "hours"), [(14, 16), (12, 16), (11, 8), (10, 8), (9, 4), (8, 4), (7, 0)])
def test_how_long_heating_may_be_away_at_once(air: int, hours: int) -> None:
    assert max_heating_gap_hours(D(air)) == hours


def test_one_long_gap_counts_though_the_month_is_within_its_hours() -> None:
    """20 h at once where 16 are permitted: 4 h beyond, though 24 h a month are not reached."""
    assert excess_hours(((D(20), D(16)),), D(24)) == 4


def test_no_reduction_is_more_than_the_fee() -> None:
    assert discount_percent(D(744)) == 100


# --- Volumes: ПП 354 п. 42, 59, 60 ----------------------------------------------------------------


def test_the_volume_lies_between_the_last_reading_billed_and_the_newest() -> None:
    readings = [
        reading("112", date(2026, 9, 24)),
        reading("118.5", date(2026, 10, 20)),
        reading("118", date(2026, 10, 5)),
    ]
    found = volume_by_meter(METER, readings, OCTOBER, Unit.M3)
    assert found is not None
    assert found.amount == D("6.5")
    assert found.because == "показания 112 от 24.09.2026 и 118,5 от 20.10.2026"


def test_a_dial_that_went_round() -> None:
    """99 998 → 3 on five digits: 5 m³."""
    readings = [reading("99998", date(2026, 9, 24)), reading("3", date(2026, 10, 20))]
    found = volume_by_meter(METER, readings, OCTOBER, Unit.M3)
    assert found is not None
    assert found.amount == 5


def test_a_meter_whose_verification_has_expired_is_out_of_order() -> None:
    expired = Meter(
        "5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1), verified_until=date(2026, 10, 1)
    )
    readings = [reading("112", date(2026, 9, 24)), reading("118.5", date(2026, 10, 20))]
    assert volume_by_meter(expired, readings, OCTOBER, Unit.M3) is None


def test_the_average_of_six_months() -> None:
    """(4 + 5 + 6 + 5 + 4 + 6) / 6 = 5."""
    found = volume_by_average(months("4", "5", "6", "5", "4", "6"), OCTOBER, Unit.M3)
    assert found is not None
    assert (found.amount, found.basis) == (D(5), VolumeBasis.AVERAGE)


@pytest.mark.parametrize(("estimated", "averaged"), [(0, True), (1, True), (2, True), (3, False), (4, False)])
def test_three_months_by_the_average_then_the_norm(estimated: int, averaged: bool) -> None:
    """Nothing since some month: its next three are averaged (п. 59), the fourth is of the norm (п. 60)."""
    history = months("4", "5", "6", "5", "4", "6", last=_before(Month(2026, 9), estimated))
    history += months(*["5"] * estimated, basis=VolumeBasis.AVERAGE)
    assert (volume_by_average(history, OCTOBER, Unit.M3) is not None) is averaged


def _before(month: Month, count: int) -> Month:
    for _ in range(count):
        month = month.preceding
    return month


def test_the_norm_does_not_turn_into_an_average_again_without_a_reading() -> None:
    history = months("4", "5", "6", last=Month(2026, 8)) + months("9", basis=VolumeBasis.NORM)
    assert volume_by_average(history, OCTOBER, Unit.M3) is None


def test_two_months_are_too_few_for_an_average() -> None:
    assert volume_by_average(months("4", "5"), OCTOBER, Unit.M3) is None


# --- Charges --------------------------------------------------------------------------------------


def test_hot_water_of_two_components_in_a_closed_system() -> None:
    """6.5 m³ × 41.20 = 267.80; 6.5 × 0.0545 = 0.354250 Гкал × 2345.67 = 830.95; together 1 098.75."""
    found = charge_account(account(Resource.HOT_WATER, meters=(METER,)), OCTOBER, WATER, {}, tariffs())
    assert [(line.component, line.volume, line.sum) for line in found.lines] == [
        (PriceComponent.COLD_WATER, D("6.500"), D("267.80")),
        (PriceComponent.HEAT, D("0.354250"), D("830.95")),
    ]
    assert found.total == D("1098.75")


def test_hot_water_in_an_open_system() -> None:
    """6.5 × 52.30 = 339.95; the heat is the same 830.95."""
    found = charge_account(
        account(Resource.HOT_WATER, meters=(METER,)), OCTOBER, WATER, {}, tariffs(hot=HotWaterPricing.OPEN)
    )
    assert [line.sum for line in found.lines] == [D("339.95"), D("830.95")]


def test_hot_water_at_one_price() -> None:
    """6.5 × 180.10 = 1 170.65."""
    found = charge_account(
        account(Resource.HOT_WATER, meters=(METER,)), OCTOBER, WATER, {}, tariffs(hot=HotWaterPricing.SINGLE)
    )
    assert found.total == D("1170.65")


def test_heating_by_the_norm_of_the_area() -> None:
    """0.0235 × 54.3 = 1.276050 Гкал × 2345.67 = 2 993.19 (2993.1922)."""
    found = charge_account(account(Resource.HEATING), OCTOBER, [], {}, tariffs())
    (line,) = found.lines
    assert (line.basis, line.volume, line.sum) == (VolumeBasis.NORM, D("1.276050"), D("2993.19"))
    assert line.because == "норматив 0,0235 Гкал × 54,3 м² (ПП 354 п. 60)"


def test_heating_by_a_meter_in_gigajoules() -> None:
    """4.1868 ГДж are 1 Гкал: 2 345.67."""
    meter = Meter("77", Resource.HEATING, Unit.GJ, 6, date(2024, 1, 1))
    readings = [reading("100", date(2026, 9, 24), "77"), reading("104.1868", date(2026, 10, 24), "77")]
    found = charge_account(account(Resource.HEATING, meters=(meter,)), OCTOBER, readings, {}, tariffs())
    assert found.total == D("2345.67")


def test_hot_water_by_the_norm_of_the_residents_where_there_is_no_meter() -> None:
    """3.2 × 2 = 6.4 m³ × 180.10 = 1 152.64."""
    found = charge_account(account(Resource.HOT_WATER), OCTOBER, [], {}, tariffs(hot=HotWaterPricing.SINGLE))
    assert found.total == D("1152.64")


def test_hot_water_by_the_average_of_the_meter() -> None:
    """5 m³ × 180.10 = 900.50."""
    known: dict[tuple[Resource, str | None], tuple[Consumption, ...]] = {
        (Resource.HOT_WATER, "5501"): months("4", "5", "6", "5", "4", "6")
    }
    found = charge_account(
        account(Resource.HOT_WATER, meters=(METER,)), OCTOBER, [], known, tariffs(hot=HotWaterPricing.SINGLE)
    )
    assert found.total == D("900.50")
    billed = Consumption(OCTOBER, D("5.000"), VolumeBasis.AVERAGE)
    assert billing_history(found.lines) == {(Resource.HOT_WATER, "5501"): (billed,)}


@pytest.mark.parametrize(
    ("percent", "included", "net", "tax", "whole"),
    [
        ("0", True, "2993.19", "0.00", "2993.19"),
        ("22", True, "2453.43", "539.76", "2993.19"),  # 2993.19 × 22 / 122 = 539.76
        ("5", True, "2850.66", "142.53", "2993.19"),  # × 5 / 105 = 142.53
        ("7", False, "2993.19", "209.52", "3202.71"),  # × 7 % = 209.52
        ("22", False, "2993.19", "658.50", "3651.69"),  # × 22 % = 658.50
    ],
)
def test_vat_in_the_price_and_on_it(percent: str, included: bool, net: str, tax: str, whole: str) -> None:
    found = charge_account(account(Resource.HEATING), OCTOBER, [], {}, tariffs(vat=Vat(D(percent), included)))
    (line,) = found.lines
    assert (line.net, line.vat, line.sum) == (D(net), D(tax), D(whole))


def test_a_benefit_of_half() -> None:
    """2 993.19 × 50 % = 1 496.60 (1496.595 half up); 1 496.59 remain."""
    found = charge_account(account(Resource.HEATING, benefit_percent=D(50)), OCTOBER, [], {}, tariffs())
    (line,) = found.lines
    assert (line.benefit, line.sum) == (D("1496.60"), D("1496.59"))


def test_a_missing_tariff_is_named() -> None:
    with pytest.raises(MissingTariff, match="нет тарифа: heat, business"):
        charge_account(account(Resource.HEATING, group=ClientGroup.BUSINESS), OCTOBER, [], {}, tariffs())
