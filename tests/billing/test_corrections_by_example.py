"""Corrections that once lost money or made it, each with its arithmetic: hot water at 180.10 ₽/м³ unless told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.billing.tariffs import HotWaterPricing
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Meter, Month
from mailbot.model.ledger.charges import Adjustment, Charge, RecalculationGround
from tests.billing.builders import (
    DECEMBER,
    METER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    D,
    account,
    asked,
    dial,
    reading,
    run,
    tariffs,
    told,
)

SINGLE = tariffs(hot=HotWaterPricing.SINGLE)
BATH = replace(METER, serial="5502")
FLAT = account(Resource.HOT_WATER, meters=(METER,))
RADIATOR = Meter("77", Resource.HEATING, Unit.GCAL, 6, date(2024, 1, 1))


def came_to(charges: list[Charge], month: Month) -> str:
    """What a month comes to over all charges, penalties apart."""
    return str(
        sum(
            (one.sum for charge in charges for one in charge.lines if one.month == month and one.resource),
            D(0),
        )
    )


def test_an_estimate_taken_back_leaves_what_a_late_act_took_off() -> None:
    """October is of the norm, 2993.19. In November an act of 54 h in four gaps comes: −134.69. In December the dial is
    read: 2993.19 come back, not 2858.50."""
    gaps = [
        Adjustment(
            resource=Resource.HEATING,
            ground=RecalculationGround.GAP,
            first=day,
            last=day,
            document="акт 12",
            hours=D("13.5"),
            degrees=D(14),
        )
        for day in (date(2026, 10, number) for number in (3, 9, 15, 21))
    ]
    who = account(Resource.HEATING, meters=(RADIATOR,))
    read = dial(SEPTEMBER, "10", None, None, "13", meter="77")
    closed = run(who, OCTOBER, OCTOBER, tariffs(), readings=read)
    closed = run(
        who, NOVEMBER, DECEMBER, tariffs(), readings=read, grounds=gaps, closed=closed, changed=OCTOBER
    )
    assert came_to(closed, OCTOBER) == "-134.69"


def test_a_dial_goes_on_from_before_a_month_that_a_correction_emptied() -> None:
    """October: kitchen 3 m³, bath 4 m³. The bath's reading was another's: October becomes the norm, once, and the
    kitchen has none of it. December, all read: kitchen 109 − 100 = 9 m³ = 1620.90, bath 62 − 50 = 12 m³ = 2161.20, and
    both norms come back."""
    who = account(Resource.HOT_WATER, meters=(METER, BATH))
    kitchen = dial(SEPTEMBER, "100", "103", "106", "109")
    wrong = dial(SEPTEMBER, "50", "54", None, None, meter="5502")
    right = dial(SEPTEMBER, "50", None, None, "62", meter="5502")
    closed = run(who, OCTOBER, OCTOBER, SINGLE, readings=kitchen + wrong)
    closed = run(who, NOVEMBER, DECEMBER, SINGLE, readings=kitchen + right, closed=closed, changed=OCTOBER)
    assert asked(closed[1]) == "1044.58"  # 1152.64 of its own; 1152.64 − 7 × 180.10 = −108.06 of October
    assert told(closed[2]) == [
        ("charge 2026-12", "9.000", "1620.90"),
        ("charge 2026-12", "12.000", "2161.20"),
        ("taken_back 2026-10", "-6.400", "-1152.64"),
        ("taken_back 2026-11", "-6.400", "-1152.64"),
    ]


def test_a_month_corrected_to_no_effect_is_not_forgotten() -> None:
    """In October the register knew no meter: the norm, 1152.64. November's reading takes it back. In December an absence
    in October is proven: October comes to nothing all the same. In January November's reading is found to be another's:
    October is 1152.64 less 1.239 m³, 223.14: 929.50."""
    away = [
        Adjustment(
            resource=Resource.HOT_WATER,
            ground=RecalculationGround.ABSENCE,
            first=date(2026, 10, 5),
            last=date(2026, 10, 16),
            document="справка 7",
            residents=1,
        )
    ]
    begun, read = [reading("112", date(2026, 9, 20))], dial(SEPTEMBER, "112", None, "120")
    closed = run(account(Resource.HOT_WATER), OCTOBER, OCTOBER, SINGLE, readings=read)
    closed = run(FLAT, NOVEMBER, NOVEMBER, SINGLE, readings=read, closed=closed)
    closed = run(
        FLAT, DECEMBER, DECEMBER, SINGLE, readings=read, grounds=away, closed=closed, changed=OCTOBER
    )
    assert came_to(closed, OCTOBER) == "0.00"
    assert "перерасчёт за 2026-10: сумма не изменилась" in [line.because for line in closed[-1].lines]
    january = Month(2027, 1)
    closed = run(
        FLAT, january, january, SINGLE, readings=begun, grounds=away, closed=closed, changed=NOVEMBER
    )
    assert came_to(closed, OCTOBER) == "929.50"


def test_an_estimate_stands_again_once_the_reading_that_replaced_it_is_withdrawn() -> None:
    """Three months of 5 m³, so October and November 900.50 each. December's 12 m³ take them back; in January that
    reading is withdrawn: they stand again, as estimates, and the next reading takes them back once more."""
    months = dial(Month(2026, 6), "100", "105", "110", "115")
    read = [*months, reading("127", date(2026, 12, 20))]
    closed = run(FLAT, Month(2026, 7), DECEMBER, SINGLE, readings=read)
    assert came_to(closed, OCTOBER) == "0.00"
    january, february = Month(2027, 1), Month(2027, 2)
    closed = run(FLAT, january, january, SINGLE, readings=months, closed=closed, changed=DECEMBER)
    assert came_to(closed, OCTOBER) == came_to(closed, DECEMBER) == "900.50"
    late = [*months, reading("130", date(2027, 2, 20))]
    closed = run(FLAT, february, february, SINGLE, readings=late, closed=closed)
    assert came_to(closed, OCTOBER) == "0.00"
    assert told(closed[-1])[0] == ("charge 2027-02", "15.000", "2701.50")


def test_a_meter_entered_under_the_wrong_service_leaves_no_average_behind() -> None:
    """5 + 6 + 7 Гкал of heating by 5501 are no months of hot water: it is of the norm, 6.4 m³ = 1152.64."""
    mistaken = account(Resource.HEATING, Resource.HOT_WATER, meters=(replace(RADIATOR, serial="5501"),))
    read = dial(Month(2025, 12), "100", "105", "111", "118")
    closed = run(mistaken, Month(2026, 1), Month(2026, 3), SINGLE, readings=read)
    april = run(FLAT, Month(2026, 4), Month(2026, 4), SINGLE, readings=read, closed=closed)[-1]
    assert told(april) == [("charge 2026-04", "6.400", "1152.64")]


def test_an_average_counts_the_months_that_one_reading_covered() -> None:
    """Kitchen 5 m³ a month. The bath's meter is new in April and unread till June: April and May are of the norm, June
    has 15 m³ of the kitchen. July, unread: 30 m³ / 6 months = 5, not 30 / 4."""
    both = replace(FLAT, meters=(METER, replace(BATH, installed=date(2026, 3, 10))))
    read = dial(Month(2025, 12), "100", "105", "110", "115", "120", "125", "130")
    read += dial(Month(2026, 3), "0", None, None, "20", "22", meter="5502")
    closed = run(FLAT, Month(2026, 1), Month(2026, 3), SINGLE, readings=read)
    closed = run(both, Month(2026, 4), Month(2026, 7), SINGLE, readings=read, closed=closed)
    assert told(closed[5])[0] == ("charge 2026-06", "15.000", "2701.50")
    assert told(closed[6])[0] == ("charge 2026-07", "5.000", "900.50")
