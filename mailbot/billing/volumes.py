"""How much an account is billed for a month: by its meters, by the average, or by the norm (ПП 354 п. 42, 59, 60)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from mailbot.billing.amounts import convert_volume
from mailbot.billing.consumption_history import Consumption
from mailbot.model import Unit
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.model.ledger.charges import VolumeBasis
from mailbot.model.ledger.money import Quantity
from mailbot.wording.amounts import format_quantity

AVERAGE_MONTHS = 3
"""So many months in a row at most are billed by the average (п. 59); then the norm (п. 60)."""

MIN_AVERAGE_MONTHS = 3
"""The average is of six months or more; of a younger meter, of three at least (п. 59)."""


@dataclass(frozen=True, slots=True)
class Volume:
    """So much was used, and why it is thought so. `span` are the readings it lies between (METER alone)."""

    amount: Quantity
    unit: Unit
    basis: VolumeBasis
    because: str
    span: tuple[DatedReading, DatedReading] | None = None


def volume_by_meter(
    meter: Meter, readings: Iterable[DatedReading], month: Month, into: Unit, settled: Month | None = None
) -> Volume | None:
    """The volume between the last reading of an earlier month and the newest of this one; None where one is missing.

    Where months were estimated in between, the whole difference is of this month, and the estimates are taken back
    (`taking_back`; ПП 354 п. 61). `settled` is the last month that is paid for: a reading since then, though sent in
    time, was not charged (another dial of the flat had none), so the volume begins before it.
    """
    own = _of_dial(meter, readings)
    inside = [reading for reading in own if reading.month == month]
    start = volume_start_reading(meter, own, month, settled)
    if not inside or start is None or start == inside[-1]:
        return None
    newest = inside[-1]
    difference = newest.value - start.value
    if difference < 0:
        difference += Decimal(10) ** meter.digits  # a person has confirmed that the dial went round
    reason = f"показания {_format_reading(start)} и {_format_reading(newest)}"
    return Volume(
        convert_volume(difference, meter.unit, into), into, VolumeBasis.METER, reason, (start, newest)
    )


def volume_start_reading(
    meter: Meter, readings: Iterable[DatedReading], month: Month, settled: Month | None
) -> DatedReading | None:
    """The reading a month's volume begins with: the last one paid for, else the meter's first.

    That may be of the month itself, where the meter came in it, or was first read before its first day.
    """
    own = _of_dial(meter, readings)
    before = [reading for reading in own if reading.month < month]
    paid = [reading for reading in before if settled is None or reading.month <= settled]
    if paid:
        return paid[-1]
    if before:
        return [reading for reading in before if reading.month == before[0].month][-1]
    first = next((reading for reading in own if reading.month == month), None)
    if first is not None and (meter.installed >= month.first or first.day < month.first):
        return first
    return None


def volume_start_month(start: DatedReading) -> Month:
    """The last month that lies before a volume which begins with that reading: one of the 26th counts for the next
    month, yet that month is still to be used."""
    return start.month if start.day >= start.month.first else start.month.preceding


def _of_dial(meter: Meter, readings: Iterable[DatedReading]) -> list[DatedReading]:
    """Its readings that may be billed, oldest first."""
    return sorted(
        (reading for reading in readings if reading.meter == meter.serial and meter.in_order(reading.day)),
        key=lambda reading: (reading.month, reading.day, reading.value, str(reading.value)),
    )


def _format_reading(one: DatedReading) -> str:
    return f"{format_quantity(one.value)} от {one.day:%d.%m.%Y}"


def volume_by_average(
    history: Iterable[Consumption], month: Month, unit: Unit, normed: Collection[Month] = ()
) -> Volume | None:
    """The average of the last six or more months by meter, for three months in a row at most; else None.

    A month without a line of its own, unless `normed` by the whole service, was measured with the next.
    """
    known = sorted(
        (consumption for consumption in history if consumption.month < month),
        key=lambda consumption: consumption.month,
    )
    estimated = next(
        (nth for nth, consumption in enumerate(reversed(known)) if consumption.basis is VolumeBasis.METER),
        len(known),
    )
    if estimated >= AVERAGE_MONTHS or any(
        consumption.basis is VolumeBasis.NORM for consumption in known[len(known) - estimated :]
    ):
        return None
    measured = [consumption for consumption in known if consumption.basis is VolumeBasis.METER][-12:]
    if len(measured) < MIN_AVERAGE_MONTHS:
        return None
    first, last = measured[0].month, measured[-1].month
    count = _between(first, last) - sum(first < month < last for month in _estimated(known, normed))
    mean = sum((consumption.amount for consumption in measured), Decimal(0)) / count
    until = month.back(estimated + 1 - AVERAGE_MONTHS).last
    reason = (
        f"среднее за {count} мес., {first}…{last}; по среднему по {until:%d.%m.%Y}, затем по нормативу "
        "(ПП 354 п. 59, 60)"
    )
    return Volume(convert_volume(mean, unit, unit), unit, VolumeBasis.AVERAGE, reason)


def _between(first: Month, last: Month) -> int:
    """How many months, both included."""
    return (last.year - first.year) * 12 + last.number - first.number + 1


def _estimated(known: Iterable[Consumption], normed: Collection[Month]) -> set[Month]:
    own = {consumption.month: consumption.basis for consumption in known}
    return {month for month in {*own, *normed} if own.get(month) is not VolumeBasis.METER}


def volume_by_norm(norm: Decimal, *, count: Decimal, unit: Unit, what: str) -> Volume:
    """The norm times area or residents (п. 42, 60); `what` says of which: «м²» or «чел.»."""
    reason = f"норматив {format_quantity(norm)} {unit} × {format_quantity(count)} {what} (ПП 354 п. 60)"
    return Volume(convert_volume(norm * count, unit, unit), unit, VolumeBasis.NORM, reason)
