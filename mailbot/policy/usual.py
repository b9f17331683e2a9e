"""What is usual for a meter in a month: the average of a year's readings, and the norm of its account."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from mailbot.model import KnownAccount, LedgerRules, Resource, Unit
from mailbot.model.ledger import Account, Meter
from mailbot.model.units import converted
from mailbot.policy.metering import Usual

YEAR, MONTH, LEAST_SPAN = timedelta(days=366), Decimal(30), 28
"""The average is of a year's readings; they must lie four weeks apart at least to tell anything."""


def usual(meter: Meter, known: KnownAccount, rules: LedgerRules, day: date) -> Usual:
    """What the meter counts in a month, in its own unit, as of that day."""
    return Usual(_average(meter, known, day), _norm(meter, known.account, rules, day))


def _average(meter: Meter, known: KnownAccount, day: date) -> Decimal | None:
    """None where the year's readings are too few, nothing was used, or the dial went round."""
    year = sorted(
        (one.reading for one in known.of_meter(meter.serial) if day - YEAR <= one.reading.day <= day),
        key=lambda one: (one.day, one.value),
    )
    if not year:
        return None
    span = (year[-1].day - year[0].day).days
    used = year[-1].value - year[0].value
    return used * MONTH / span if span >= LEAST_SPAN and used > 0 else None


def _norm(meter: Meter, account: Account, rules: LedgerRules, day: date) -> Decimal | None:
    """Гкал a m² of heating, м³ a resident of hot water (ПП 354 п. 42), for the whole account."""
    for norm in rules.norms:
        holds = norm.since <= day and (norm.until is None or day <= norm.until)
        if (norm.resource, norm.area) == (meter.resource, account.service_area) and holds:
            if norm.resource is Resource.HEATING:
                return converted(norm.value * account.premises.area, Unit.GCAL, meter.unit) or None
            return norm.value * account.premises.residents or None
    return None
