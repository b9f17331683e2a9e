"""Twenty accounts reckoned by hand, 1–12: meters in every unit, norms, averages, meters that come and go.

The arithmetic stands with each account as a person with a calculator does it; sums are asserted line by line.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.billing.tariffs import HotWaterPricing, Vat
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import ClientGroup, Meter, Month
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from tests.billing.builders import (
    DECEMBER,
    METER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    VAT_IN_PRICE,
    D,
    account,
    asked,
    dial,
    heat_dearer_since_october,
    reading,
    run,
    tariffs,
    told,
)

HEAT_METER = Meter("77", Resource.HEATING, Unit.GCAL, 6, date(2024, 1, 1))
SINGLE = tariffs(hot=HotWaterPricing.SINGLE)


def test_1_heating_by_a_meter_in_gcal() -> None:
    """13.579 − 12.345 = 1.234 Гкал × 2345.67 = 2894.55678 → 2894.56."""
    who = account(Resource.HEATING, meters=(HEAT_METER,))
    (october,) = run(
        who, OCTOBER, OCTOBER, tariffs(), readings=dial(SEPTEMBER, "12.345", "13.579", meter="77")
    )
    assert told(october) == [("charge 2026-10", "1.234000", "2894.56")]


def test_2_heating_by_a_meter_in_gigajoules() -> None:
    """110.5 − 100 = 10.5 ГДж / 4.1868 = 2.5078819… → 2.507882 Гкал × 2345.67 = 5882.66357 → 5882.66."""
    who = account(Resource.HEATING, meters=(replace(HEAT_METER, unit=Unit.GJ),))
    (october,) = run(who, OCTOBER, OCTOBER, tariffs(), readings=dial(SEPTEMBER, "100", "110.5", meter="77"))
    assert told(october) == [("charge 2026-10", "2.507882", "5882.66")]


def test_3_a_housing_manager_by_a_meter_in_megawatt_hours_vat_in_the_price() -> None:
    """43.25 − 40 = 3.25 МВт·ч / 1.163 = 2.7944969… → 2.794497 Гкал × 2345.67 = 6554.96777… → 6554.97;
    VAT 6554.97 × 22 / 122 = 1182.04377 → 1182.04, without it 5372.93."""
    who = account(Resource.HEATING, meters=(replace(HEAT_METER, unit=Unit.MWH),), group=ClientGroup.PROVIDER)
    prices = tariffs(vat=VAT_IN_PRICE, group=ClientGroup.PROVIDER)
    (october,) = run(who, OCTOBER, OCTOBER, prices, readings=dial(SEPTEMBER, "40", "43.25", meter="77"))
    assert told(october) == [("charge 2026-10", "2.794497", "6554.97")]
    assert (october.lines[0].net, october.lines[0].vat) == (D("5372.93"), D("1182.04"))


def test_4_a_business_by_a_meter_in_kilowatt_hours_vat_on_the_price() -> None:
    """114 500 − 100 000 = 14 500 кВт·ч / 1163 = 12.4677558… → 12.467756 Гкал × 2345.67 = 29 245.24122 → 29 245.24;
    VAT 29 245.24 × 22 % = 6433.9528 → 6433.95, with it 35 679.19."""
    who = account(Resource.HEATING, meters=(replace(HEAT_METER, unit=Unit.KWH),), group=ClientGroup.BUSINESS)
    prices = tariffs(vat=Vat(D(22), included=False), group=ClientGroup.BUSINESS)
    (october,) = run(who, OCTOBER, OCTOBER, prices, readings=dial(SEPTEMBER, "100000", "114500", meter="77"))
    assert told(october) == [("charge 2026-10", "12.467756", "35679.19")]
    assert (october.lines[0].net, october.lines[0].vat) == (D("29245.24"), D("6433.95"))


def test_5_heating_by_the_norm_of_the_area_dearer_from_1_october() -> None:
    """0.0235 × 54.3 m² = 1.27605 Гкал; September × 2345.67 = 2993.1922 → 2993.19, October × 2610.40 = 3331.0009 →
    3331.00."""
    prices = heat_dearer_since_october(tariffs())
    charges = run(account(Resource.HEATING), SEPTEMBER, OCTOBER, prices)
    assert [told(one) for one in charges] == [
        [("charge 2026-09", "1.276050", "2993.19")],
        [("charge 2026-10", "1.276050", "3331.00")],
    ]


def test_6_three_months_by_the_average_then_the_norm() -> None:
    """January–June 1.2 + 0.9 + 0.8 + 0.7 + 0.4 + 0.2 = 4.2 Гкал, / 6 = 0.7; × 2345.67 = 1641.969 → 1641.97 in July,
    August, September; from October the norm, 2993.19."""
    who = account(Resource.HEATING, meters=(HEAT_METER,))
    read = dial(Month(2025, 12), "10", "11.2", "12.1", "12.9", "13.6", "14.0", "14.2", meter="77")
    charges = run(who, Month(2026, 1), OCTOBER, tariffs(), readings=read)
    assert [told(one)[0][1:] for one in charges[6:]] == [
        ("0.700000", "1641.97"),
        ("0.700000", "1641.97"),
        ("0.700000", "1641.97"),
        ("1.276050", "2993.19"),
    ]
    assert {one.lines[0].because for one in charges[6:9]} == {
        "среднее за 6 мес., 2026-01…2026-06; по среднему по 30.09.2026, затем по нормативу (ПП 354 п. 59, 60)"
    }
    assert charges[9].lines[0].because.startswith("норматив ")


@pytest.mark.parametrize(
    ("hot", "lines"),
    [
        # 7.25 × 41.20 = 298.70; 7.25 × 0.0545 = 0.395125 Гкал × 2345.67 = 926.83286 → 926.83
        (HotWaterPricing.CLOSED, [("7.250", "298.70"), ("0.395125", "926.83")]),
        # 7.25 × 52.30 = 379.175: half a kopeck, 379.18
        (HotWaterPricing.OPEN, [("7.250", "379.18"), ("0.395125", "926.83")]),
        # 7.25 × 180.10 = 1305.725: half a kopeck, 1305.73
        (HotWaterPricing.SINGLE, [("7.250", "1305.73")]),
    ],
)
def test_7_hot_water_of_a_dial_that_went_round(hot: HotWaterPricing, lines: list[tuple[str, str]]) -> None:
    """Five digits, 99 995.50 → 2.75: 4.5 + 2.75 = 7.25 m³."""
    who = account(Resource.HOT_WATER, meters=(METER,))
    (october,) = run(who, OCTOBER, OCTOBER, tariffs(hot=hot), readings=dial(SEPTEMBER, "99995.50", "2.75"))
    assert [one[1:] for one in told(october)] == lines


def test_8_hot_water_by_the_norm_one_of_two_away_for_twelve_days() -> None:
    """3.2 × 2 = 6.4 m³ × 41.20 = 263.68; 6.4 × 0.0545 = 0.3488 Гкал × 2345.67 = 818.1697 → 818.17.
    Away: 6.4 × 1 × 12 / (2 × 31) = 1.2387 → 1.239 m³ × 41.20 = 51.0468 → 51.05; 1.239 × 0.0545 = 0.0675255 →
    0.067526 Гкал × 2345.67 = 158.3937 → 158.39. To pay 872.41."""
    away = Adjustment(
        resource=Resource.HOT_WATER,
        ground=RecalculationGround.ABSENCE,
        first=date(2026, 10, 5),
        last=date(2026, 10, 16),
        document="справка 7",
        residents=1,
    )
    (october,) = run(account(Resource.HOT_WATER), OCTOBER, OCTOBER, tariffs(), grounds=[away])
    assert told(october) == [
        ("charge 2026-10", "6.400", "263.68"),
        ("charge 2026-10", "0.348800", "818.17"),
        ("absence 2026-10", "-1.239", "-51.05"),
        ("absence 2026-10", "-0.067526", "-158.39"),
    ]
    assert asked(october) == "872.41"


def test_9_two_meters_one_of_them_unread() -> None:
    """October: the bath is not read and has no months to average: the norm, 6.4 m³ × 180.10 = 1152.64, once.
    November: kitchen 107 − 100 = 7 m³ since September = 1260.70, bath 58 − 50 = 8 m³ = 1440.80, and the norm of October
    comes back: 1548.86."""
    who = account(Resource.HOT_WATER, meters=(METER, replace(METER, serial="5502")))
    read = dial(SEPTEMBER, "100", "103", "107") + dial(SEPTEMBER, "50", None, "58", meter="5502")
    october, november = run(who, OCTOBER, NOVEMBER, SINGLE, readings=read)
    assert told(october) == [("charge 2026-10", "6.400", "1152.64")]
    assert told(november) == [
        ("charge 2026-11", "7.000", "1260.70"),
        ("charge 2026-11", "8.000", "1440.80"),
        ("taken_back 2026-10", "-6.400", "-1152.64"),
    ]
    assert asked(november) == "1548.86"


def test_10_a_meter_replaced_on_10_october() -> None:
    """The old one 118 − 112 = 6 m³ × 180.10 = 1080.60, the new one 3.5 − 0 = 3.5 m³ = 630.35."""
    meters = (
        replace(METER, removed=date(2026, 10, 10)),
        replace(METER, serial="5502", installed=date(2026, 10, 10)),
    )
    read = [reading("112", date(2026, 9, 24)), reading("118", date(2026, 10, 10))]
    read += [reading("0", date(2026, 10, 10), "5502"), reading("3.5", date(2026, 10, 24), "5502")]
    (october,) = run(account(Resource.HOT_WATER, meters=meters), OCTOBER, OCTOBER, SINGLE, readings=read)
    assert told(october) == [("charge 2026-10", "6.000", "1080.60"), ("charge 2026-10", "3.500", "630.35")]


def test_10_a_meter_replaced_after_the_25th_is_billed_to_its_last_reading() -> None:
    """October: 116 − 112 = 4 m³ × 180.10 = 720.40; the new one of the 28th is not read yet. November: the old one
    117 − 116 = 1 m³ = 180.10, the new one 3 − 0 = 3 m³ = 540.30."""
    meters = (
        replace(METER, removed=date(2026, 10, 28)),
        replace(METER, serial="5502", installed=date(2026, 10, 28)),
    )
    read = [reading("112", date(2026, 9, 24)), reading("116", date(2026, 10, 20))]
    read += [reading("117", date(2026, 10, 28)), reading("0", date(2026, 10, 28), "5502")]
    read += [reading("3", date(2026, 11, 24), "5502")]
    who = account(Resource.HOT_WATER, meters=meters)
    october, november = run(who, OCTOBER, NOVEMBER, SINGLE, readings=read)
    assert told(october) == [("charge 2026-10", "4.000", "720.40")]
    assert told(november) == [("charge 2026-11", "1.000", "180.10"), ("charge 2026-11", "3.000", "540.30")]


def test_11_a_first_meter_is_billed_from_the_next_month() -> None:
    """Installed on 5 October: October by the norm, 1152.64. November 9 − 2 = 7 m³ × 180.10 = 1260.70."""
    who = account(Resource.HOT_WATER, meters=(replace(METER, installed=date(2026, 10, 5)),))
    read = [
        reading("0", date(2026, 10, 5)),
        reading("2", date(2026, 10, 20)),
        reading("9", date(2026, 11, 20)),
    ]
    october, november = run(who, OCTOBER, NOVEMBER, SINGLE, readings=read)
    assert told(october) == [("charge 2026-10", "6.400", "1152.64")]
    assert told(november) == [("charge 2026-11", "7.000", "1260.70")]


@pytest.mark.parametrize("november_read", [True, False])
def test_11_a_first_meter_installed_after_the_25th(november_read: bool) -> None:
    """Installed at 0 on 28 October, a reading that counts for November. 4 m³ on 20 November: 4 × 180.10 = 720.40, then
    9 − 4 = 5 m³ = 900.50. Without it November is of the norm, 1152.64; December 9 m³ = 1620.90, the norm comes back:
    468.26."""
    who = account(Resource.HOT_WATER, meters=(replace(METER, installed=date(2026, 10, 28)),))
    read = [reading("0", date(2026, 10, 28)), reading("9", date(2026, 12, 20))]
    if november_read:
        read.append(reading("4", date(2026, 11, 20)))
    charges = run(who, NOVEMBER, DECEMBER, SINGLE, readings=read)
    wanted = ("720.40", "900.50") if november_read else ("1152.64", "468.26")
    assert tuple(asked(one) for one in charges) == wanted


def test_12_an_expired_verification() -> None:
    """In order up to 31 March: 5 + 6 + 7 = 18 m³, / 3 = 6. April–June 6 × 180.10 = 1080.60, whatever is read; from
    July the norm, 1152.64."""
    who = account(Resource.HOT_WATER, meters=(replace(METER, verified_until=date(2026, 3, 31)),))
    read = dial(Month(2025, 12), "100", "105", "111", "118", "200", "300", "400", "500")
    charges = run(who, Month(2026, 1), Month(2026, 7), SINGLE, readings=read)
    assert [asked(one) for one in charges[3:]] == ["1080.60", "1080.60", "1080.60", "1152.64"]
    assert (
        charges[3]
        .lines[0]
        .because.startswith("среднее за 3 мес., 2026-01…2026-03; по среднему по 30.06.2026")
    )
