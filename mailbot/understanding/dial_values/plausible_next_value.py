"""What a dial may show next: a little more than it showed last, written to as many places."""

from __future__ import annotations

from decimal import Decimal

from mailbot.model import Unit
from mailbot.model.ledger.register import RegisterMeter

USUAL_GROWTH = {
    Unit.M3: Decimal(20),
    Unit.GCAL: Decimal(3),
    Unit.GJ: Decimal(12),
    Unit.MWH: Decimal(3),
    Unit.KWH: Decimal(3_000),
}
SHARE = Decimal("0.05")
"""A dial goes on by a month's use: so much, or that share of what it shows where it counts for a whole building."""


def is_last(value: Decimal, dial: RegisterMeter) -> bool:
    """Is it the very value that stands for the dial?"""
    return dial.last is not None and value == dial.last


def shows_next(value: Decimal, dial: RegisterMeter) -> bool:
    """Is the value what the dial shows a month or two after its last, to as many places or nearly?"""
    if dial.last is None or (_places(dial.last) > 1 and not _places(value)):
        return False
    return dial.last < value <= dial.last + max(USUAL_GROWTH[dial.unit], dial.last * SHARE)


def _places(value: Decimal) -> int:
    """Decimal places as written."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
