"""How units become one another: what a dial counts, what a norm and a price are given in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from mailbot.model.ledger.money import Quantity
from mailbot.model.resource import Unit

GCAL_IN_UNIT = {
    Unit.GCAL: Decimal(1),
    Unit.GJ: 1 / Decimal("4.1868"),
    Unit.MWH: 1 / Decimal("1.163"),
    Unit.KWH: 1 / Decimal(1163),
}
"""One of the unit in Gcal: 1 Гкал = 4.1868 ГДж = 1.163 МВт·ч = 1163 кВт·ч."""


def volume_places(unit: Unit) -> Decimal:
    """A volume is billed with so many places; what is cut off is less than a kopeck of any tariff."""
    match unit:
        case Unit.M3:
            return Decimal("0.001")
        case Unit.GCAL:
            return Decimal("0.000001")
        case Unit.GJ | Unit.MWH | Unit.KWH:  # nothing is billed in these
            return Decimal("0.01")
        case _:
            assert_never(unit)


class UnitMismatch(ValueError):
    """Two units that do not measure the same thing: cubic metres are no heat."""


def convert_volume(value: Decimal, unit: Unit, into: Unit) -> Quantity:
    """A volume in another unit; UnitMismatch where none measures what the other does."""
    places = volume_places(into)
    if unit is into:
        return Quantity(value.quantize(places, ROUND_HALF_UP) + 0)  # no zero is negative
    if not (unit.of_energy and into.of_energy):
        raise UnitMismatch(f"{unit} в {into} не переводится: это разные величины")
    return Quantity((value * GCAL_IN_UNIT[unit] / GCAL_IN_UNIT[into]).quantize(places, ROUND_HALF_UP) + 0)
