"""Lines of a charge: a volume at its price, or a share of a fee, with benefit and VAT."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from mailbot.billing.amounts import convert_volume, round_to_kopecks
from mailbot.billing.tariffs import HotWaterPricing, Tariffs
from mailbot.billing.volumes import Volume
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Account, Month
from mailbot.model.ledger.charges import ChargeLine, LineKind, PriceComponent, VolumeBasis
from mailbot.model.ledger.money import Money, Quantity
from mailbot.wording.amounts import format_quantity


def volume_lines(
    account: Account,
    resource: Resource,
    serial: str | None,
    volume: Volume,
    month: Month,
    tariffs: Tariffs,
    kind: LineKind = LineKind.CHARGE,
) -> list[ChargeLine]:
    """The volume at its price: one line, or two for hot water of two components."""

    def line(component: PriceComponent, amount: Quantity, unit: Unit, because: str) -> ChargeLine:
        return price_line(
            account,
            kind=kind,
            month=month,
            resource=resource,
            component=component,
            serial=serial,
            basis=volume.basis,
            amount=amount,
            unit=unit,
            because=because,
            tariffs=tariffs,
        )

    match resource:
        case Resource.HEATING:
            return [line(PriceComponent.HEAT, volume.amount, Unit.GCAL, volume.because)]
        case Resource.HOT_WATER:
            water = _water_component(tariffs.hot_water_pricing(account.service_area))
        case Resource.COLD_WATER:
            return []  # the waterworks charge for it
        case _:
            assert_never(resource)
    own = line(water, volume.amount, Unit.M3, volume.because)
    if water is PriceComponent.HOT_WATER:
        return [own]
    k = tariffs.heat_in_water[account.service_area]
    heat = convert_volume(volume.amount * k, Unit.GCAL, Unit.GCAL)
    because = f"{format_quantity(volume.amount)} м3 × {format_quantity(k)} Гкал/м3"
    return [own, line(PriceComponent.HEAT, heat, Unit.GCAL, because)]


def _water_component(pricing: HotWaterPricing) -> PriceComponent:
    """What a cubic metre of hot water is paid as; but for HOT_WATER the heat in it is paid beside."""
    match pricing:
        case HotWaterPricing.SINGLE:
            return PriceComponent.HOT_WATER
        case HotWaterPricing.CLOSED:
            return PriceComponent.COLD_WATER
        case HotWaterPricing.OPEN:
            return PriceComponent.HEAT_CARRIER
        case _:
            assert_never(pricing)


def price_line(
    account: Account,
    *,
    kind: LineKind,
    month: Month,
    resource: Resource,
    component: PriceComponent,
    serial: str | None,
    basis: VolumeBasis,
    amount: Quantity,
    unit: Unit,
    because: str,
    tariffs: Tariffs,
) -> ChargeLine:
    """`amount` of `unit` at the price of the month's first day; MissingTariff where there is none.

    VAT is in the price or on it, as the tariffs say of the account's group; a benefit comes off before it.
    """
    price = tariffs.price(component, account.group, account.service_area, month.first)
    whole = round_to_kopecks(amount * price.value)
    benefit = round_to_kopecks(whole * account.benefit_percent / 100)
    payable = Money(whole - benefit)
    vat = tariffs.vat[account.group]
    if vat.included:
        tax = round_to_kopecks(payable * vat.percent / (100 + vat.percent))
        net, sum_ = Money(payable - tax), payable
    else:
        tax = round_to_kopecks(payable * vat.percent / 100)
        net, sum_ = payable, Money(payable + tax)
    return ChargeLine(
        kind=kind,
        month=month,
        resource=resource,
        component=component,
        meter=serial,
        basis=basis,
        volume=amount,
        unit=unit,
        price=price.value,
        net=net,
        vat=tax,
        benefit=benefit,
        sum=sum_,
        because=because,
        source=price.source,
    )


def share_of_line(line: ChargeLine, kind: LineKind, part: Decimal, because: str, source: str) -> ChargeLine:
    """That part (−1…1) of a line's money, without a volume; VAT in the proportion of the line's own."""
    sum_, tax = round_to_kopecks(line.sum * part), round_to_kopecks(line.vat * part)
    return replace(
        line,
        kind=kind,
        basis=None,
        volume=Quantity(Decimal(0)),
        unit=None,
        price=None,
        net=Money(sum_ - tax),
        vat=tax,
        benefit=round_to_kopecks(line.benefit * part),
        sum=sum_,
        because=because,
        source=source,
    )


def reverse_line(line: ChargeLine, kind: LineKind, basis: VolumeBasis | None, because: str) -> ChargeLine:
    """The line taken back, to the kopeck."""
    return replace(
        line,
        kind=kind,
        basis=basis,
        volume=Quantity(-line.volume),
        net=Money(-line.net),
        vat=Money(-line.vat),
        benefit=Money(-line.benefit),
        sum=Money(-line.sum),
        because=because,
    )
