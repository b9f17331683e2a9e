"""Which meters a month is billed by, and from which reading each goes on (ПП 354 п. 59, 60, 81)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from mailbot.billing.consumption_history import History, months_charged_by_norm
from mailbot.billing.tariffs import Tariffs
from mailbot.billing.volumes import (
    Volume,
    volume_by_average,
    volume_by_meter,
    volume_by_norm,
    volume_start_month,
    volume_start_reading,
)
from mailbot.model import NormBase, Resource
from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Meter, Month
from mailbot.model.ledger.charges import VolumeBasis


def calculate_volumes(
    account: Account,
    resource: Resource,
    month: Month,
    readings: Sequence[DatedReading],
    known: History,
    tariffs: Tariffs,
) -> list[tuple[str | None, Volume]]:
    """By each meter, else by its average; where even one has neither, the whole resource by the norm, once.

    A meter that came within the month in the place of another, and has not been read again since, waits for the next.
    """
    unit = resource.unit
    meters = _metering(account, resource, month, readings)
    settled = _settled(meters, resource, month, readings, known)
    estimated = frozenset(at for _, at in months_charged_by_norm(known, resource))
    volumes: list[tuple[str | None, Volume]] = []
    unread: list[Meter] = []
    for meter in meters:
        past = known.get((resource, meter.serial), ())
        volume = volume_by_meter(meter, readings, month, unit, settled[meter.serial])
        if volume is None and meter.installed < month.first:
            volume = volume_by_average(past, month, unit, estimated)
            unread += [meter] if volume is None else []
        if volume is not None:
            volumes.append((meter.serial, volume))
    if volumes and not unread:
        return volumes
    # the norm stands till the meter that is furthest from being read has been: one that never was, before others
    unread.sort(
        key=lambda unread_meter: (
            volume_start_reading(unread_meter, readings, month, settled[unread_meter.serial]) is not None
        )
    )
    return [(unread[0].serial if unread else None, _by_norm(account, resource, month, tariffs))]


def _metering(
    account: Account, resource: Resource, month: Month, readings: Sequence[DatedReading]
) -> list[Meter]:
    """The meters a month is billed by: a new one from the month after its installation (ПП 354 п. 81), at once
    where it stands for one that was taken away in the same month; an old one as long as its last reading counts."""
    alive = [
        meter
        for meter in sorted(account.meters, key=lambda meter: meter.serial)
        if meter.resource is resource
        and meter.installed <= month.last
        and (meter.removed is None or meter.removed >= month.first or _is_read(meter, month, readings))
    ]
    changed = any(meter.removed is not None and meter.removed <= month.last for meter in alive)
    return [meter for meter in alive if meter.installed < month.first or changed]


def _is_read(meter: Meter, month: Month, readings: Sequence[DatedReading]) -> bool:
    return any(
        reading.meter == meter.serial and reading.month == month and meter.in_order(reading.day)
        for reading in readings
    )


def _settled(
    meters: Sequence[Meter],
    resource: Resource,
    month: Month,
    readings: Sequence[DatedReading],
    known: History,
) -> dict[str, Month | None]:
    """By meter, the last month that is paid for; its volume goes on from there.

    That is the last month billed by it, or the last that the norm of the whole service was charged for and keeps.
    """
    billed = {meter.serial: _billed(known, resource, meter.serial) for meter in meters}
    starts: dict[str, Month] = {}
    for meter in meters:
        start = volume_start_reading(meter, readings, month, billed[meter.serial])
        if start is not None:
            starts[meter.serial] = volume_start_month(start)
    whole = bool(meters) and all(
        meter.serial in starts and _is_read(meter, month, readings) for meter in meters
    )
    kept = max(
        (
            at
            for serial, at in months_charged_by_norm(known, resource)
            if not _replaced(serial, at, billed, starts, whole)
        ),
        default=None,
    )
    return {
        serial: max((settled_month for settled_month in (at, kept) if settled_month), default=None)
        for serial, at in billed.items()
    }


def _replaced(
    serial: str | None,
    at: Month,
    billed: Mapping[str, Month | None],
    starts: Mapping[str, Month],
    whole: bool,
) -> bool:
    """Will readings stand for a month of the norm, now or later (`taken_back`)? Those of the meter that was not read,
    where it is still there, else those of all."""
    if serial is not None and serial in billed:
        return serial in starts and starts[serial] < at
    return whole and max(starts.values()) < at


def _billed(known: History, resource: Resource, serial: str) -> Month | None:
    """The last month billed by the meter. Where there is none: the last before the service was billed by the norm."""
    own = [
        consumption.month
        for consumption in known.get((resource, serial), ())
        if consumption.basis is VolumeBasis.METER
    ]
    if own:
        return max(own)
    months = [
        consumption for (service, _), many in known.items() if service is resource for consumption in many
    ]
    others = [month.month for month in months if month.basis is not VolumeBasis.NORM]
    if others:
        return max(others)
    return min(month.month for month in months).preceding if months else None


def _by_norm(account: Account, resource: Resource, month: Month, tariffs: Tariffs) -> Volume:
    norm = tariffs.norm(resource, account.service_area, month.first)
    match resource.norm_base:
        case NormBase.AREA:
            return volume_by_norm(norm.value, count=account.premises.area, unit=resource.unit, what="м²")
        case NormBase.RESIDENTS:
            return volume_by_norm(
                norm.value, count=Decimal(account.premises.residents), unit=resource.unit, what="чел."
            )
        case _ as never:
            assert_never(never)
