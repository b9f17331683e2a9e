"""What gaps and poor quality take off a month's fee: ПП 354, приложение 1."""

from __future__ import annotations

from decimal import Decimal

PERCENT_PER_HOUR = Decimal("0.15")
"""Per cent of the month's fee for each hour beyond what is permitted."""

HEATING_GAP, HOT_WATER_GAP = Decimal(24), Decimal(8)
"""Hours a month in all that heating, and hot water, may be away."""

PERMITTED_HEATING_GAPS = ((Decimal(12), Decimal(16)), (Decimal(10), Decimal(8)), (Decimal(8), Decimal(4)))
"""(air from °C, hours at once that heating may be away); colder than the last: none at all."""

HOT_WATER_AT_ONCE, HOT_WATER_DEAD_END = Decimal(4), Decimal(24)
"""Hours at once; on a dead-end main (тупиковая магистраль) longer."""


def max_heating_gap_hours(air: Decimal) -> Decimal:
    """Hours at once that heating may be away while the air in the rooms has that many °C."""
    return next((hours for degrees, hours in PERMITTED_HEATING_GAPS if air >= degrees), Decimal(0))


def excess_hours(gaps: tuple[tuple[Decimal, Decimal], ...], in_all: Decimal) -> Decimal:
    """Hours beyond what is permitted, of gaps (hours, permitted at once) in one month; the stricter of both counts."""
    at_once = sum((max(Decimal(0), hours - permitted) for hours, permitted in gaps), Decimal(0))
    together = max(Decimal(0), sum((hours for hours, _ in gaps), Decimal(0)) - in_all)
    return max(at_once, together)


def discount_percent(hours: Decimal) -> Decimal:
    """Per cent of the month's fee for so many hours beyond what is permitted; for cold air: degrees × hours (п. 15)."""
    return min(Decimal(100), PERCENT_PER_HOUR * hours)
