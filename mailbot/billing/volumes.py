"""How much an account is billed for a month: by its meters, by the average, or by the norm (ПП 354 п. 42, 59, 60)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mailbot.billing.amounts import converted
from mailbot.model import Unit
from mailbot.model.charges import Basis
from mailbot.model.figures import quantity
from mailbot.model.ledger import DatedReading, Meter, Month

AVERAGE_MONTHS = 3
"""So many months in a row at most are billed by the average (п. 59); then the norm (п. 60)."""

AVERAGE_OVER, AVERAGE_LEAST = 6, 3
"""The average is of six months or more; of a younger meter, of three at least (п. 59)."""


@dataclass(frozen=True, slots=True)
class Volume:
    """So much was used, and why it is thought so. `span` are the readings it lies between (METER alone)."""

    amount: Decimal
    unit: Unit
    basis: Basis
    because: str
    span: tuple[DatedReading, DatedReading] | None = None


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a closed month was billed for one meter; the average is taken of months by meter."""

    month: Month
    amount: Decimal
    basis: Basis


def by_meter(
    meter: Meter, readings: Iterable[DatedReading], month: Month, into: Unit, billed: Month | None = None
) -> Volume | None:
    """The volume between the last reading of an earlier month and the newest of this one; None where one is missing.

    Where months were estimated in between, the whole difference is of this month, and the estimates are taken back
    (`taking_back`; ПП 354 п. 61). `billed` is the last month charged by this meter: a reading since then, though
    sent in time, was not charged (another dial of the flat had none), so the volume begins before it. A meter that
    came in this month begins with its first reading.
    """
    own = sorted(
        (one for one in readings if one.meter == meter.serial and meter.in_order(one.day)),
        key=lambda one: (one.month, one.day, one.value),
    )
    inside = [one for one in own if one.month == month]
    before = [one for one in own if one.month < month and (billed is None or one.month <= billed)]
    if not before and meter.installed >= month.first and len(inside) > 1:
        before = inside[:1]
    if not inside or not before:
        return None
    last, newest = before[-1], inside[-1]
    difference = newest.value - last.value
    if difference < 0:
        difference += Decimal(10) ** meter.digits  # a person has confirmed that the dial went round
    told = f"показания {_told(last)} и {_told(newest)}"
    return Volume(converted(difference, meter.unit, into), into, Basis.METER, told, (last, newest))


def _told(one: DatedReading) -> str:
    return f"{quantity(one.value)} от {one.day:%d.%m.%Y}"


def by_average(history: Iterable[Consumption], month: Month, unit: Unit) -> Volume | None:
    """The average of the last six or more months by meter, for three months in a row at most; else None."""
    known = sorted((one for one in history if one.month < month), key=lambda one: one.month)
    estimated = 0
    for one in reversed(known):
        if one.basis is Basis.METER:
            break
        estimated += 1
    if estimated >= AVERAGE_MONTHS or any(one.basis is Basis.NORM for one in known[len(known) - estimated :]):
        return None
    measured = [one for one in known if one.basis is Basis.METER][-12:]
    if len(measured) < AVERAGE_LEAST:
        return None
    mean = sum((one.amount for one in measured), Decimal(0)) / len(measured)
    since = month.back(estimated)
    told = (
        f"среднее за {len(measured)} мес., {measured[0].month}…{measured[-1].month}; по среднему по "
        f"{since.back(1 - AVERAGE_MONTHS).last:%d.%m.%Y}, затем по нормативу (ПП 354 п. 59, 60)"
    )
    return Volume(converted(mean, unit, unit), unit, Basis.AVERAGE, told)


def by_norm(norm: Decimal, count: Decimal, unit: Unit, what: str) -> Volume:
    """The norm times area or residents (п. 42, 60); `what` says of which: «м²» or «чел.»."""
    told = f"норматив {quantity(norm)} {unit} × {quantity(count)} {what} (ПП 354 п. 60)"
    return Volume(converted(norm * count, unit, unit), unit, Basis.NORM, told)
