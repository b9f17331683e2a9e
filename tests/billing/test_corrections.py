"""Corrections move money, they never make or lose it: whatever was entered late, wrong, or taken back again."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.billing.month_charge import charge_month
from mailbot.model.ledger.accounts_and_meters import Meter, Month
from mailbot.model.ledger.charges import Charge, ChargeLine, VolumeBasis
from tests.billing.builders import D
from tests.billing.lives import BATH, KITCHEN, Life, lines_of, lives
from tests.scale import tries

THOROUGH = settings(max_examples=tries(120), deadline=None)


def by_month(charges: Sequence[Charge]) -> dict[Month, Decimal]:
    found: dict[Month, Decimal] = defaultdict(Decimal)
    for line in lines_of(charges):
        found[line.month] += line.sum
    return dict(found)


def by_service(charges: Sequence[Charge]) -> dict[tuple[object, ...], tuple[Decimal, ...]]:
    """(volume, net, VAT, benefit, sum) of each month, component and meter; of quality apart."""
    found: dict[tuple[object, ...], list[Decimal]] = {}
    for line in lines_of(charges):
        at = (line.month, line.resource, line.component, line.meter, line.unit is None)
        figures = (line.volume, line.net, line.vat, line.benefit, line.sum)
        found[at] = [old + new for old, new in zip(found.get(at, [D(0)] * 5), figures, strict=True)]
    return {at: tuple(many) for at, many in found.items() if any(many)}


@given(lives())
@THOROUGH
def test_each_month_comes_to_what_it_would_have_been_had_all_been_known_at_once(life: Life) -> None:
    lived, fresh = life.lived(), life.afresh()
    assert by_month(lived) == by_month(fresh)
    assert by_service(lived) == by_service(fresh)


@given(lives())
@settings(max_examples=tries(40), deadline=None)
def test_a_closed_charge_is_never_altered(life: Life) -> None:
    lived = life.lived()
    book = life.last_book(lived)
    kept = deepcopy(book)
    charge_month(book, lived[-1].month, life.tariffs)
    assert book == kept


@given(lives(), st.integers())
@settings(max_examples=tries(60), deadline=None)
def test_charging_again_in_whatever_order_gives_the_same(life: Life, seed: int) -> None:
    lived = life.lived()
    book, chance = life.last_book(lived), random.Random(seed)
    mixed = replace(
        book,
        readings=tuple(chance.sample(book.readings, len(book.readings))),
        adjustments=tuple(chance.sample(book.adjustments, len(book.adjustments))),
        payments=tuple(chance.sample(book.payments, len(book.payments))),
    )
    assert charge_month(book, lived[-1].month, life.tariffs) == lived[-1]
    assert charge_month(mixed, lived[-1].month, life.tariffs) == lived[-1]


def volumes_in(month: Month, lines: Sequence[ChargeLine], meter: Meter) -> Decimal:
    return sum((line.volume for line in lines if (line.month, line.meter) == (month, meter.serial)), D(0))


@given(lives(honest=True, meters=(KITCHEN, BATH)))
@THOROUGH
def test_the_volumes_of_a_meter_add_up_to_what_its_dial_moved(life: Life) -> None:
    """100 at first and 162.5 in the end: 62.5 m³ are billed up to that month, however the months between went."""
    lines = [line for line in lines_of(life.lived()) if line.measured]
    known = life.last_book(life.lived()).readings
    for meter in (KITCHEN, BATH):
        own = sorted((one for one in known if one.meter == meter.serial), key=lambda one: one.month)
        measured = {
            line.month for line in lines if line.meter == meter.serial and line.basis is VolumeBasis.METER
        }
        # a month that went back to the norm (a late reading made the average end) is billed with the next reading
        last = max((month for month in measured if volumes_in(month, lines, meter)), default=None)
        if last is None:
            continue
        newest = max((one for one in own if one.month <= last), key=lambda one: one.month)
        billed = sum(
            (line.volume for line in lines if line.meter == meter.serial and line.month <= last), D(0)
        )
        assert billed == newest.value - own[0].value
