"""What is usual for a meter in a month: the average of a year's readings, and the norm of its account."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from mailbot.model import KnownAccount, LedgerRules, NormBase
from mailbot.model.ledger.accounts_and_meters import Account, Meter
from mailbot.model.ledger.unit_conversion import convert_volume
from mailbot.policy.readings.meter_plausibility import UsualConsumption

YEAR, MONTH, MIN_SPAN = timedelta(days=366), Decimal(30), 28
"""The average is of a year's readings; they must lie four weeks apart at least to tell anything."""


def usual_consumption(meter: Meter, known: KnownAccount, rules: LedgerRules, day: date) -> UsualConsumption:
    """What the meter counts in a month, in its own unit, as of that day."""
    average = _average(meter, known, day) or _since_installed(meter, known, day)
    return UsualConsumption(average, _norm(meter, known.account, rules, day))


def _average(meter: Meter, known: KnownAccount, day: date) -> Decimal | None:
    """None where the year's readings are too few, nothing was used, or the dial went round."""
    year = sorted(
        (
            standing.reading
            for standing in known.of_meter(meter.serial)
            if day - YEAR <= standing.reading.day <= day
        ),
        key=lambda reading: (reading.day, reading.value),
    )
    if not year:
        return None
    span = (year[-1].day - year[0].day).days
    used = year[-1].value - year[0].value
    return used * MONTH / span if span >= MIN_SPAN and used > 0 else None


def _since_installed(meter: Meter, known: KnownAccount, day: date) -> Decimal | None:
    """What the dial has counted a month of its life, for a meter whose readings of the year tell nothing yet.

    None in its first year: a heat meter that was hung up in summer has not seen a winter.
    """
    earlier = [
        standing.reading
        for standing in known.of_meter(meter.serial)
        if meter.installed <= standing.reading.day <= day
    ]
    last = max(earlier, key=lambda reading: (reading.day, reading.value), default=None)
    if last is None or last.day - meter.installed < YEAR:
        return None
    return last.value * MONTH / (last.day - meter.installed).days or None


def _norm(meter: Meter, account: Account, rules: LedgerRules, day: date) -> Decimal | None:
    """Гкал a m² of heating, м³ a resident of hot water (ПП 354 п. 42), for the whole account."""
    for norm in rules.norms:
        holds = norm.since <= day and (norm.until is None or day <= norm.until)
        if (norm.resource, norm.area) == (meter.resource, account.service_area) and holds:
            match norm.resource.norm_base:
                case NormBase.AREA:
                    volume = norm.value * account.premises.area
                    return convert_volume(volume, norm.resource.unit, meter.unit) or None
                case NormBase.RESIDENTS:
                    return norm.value * account.premises.residents or None
                case _ as never:
                    assert_never(never)
    return None
