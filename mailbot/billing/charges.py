"""A month's charges of one account: lines that explain themselves and add up to the total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mailbot.billing.amounts import rounded
from mailbot.billing.tariffs import Component, HotWater, Price, Tariffs
from mailbot.billing.volumes import Basis, Consumption, Volume, by_average, by_meter, by_norm
from mailbot.model import Resource, Unit
from mailbot.model.ledger import Account, DatedReading, Meter, Month

MEASURED_IN = {Resource.HEATING: Unit.GCAL, Resource.HOT_WATER: Unit.M3}
PARTS = {HotWater.CLOSED: Component.COLD_WATER, HotWater.OPEN: Component.HEAT_CARRIER}


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """`sum = volume × price`, to the kopeck, less benefit, VAT in it or on it as the tariffs say.

    `because` explains the volume, `source` the price. `sum` is what is to be paid for the line.
    """

    resource: Resource
    component: Component
    meter: str | None
    basis: Basis
    volume: Decimal
    unit: Unit
    price: Decimal
    net: Decimal
    vat: Decimal
    benefit: Decimal
    sum: Decimal
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Charge:
    """What an account owes for a month, and the volumes that the next averages are taken of."""

    account: str
    month: Month
    lines: tuple[ChargeLine, ...]
    consumed: tuple[tuple[str, Consumption], ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines: nothing is rounded twice."""
        return sum((line.sum for line in self.lines), Decimal("0.00"))


def charge(
    account: Account,
    month: Month,
    readings: Iterable[DatedReading],
    history: dict[str, tuple[Consumption, ...]],
    tariffs: Tariffs,
) -> Charge:
    """Charge an account. `history` holds, by meter's serial, what earlier months were billed.

    The order of the readings changes nothing. MissingTariff where a price or a norm is not given.
    """
    known = tuple(sorted(readings, key=lambda one: (one.meter, one.day, one.value)))
    lines: list[ChargeLine] = []
    consumed: list[tuple[str, Consumption]] = []
    for resource in sorted(account.resources):
        meters = [meter for meter in account.meters if meter.resource is resource and _belongs(meter, month)]
        for serial, volume in _volumes(account, resource, meters, month, known, history, tariffs):
            lines += _lines(account, resource, serial, volume, month, tariffs)
            if serial is not None:
                consumed.append((serial, Consumption(month, volume.amount, volume.basis)))
    return Charge(account.number, month, tuple(lines), tuple(consumed))


def _belongs(meter: Meter, month: Month) -> bool:
    return meter.installed < month.following.first and (meter.removed is None or meter.removed > month.first)


def _volumes(
    account: Account,
    resource: Resource,
    meters: list[Meter],
    month: Month,
    readings: tuple[DatedReading, ...],
    history: dict[str, tuple[Consumption, ...]],
    tariffs: Tariffs,
) -> list[tuple[str | None, Volume]]:
    """By each meter, else by its average; where even one has neither, the whole resource by the norm, once."""
    unit = MEASURED_IN[resource]
    found: list[tuple[str | None, Volume]] = []
    for meter in meters:
        volume = by_meter(meter, readings, month, unit)
        if volume is None:
            volume = by_average(history.get(meter.serial, ()), month, unit)
        if volume is None:
            return [(meter.serial, _normed(account, resource, month, tariffs))]
        found.append((meter.serial, volume))
    return found or [(None, _normed(account, resource, month, tariffs))]


def _normed(account: Account, resource: Resource, month: Month, tariffs: Tariffs) -> Volume:
    norm = tariffs.norm(resource, account.service_area, month.first)
    if resource is Resource.HEATING:
        return by_norm(norm.value, account.premises.area, Unit.GCAL, "м²")
    return by_norm(norm.value, Decimal(account.premises.residents), Unit.M3, "чел.")


def _lines(
    account: Account, resource: Resource, serial: str | None, volume: Volume, month: Month, tariffs: Tariffs
) -> list[ChargeLine]:
    def line(component: Component, amount: Decimal, unit: Unit, because: str) -> ChargeLine:
        price = tariffs.price(component, account.group, account.service_area, month.first)
        return _line(
            account, resource, component, serial, volume.basis, amount, unit, price, because, tariffs
        )

    if resource is Resource.HEATING:
        return [line(Component.HEAT, volume.amount, Unit.GCAL, volume.because)]
    kind = tariffs.hot_water.get(account.service_area, HotWater.SINGLE)
    if kind is HotWater.SINGLE:
        return [line(Component.HOT_WATER, volume.amount, Unit.M3, volume.because)]
    k = tariffs.heat_in_water[account.service_area]
    heat = (volume.amount * k).quantize(Decimal("0.000001"))
    told = f"{volume.amount} м3 × {k} Гкал/м3"
    return [
        line(PARTS[kind], volume.amount, Unit.M3, volume.because),
        line(Component.HEAT, heat, Unit.GCAL, told),
    ]


def _line(
    account: Account,
    resource: Resource,
    component: Component,
    serial: str | None,
    basis: Basis,
    amount: Decimal,
    unit: Unit,
    price: Price,
    because: str,
    tariffs: Tariffs,
) -> ChargeLine:
    vat = tariffs.vat[account.group]
    priced = rounded(amount * price.value)
    benefit = rounded(priced * account.benefit_percent / 100)
    payable = priced - benefit
    if vat.included:
        tax = rounded(payable * vat.percent / (100 + vat.percent))
        net, whole = payable - tax, payable
    else:
        tax = rounded(payable * vat.percent / 100)
        net, whole = payable, payable + tax
    return ChargeLine(
        resource,
        component,
        serial,
        basis,
        amount,
        unit,
        price.value,
        net,
        tax,
        benefit,
        whole,
        because,
        price.source,
    )
