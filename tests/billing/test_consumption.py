"""The chart of a meter: what was charged by month, estimates among it, and the months that are still open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mailbot.billing.consumption_chart import consumption
from mailbot.billing.month_charge import charge_month
from mailbot.billing.tariff_file import FILE, load_tariffs
from mailbot.config import load_sources
from mailbot.model import Resource, SourceFile, Unit
from mailbot.model.bill.bill import MonthlyVolume
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DatedReading,
    Meter,
    Month,
    Premises,
)
from mailbot.model.ledger.charges import Charge, ChargeInputs, VolumeBasis

D = Decimal
WATER = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2025, 1, 1))
HEAT = Meter("77", Resource.HEATING, Unit.GJ, 5, date(2025, 1, 1))
MARCH = Month(2026, 3)


def account(*meters: Meter) -> Account:
    premises = Premises("Мира, 5-12", D("54.3"), 2)
    return Account("440215", ClientGroup.INDIVIDUAL, "Прикамский", premises, (Resource.HOT_WATER,), meters)


def dial(meter: Meter, *values: str) -> tuple[DatedReading, ...]:
    """A reading a month from December on; «-» is a month without one."""
    found, month = [], Month(2025, 12)
    for value in values:
        if value != "-":
            found.append(DatedReading(meter.serial, D(value), month.first.replace(day=20), month))
        month = month.following
    return tuple(found)


def closed(
    held: Account, readings: tuple[DatedReading, ...], first: Month, last: Month
) -> tuple[Charge, ...]:
    """The months charged one after another, each with the readings that had come by then."""
    source = next(one for one in load_sources("rules") if one.name == FILE)
    tariffs = load_tariffs(SourceFile(FILE, source.text.replace("2026-01-01", "2025-01-01")))
    charges: list[Charge] = []
    month = first
    while month <= last:
        known = tuple(one for one in readings if one.month <= month)
        charges.append(charge_month(ChargeInputs(held, known, closed=tuple(charges)), month, tariffs))
        month = month.following
    return tuple(charges)


def volumes(bars: tuple[MonthlyVolume, ...]) -> list[str]:
    return ["-" if one.volume is None else f"{one.volume:f}".rstrip("0").rstrip(".") for one in bars]


def test_an_estimated_month_keeps_its_bar_and_the_next_reading_shows_the_rest() -> None:
    # readings 100, 104, 108, 112, none, 122: April was charged 4 by the average, May takes it back
    readings = dial(WATER, "100", "104", "108", "112", "-", "122")
    charges = closed(account(WATER), readings, Month(2026, 1), Month(2026, 5))
    bars = consumption(WATER, charges, readings, Month(2026, 5), 5)
    assert volumes(bars) == ["4", "4", "4", "4", "6"]
    assert [one.estimated for one in bars] == [False, False, False, True, False]
    assert sum(one.volume or 0 for one in bars) == 122 - 100, "the bars add up to what the dial counted"


def test_a_month_that_is_not_charged_yet_is_shown_by_its_readings_and_says_so() -> None:
    readings = dial(WATER, "100", "104", "108", "112", "-", "122")
    charges = closed(account(WATER), readings, Month(2026, 1), Month(2026, 4))
    bars = consumption(WATER, charges, readings, Month(2026, 5), 3)
    assert volumes(bars) == ["4", "4", "6"], "the estimate of April is not shown twice"
    assert [one.charged for one in bars] == [True, True, False]
    assert bars[2].basis is VolumeBasis.METER


def test_without_any_charge_the_readings_alone_are_shown_in_the_unit_of_bills() -> None:
    bars = consumption(HEAT, (), dial(HEAT, "10", "14.1868", "-", "22.5604"), MARCH, 4)
    assert volumes(bars) == ["-", "1", "-", "2"]
    assert [one.month for one in bars] == [MARCH.back(3), MARCH.back(2), MARCH.back(1), MARCH]


def test_a_corrected_month_shows_what_it_is_now() -> None:
    wrong = dial(WATER, "100", "104", "180")
    charges = closed(account(WATER), wrong, Month(2026, 1), Month(2026, 2))
    right = dial(WATER, "100", "104", "108", "112")
    source = next(one for one in load_sources("rules") if one.name == FILE)
    tariffs = load_tariffs(source)
    book = ChargeInputs(account(WATER), right, closed=charges, changed=Month(2026, 2))
    bars = consumption(WATER, (*charges, charge_month(book, MARCH, tariffs)), right, MARCH, 3)
    assert volumes(bars) == ["4", "4", "4"]


def test_another_meters_lines_are_not_its_own() -> None:
    readings = (*dial(WATER, "100", "104"), *dial(HEAT, "1", "9"))
    charges = closed(account(WATER), readings, Month(2026, 1), Month(2026, 1))
    assert volumes(consumption(HEAT, charges, (), Month(2026, 1), 1)) == ["-"]
