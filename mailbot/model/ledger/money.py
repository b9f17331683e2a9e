"""Roubles and volumes: Decimals both, and types of their own, so that neither stands where the other belongs."""

from __future__ import annotations

from decimal import Decimal
from typing import NewType

Money = NewType("Money", Decimal)
"""Roubles, whole kopecks."""

Quantity = NewType("Quantity", Decimal)
"""How much of a resource, in the unit that stands beside it."""
