"""Sums and volumes: how they are rounded, and how units become one another."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mailbot.model.units import UnitMismatch, converted

__all__ = ["KOPECK", "UnitMismatch", "converted", "rounded"]

KOPECK = Decimal("0.01")


def rounded(sum_: Decimal, places: Decimal = KOPECK) -> Decimal:
    """To kopecks, half up: each line by itself (ПП 354, приложение 2; money is never a float). No zero is negative."""
    return sum_.quantize(places, ROUND_HALF_UP) + 0
