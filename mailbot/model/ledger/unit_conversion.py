"""How units become one another: what a dial counts, what a norm and a price are given in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mailbot.model.letter.facts import Unit

IN_GCAL = {
    Unit.GCAL: Decimal(1),
    Unit.GJ: 1 / Decimal("4.1868"),
    Unit.MWH: 1 / Decimal("1.163"),
    Unit.KWH: 1 / Decimal(1163),
}
"""One of the unit in Gcal: 1 Гкал = 4.1868 ГДж = 1.163 МВт·ч = 1163 кВт·ч."""

VOLUME_PLACES = {Unit.M3: Decimal("0.001"), Unit.GCAL: Decimal("0.000001")}
"""A volume is billed with so many places; what is cut off is less than a kopeck of any tariff."""

OTHER_PLACES = Decimal("0.01")


class UnitMismatch(ValueError):
    """Two units that do not measure the same thing: cubic metres are no heat."""


def convert_volume(value: Decimal, unit: Unit, into: Unit) -> Decimal:
    """A volume in another unit; UnitMismatch where none measures what the other does."""
    places = VOLUME_PLACES.get(into, OTHER_PLACES)
    if unit is into:
        return value.quantize(places, ROUND_HALF_UP) + 0  # no zero is negative
    if unit not in IN_GCAL or into not in IN_GCAL:
        raise UnitMismatch(f"{unit} в {into} не переводится: это разные величины")
    return (value * IN_GCAL[unit] / IN_GCAL[into]).quantize(places, ROUND_HALF_UP) + 0
