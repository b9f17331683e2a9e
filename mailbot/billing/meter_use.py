"""What a bill tells of a meter: the readings its month was charged by, and its use of thirteen months."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.billing.billed_meters import calculate_volumes
from mailbot.billing.consumption_chart import consumption
from mailbot.billing.consumption_history import billing_history
from mailbot.billing.tariffs import MissingTariff, Tariffs
from mailbot.billing.volumes import Volume
from mailbot.model.bill.bill import MeterUse
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter
from mailbot.model.ledger.charges import Charge, LineKind, VolumeBasis

MONTHS_SHOWN = 13
"""A year, and the same month of the year before."""


def meter_uses(
    charge: Charge, before: Sequence[Charge], readings: Sequence[DatedReading], tariffs: Tariffs
) -> tuple[MeterUse, ...]:
    """Each meter of the charge that was there in its month or is charged in it; `before` are the closed months before
    it, `readings` what counted when it was closed.

    Readings are told only where the charge's own line has the very volume that lies between them: a bill that names
    others than it was reckoned by would be a false one.
    """
    spans = _spans(charge, before, readings, tariffs)
    every = (*before, charge)
    uses = []
    for meter in charge.account.meters:
        if _shown(meter, charge):
            first, last = spans.get(meter.serial, (None, None))
            bars = consumption(meter, every, readings, charge.month, MONTHS_SHOWN)
            uses.append(MeterUse(meter, first, last, bars))
    return tuple(uses)


def _shown(meter: Meter, charge: Charge) -> bool:
    if not meter.resource.charged:
        return False  # no line of the bill is reckoned by it
    there = meter.installed <= charge.month.last and (
        meter.removed is None or meter.removed >= charge.month.first
    )
    return there or any(line.meter == meter.serial for line in charge.lines)


def _spans(
    charge: Charge, before: Sequence[Charge], readings: Sequence[DatedReading], tariffs: Tariffs
) -> dict[str, tuple[DatedReading, DatedReading]]:
    charged = {
        (line.meter, line.volume)
        for line in charge.lines
        if line.kind is LineKind.CHARGE and line.basis is VolumeBasis.METER and line.measured
    }
    return {
        serial: volume.span
        for serial, volume in _volumes(charge, before, readings, tariffs)
        if serial is not None and volume.span is not None and (serial, volume.amount) in charged
    }


def _volumes(
    charge: Charge, before: Sequence[Charge], readings: Sequence[DatedReading], tariffs: Tariffs
) -> list[tuple[str | None, Volume]]:
    known = billing_history(line for charge in before for line in charge.lines)
    volumes: list[tuple[str | None, Volume]] = []
    for resource in (resource for resource in charge.account.resources if resource.charged):
        try:
            volumes += calculate_volumes(charge.account, resource, charge.month, readings, known, tariffs)
        except MissingTariff:
            continue  # a norm that the charge itself did not need, or that was taken away since
    return volumes
