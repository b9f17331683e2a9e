"""Twenty accounts reckoned by hand, 13–20: what is set right later, quality, benefits, VAT, penalties, payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from mailbot.billing.tariffs import HotWaterPricing, Vat
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Meter, Month
from mailbot.model.ledger.charges import (
    Adjustment,
    Charge,
    LineKind,
    Payment,
    PriceComponent,
    RecalculationGround,
)
from tests.billing.builders import (
    DECEMBER,
    METER,
    NOVEMBER,
    OCTOBER,
    VAT_IN_PRICE,
    D,
    account,
    asked,
    at_price,
    dial,
    reading,
    run,
    tariffs,
    told,
)

SINGLE = tariffs(hot=HotWaterPricing.SINGLE)
FLAT = account(Resource.HOT_WATER, meters=(METER,))
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (Month(2026, number) for number in range(1, 7))


def test_13_a_reading_takes_estimated_months_back() -> None:
    """January–March 4 + 5 + 6 = 15 m³, / 3 = 5: April and May 5 × 180.10 = 900.50 each. June: 133 − 115 = 18 m³ since
    March × 180.10 = 3241.80, less 2 × 900.50: 1440.80."""
    read = dial(Month(2025, 12), "100", "104", "109", "115", None, None, "133")
    charges = run(FLAT, JANUARY, JUNE, SINGLE, readings=read)
    assert [told(one) for one in charges[3:]] == [
        [("charge 2026-04", "5.000", "900.50")],
        [("charge 2026-05", "5.000", "900.50")],
        [
            ("charge 2026-06", "18.000", "3241.80"),
            ("taken_back 2026-04", "-5.000", "-900.50"),
            ("taken_back 2026-05", "-5.000", "-900.50"),
        ],
    ]
    assert asked(charges[5]) == "1440.80"


def test_13_a_month_below_zero_pays_the_next() -> None:
    """10 m³ a month, so April–June 1801.00 each. July: 134 − 130 = 4 m³ = 720.40 less 3 × 1801.00 = −4682.60.
    August 3 m³ = 540.30, September 2 m³ = 360.20. Paid are January–June alone, and no month costs a penalty: the
    4682.60 have paid the others."""
    read = dial(
        Month(2025, 12), "100", "110", "120", "130", None, None, None, "134", "137", "139", "139", "139"
    )
    paid = [Payment(one.following.first.replace(day=10), D("1801.00"), f"п/п {one}") for one in SIX]
    charges = run(FLAT, JANUARY, NOVEMBER, SINGLE, readings=read, paid=paid)
    assert [asked(one) for one in charges] == [
        *["1801.00"] * 6, "-4682.60", "540.30", "360.20", "0.00", "0.00",
    ]  # fmt: skip
    assert fines(charges) == ["0"] * 11


SIX = (JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE)


def corrected() -> list[Charge]:
    """October and November of account 14, as closed."""
    wrong = [reading("112", date(2026, 9, 24)), reading("118.5", date(2026, 10, 20))]
    (october,) = run(FLAT, OCTOBER, OCTOBER, tariffs(), readings=wrong)
    right = [wrong[0], reading("115.8", date(2026, 10, 20)), reading("122", date(2026, 11, 20))]
    return run(FLAT, NOVEMBER, NOVEMBER, tariffs(), readings=right, closed=[october], changed=OCTOBER)


def test_14_a_reading_corrected_after_its_month_was_closed() -> None:
    """October was 6.5 m³: × 41.20 = 267.80, × 0.0545 = 0.35425 Гкал × 2345.67 = 830.9536 → 830.95.
    It is 115.8 − 112 = 3.8 m³: 156.56, 0.2071 Гкал = 485.78826 → 485.79. Difference −111.24 and −345.16.
    November 122 − 115.8 = 6.2 m³: 255.44, 0.3379 Гкал = 792.6019 → 792.60. To pay 591.64."""
    october, november = corrected()
    assert [one[1:] for one in told(october)] == [("6.500", "267.80"), ("0.354250", "830.95")]
    assert told(november) == [
        ("charge 2026-11", "6.200", "255.44"),
        ("charge 2026-11", "0.337900", "792.60"),
        ("correction 2026-10", "-2.700", "-111.24"),
        ("correction 2026-10", "-0.147150", "-345.16"),
    ]
    assert asked(november) == "591.64"
    why = november.lines[2].because
    assert why.startswith("перерасчёт за 2026-10: было ")
    assert "от 24.09.2026 и " in why


def test_15_a_correction_of_a_correction() -> None:
    """It was 117: October 5 m³: 206.00, 0.2725 Гкал = 639.195 → 639.20: + 49.44 and + 153.41 to what November made of
    it. November 122 − 117 = 5 m³ as well: 206.00 − 255.44 = −49.44, 639.20 − 792.60 = −153.40.
    December 126 − 122 = 4 m³: 164.80, 0.218 Гкал = 511.35606 → 511.36. To pay 676.17."""
    read = [reading("112", date(2026, 9, 24)), reading("117", date(2026, 10, 20))]
    read += [reading("122", date(2026, 11, 20)), reading("126", date(2026, 12, 20))]
    charges = run(FLAT, DECEMBER, DECEMBER, tariffs(), readings=read, closed=corrected(), changed=OCTOBER)
    assert told(charges[-1]) == [
        ("charge 2026-12", "4.000", "164.80"),
        ("charge 2026-12", "0.218000", "511.36"),
        ("correction 2026-10", "1.200", "49.44"),
        ("correction 2026-10", "0.065400", "153.41"),
        ("correction 2026-11", "-1.200", "-49.44"),
        ("correction 2026-11", "-0.065400", "-153.40"),
    ]
    assert asked(charges[-1]) == "676.17"


def test_15_an_act_that_comes_late_names_itself_in_the_correction() -> None:
    """Account 16's four gaps, known only in November: −134.69 for October, and the estimate's own line stays."""
    (october,) = run(account(Resource.HEATING), OCTOBER, OCTOBER, tariffs())
    late = run(
        account(Resource.HEATING),
        NOVEMBER,
        NOVEMBER,
        tariffs(),
        grounds=GAPS,
        closed=[october],
        changed=OCTOBER,
    )
    assert told(late[-1]) == [
        ("charge 2026-11", "1.276050", "2993.19"),
        ("correction 2026-10", "0", "-134.69"),
    ]
    assert late[-1].lines[1].because.startswith("перерасчёт за 2026-10: было ")
    assert late[-1].lines[1].because.endswith("акт 12")


def ground(
    resource: Resource, what: RecalculationGround, day: int, hours: str, degrees: int = 0, **more: bool
) -> Adjustment:
    on = date(2026, 10, day)
    return Adjustment(
        resource=resource,
        ground=what,
        first=on,
        last=on,
        document="акт 12",
        hours=D(hours),
        degrees=D(degrees),
        **more,
    )


GAPS = [ground(Resource.HEATING, RecalculationGround.GAP, day, "13.5", 14) for day in (3, 9, 15, 21)]


def test_16_heating_away_for_54_hours_in_all() -> None:
    """Four times 13.5 h, each within the 16 h at once; 54 − 24 = 30 h × 0.15 % = 4.5 % of 2993.19 = 134.6936 →
    134.69."""
    (october,) = run(account(Resource.HEATING), OCTOBER, OCTOBER, tariffs(), grounds=GAPS)
    assert [one[2] for one in told(october)] == ["2993.19", "-134.69"]


def test_16_air_3_degrees_too_cold_for_48_hours() -> None:
    """3 × 48 × 0.15 % = 21.6 % of 2993.19 = 646.529 → 646.53."""
    cold = ground(Resource.HEATING, RecalculationGround.COLD_AIR, 3, "48", 3)
    (october,) = run(account(Resource.HEATING), OCTOBER, OCTOBER, tariffs(), grounds=[cold])
    assert [one[2] for one in told(october)] == ["2993.19", "-646.53"]


@pytest.mark.parametrize(
    ("hours", "off"),
    [
        ("24", []),  # 24 h in a row are permitted
        ("30", ["-2.37", "-7.36"]),  # 6 h × 0.15 % = 0.9 %: of 263.68 is 2.3731, of 818.17 is 7.3635
    ],
)
def test_17_a_gap_of_hot_water_on_a_dead_end_main(hours: str, off: list[str]) -> None:
    gap = ground(Resource.HOT_WATER, RecalculationGround.GAP, 3, hours, dead_end=True)
    (october,) = run(account(Resource.HOT_WATER), OCTOBER, OCTOBER, tariffs(), grounds=[gap])
    assert [one[2] for one in told(october)] == ["263.68", "818.17", *off]


def test_17_water_below_40_degrees_for_100_hours() -> None:
    """100 of 744 h. Closed: the heat falls away, 818.17 × 100 / 744 = 109.969 → 109.97. At one price, 1152.64 × 100 / 744
    × (180.10 − 41.20) / 180.10 = 119.4839 → 119.48."""
    cold = [ground(Resource.HOT_WATER, RecalculationGround.COLD_WATER, 3, "100")]
    who = account(Resource.HOT_WATER)
    (closed,) = run(who, OCTOBER, OCTOBER, tariffs(), grounds=cold)
    (single,) = run(who, OCTOBER, OCTOBER, SINGLE, grounds=cold)
    assert [one[2] for one in told(closed)] == ["263.68", "818.17", "-109.97"]
    assert [one[2] for one in told(single)] == ["1152.64", "-119.48"]


def test_18_a_benefit_of_half_with_vat_in_the_price() -> None:
    """2993.19 × 50 % = 1496.595: half a kopeck, 1496.60 come off; 1496.59 remain, VAT × 22 / 122 = 269.877 → 269.88."""
    who = account(Resource.HEATING, benefit_percent=D(50))
    (october,) = run(who, OCTOBER, OCTOBER, tariffs(vat=VAT_IN_PRICE))
    (line,) = october.lines
    assert (line.benefit, line.sum, line.vat, line.net) == (
        D("1496.60"),
        D("1496.59"),
        D("269.88"),
        D("1226.71"),
    )


@pytest.mark.parametrize(
    ("percent", "included", "net", "tax", "whole"),
    [
        (0, True, "2993.19", "0.00", "2993.19"),
        (5, True, "2850.66", "142.53", "2993.19"),  # × 5 / 105 = 142.5329
        (7, True, "2797.37", "195.82", "2993.19"),  # × 7 / 107 = 195.8162
        (5, False, "2993.19", "149.66", "3142.85"),  # × 5 % = 149.6595
        (7, False, "2993.19", "209.52", "3202.71"),  # × 7 % = 209.5233
    ],
)
def test_18_vat_of_every_kind(percent: int, included: bool, net: str, tax: str, whole: str) -> None:
    (october,) = run(account(Resource.HEATING), OCTOBER, OCTOBER, tariffs(vat=Vat(D(percent), included)))
    (line,) = october.lines
    assert (line.net, line.vat, line.sum) == (D(net), D(tax), D(whole))


HEATED = account(Resource.HEATING, meters=(Meter("77", Resource.HEATING, Unit.GCAL, 6, date(2024, 1, 1)),))
AT_2500 = at_price(tariffs(), PriceComponent.HEAT, "2500")


def fines(charges: Sequence[Charge]) -> list[str]:
    """The penalty lines, month by month; 0 where a month has none."""
    return [
        next((str(line.sum) for line in one.lines if line.kind is LineKind.PENALTY), "0") for one in charges
    ]


def test_19_5000_roubles_unpaid_for_100_days_cost_131_54_month_by_month() -> None:
    """2 Гкал × 2500 = 5000.00 for January, due 15.02., paid on 26.05., the 100th day.
    February: 13 days, nothing. March: day 44, 14 × 5000 × 9.5 % / 300 = 22.1667 → 22.17. April: day 74, 44 days =
    69.6667 → 69.67, less 22.17: 47.50. May: 60 days = 95.00 and 10 × 5000 × 9.5 % / 130 = 36.54, 131.54, less 69.67:
    61.87. June: nothing more."""
    read = dial(Month(2025, 12), "10", "12", "12", "12", "12", "12", "12", meter="77")
    paid = [Payment(date(2026, 5, 26), D(5000), "п/п 1")]
    charges = run(HEATED, JANUARY, JUNE, AT_2500, readings=read, paid=paid)
    assert fines(charges) == ["0", "0", "22.17", "47.50", "61.87", "0"]
    assert D("22.17") + D("47.50") + D("61.87") == D("131.54")


def test_19_paid_in_parts() -> None:
    """2000 on 31.03., day 44: 14 days × 5000 × 9.5 % / 300 = 22.17. The other 3000 on 16.05., day 90: 46 days × 0.95 =
    43.70: 30 of April, 28.50; 16 of May, 15.20."""
    read = dial(Month(2025, 12), "10", "12", "12", "12", "12", "12", "12", meter="77")
    paid = [Payment(date(2026, 3, 31), D(2000), "п/п 1"), Payment(date(2026, 5, 16), D(3000), "п/п 2")]
    charges = run(HEATED, JANUARY, JUNE, AT_2500, readings=read, paid=paid)
    assert fines(charges) == ["0", "0", "22.17", "28.50", "15.20", "0"]


TWO_MONTHS = dial(Month(2025, 12), "10", "12", "14", "14", "14", meter="77")
"""5000.00 for January, due 15.02., and for February, due 15.03."""


@pytest.mark.parametrize(("named", "march"), [(FEBRUARY, "13.30"), (None, "0")])
def test_20_a_payment_settles_the_month_it_names(named: Month | None, march: str) -> None:
    """7000 on 05.03. Named, February is paid, and 3000 of January are open on days 31–44: 14 × 0.95 = 13.30. Not
    named, January is paid; 2000 of February are late by 16 days on 31.03."""
    paid = [Payment(date(2026, 3, 5), D(7000), "п/п 1", named)]
    charges = run(HEATED, JANUARY, MARCH, AT_2500, readings=TWO_MONTHS, paid=paid)
    assert fines(charges) == ["0", "0", march]


def test_20_an_overpayment_is_carried_forward() -> None:
    """8000 on 10.02. for January's 5000; 3000 wait for February, 2000 of it are open. On 30.04. its delay is 46 days:
    16 × 2000 × 9.5 % / 300 = 10.1333 → 10.13."""
    paid = [Payment(date(2026, 2, 10), D(8000), "п/п 1")]
    charges = run(HEATED, JANUARY, APRIL, AT_2500, readings=TWO_MONTHS, paid=paid)
    assert fines(charges) == ["0", "0", "0", "10.13"]
