"""A month's own charges of one account: lines that explain themselves and add up to the total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mailbot.billing.pricing import volume_lines
from mailbot.billing.recalculation import absence, poor_quality
from mailbot.billing.tariffs import Tariffs
from mailbot.billing.volumes import Consumption, Volume, by_average, by_meter, by_norm
from mailbot.model import Resource, Unit
from mailbot.model.charges import Adjustment, Basis, ChargeLine, added
from mailbot.model.ledger import Account, DatedReading, Meter, Month

MEASURED_IN = {Resource.HEATING: Unit.GCAL, Resource.HOT_WATER: Unit.M3}


@dataclass(frozen=True, slots=True)
class OwnCharge:
    """A month's own lines. `since`: for each meter billed by its readings, the month its first reading counts for."""

    lines: tuple[ChargeLine, ...]
    since: Mapping[str, Month]

    @property
    def total(self) -> Decimal:
        return added(line.sum for line in self.lines)


def charge(
    account: Account,
    month: Month,
    readings: Iterable[DatedReading],
    history: Mapping[str, tuple[Consumption, ...]],
    tariffs: Tariffs,
    adjustments: Iterable[Adjustment] = (),
) -> OwnCharge:
    """Charge an account for its own month. `history` holds, by meter's serial, what earlier months were billed.

    The order of readings and adjustments changes nothing. MissingTariff where a price or a norm is not given.
    """
    known = tuple(readings)
    grounds = sorted(adjustments, key=lambda one: (one.first, one.last, one.ground, one.document, one.hours))
    lines: list[ChargeLine] = []
    since: dict[str, Month] = {}
    for resource in sorted(account.resources):
        own = [one for one in grounds if one.resource is resource]
        basic: list[ChargeLine] = []
        for serial, volume in _volumes(account, resource, month, known, history, tariffs):
            basic += volume_lines(account, resource, serial, volume, month, tariffs)
            if serial is not None and volume.span is not None:
                since[serial] = volume.span[0].month
        basic += absence(account, basic, own, month, tariffs)
        lines += basic
        lines += poor_quality(account, basic, own, month, tariffs)
    return OwnCharge(tuple(lines), since)


def consumed(lines: Iterable[ChargeLine]) -> dict[str, dict[Month, Consumption]]:
    """What each meter's months were billed in the end, corrections included; by serial and month.

    The newest basis holds: an estimate that a reading replaced counts as measured.
    """
    found: dict[str, dict[Month, Consumption]] = {}
    for line in lines:
        if line.meter is None or not line.measured or line.basis is None:
            continue
        months = found.setdefault(line.meter, {})
        before = months.get(line.month)
        amount = line.volume + (before.amount if before else 0)
        months[line.month] = Consumption(line.month, amount, line.basis)
    return found


def _volumes(
    account: Account,
    resource: Resource,
    month: Month,
    readings: tuple[DatedReading, ...],
    history: Mapping[str, tuple[Consumption, ...]],
    tariffs: Tariffs,
) -> list[tuple[str | None, Volume]]:
    """By each meter, else by its average; where even one has neither, the whole resource by the norm, once."""
    unit = MEASURED_IN[resource]
    found: list[tuple[str | None, Volume]] = []
    for meter in sorted(_metering(account, resource, month), key=lambda one: one.serial):
        past = history.get(meter.serial, ())
        billed = max((one.month for one in past if one.basis is Basis.METER), default=None)
        volume = by_meter(meter, readings, month, unit, billed)
        if volume is None:
            volume = by_average(past, month, unit)
        if volume is None:
            return [(meter.serial, _normed(account, resource, month, tariffs))]
        found.append((meter.serial, volume))
    return found or [(None, _normed(account, resource, month, tariffs))]


def _metering(account: Account, resource: Resource, month: Month) -> list[Meter]:
    """The meters a month is billed by: a new one from the month after its installation (ПП 354 п. 81), at once
    where it stands for one that was taken away in the same month."""
    own = [meter for meter in account.meters if meter.resource is resource]
    alive = [
        meter
        for meter in own
        if meter.installed <= month.last and (meter.removed is None or meter.removed >= month.first)
    ]
    changed = any(meter.removed is not None and meter.removed <= month.last for meter in alive)
    return [meter for meter in alive if meter.installed < month.first or changed]


def _normed(account: Account, resource: Resource, month: Month, tariffs: Tariffs) -> Volume:
    norm = tariffs.norm(resource, account.service_area, month.first)
    if resource is Resource.HEATING:
        return by_norm(norm.value, account.premises.area, Unit.GCAL, "м²")
    return by_norm(norm.value, Decimal(account.premises.residents), Unit.M3, "чел.")
