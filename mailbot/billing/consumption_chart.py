"""What a meter used month by month, as a chart shows it: what was charged, and where nothing is yet, what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mailbot.billing.volumes import volume_by_meter
from mailbot.model.bill.bill import MonthlyVolume
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, VolumeBasis


def consumption(
    meter: Meter, charges: Iterable[Charge], readings: Iterable[DatedReading], last: Month, count: int
) -> tuple[MonthlyVolume, ...]:
    """The `count` months up to and with `last`, oldest first; the bars add up to what the dial has counted.

    An estimate that a later reading took back keeps its bar, and the month of that reading shows the rest.
    """
    first, known = last.back(count - 1), tuple(readings)
    volumes = charged_months(meter, charges)
    month = first
    while month <= last:
        if month not in volumes and (bar := _open(meter, known, month, tuple(volumes.values()))):
            volumes[month] = bar
        month = month.following
    months = (first.back(-at) for at in range(count))
    return tuple(volumes.get(month, MonthlyVolume(month, None, None, charged=False)) for month in months)


def charged_months(meter: Meter, charges: Iterable[Charge]) -> dict[Month, MonthlyVolume]:
    """What the closed months were charged by the meter, in the order of the charges."""
    volumes: dict[Month, MonthlyVolume] = {}
    for charge in charges:
        for line in charge.lines:
            if line.meter == meter.serial and line.measured and line.kind.of_use:
                month = charge.month if line.kind is LineKind.TAKEN_BACK else line.month
                volumes[month] = _plus(volumes.get(month), line, month)
    return volumes


def _plus(before: MonthlyVolume | None, line: ChargeLine, month: Month) -> MonthlyVolume:
    volume = line.volume + (before.volume if before and before.volume is not None else 0)
    keeps = before is not None and line.kind is LineKind.TAKEN_BACK
    return MonthlyVolume(month, volume, before.basis if before and keeps else line.basis, charged=True)


def _open(
    meter: Meter, readings: Sequence[DatedReading], month: Month, bars: Sequence[MonthlyVolume]
) -> MonthlyVolume | None:
    """A month that is not charged yet, by its readings, less what was estimated since the reading before them."""
    volume = volume_by_meter(meter, readings, month, meter.resource.unit)
    if volume is None or volume.span is None:
        return None
    since = volume.span[0].month
    taken = sum(
        (bar.volume for bar in bars if bar.estimated and bar.volume and since < bar.month < month), Decimal(0)
    )
    return MonthlyVolume(month, volume.amount - taken, VolumeBasis.METER, charged=False)
