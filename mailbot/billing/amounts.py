"""Sums and volumes: how they are rounded, and how units become one another."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mailbot.model.ledger.money import Money
from mailbot.model.ledger.unit_conversion import UnitMismatch, convert_volume

__all__ = ["KOPECK", "UnitMismatch", "convert_volume", "round_to_kopecks"]

KOPECK = Decimal("0.01")


def round_to_kopecks(sum_: Decimal) -> Money:
    """To kopecks, half up: each line by itself (ПП 354, приложение 2; money is never a float). No zero is negative."""
    return Money(sum_.quantize(KOPECK, ROUND_HALF_UP) + 0)
