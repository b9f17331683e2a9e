"""Tariffs and norms by resource, client group, service area and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailbot.billing.penalty import PenaltyRate
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import BillingTerms, ClientGroup, Norm
from mailbot.model.ledger.charges import PriceComponent


class HotWaterPricing(StrEnum):
    """How hot water is priced in a service area."""

    CLOSED = "closed"  # cold water + k × heat
    OPEN = "open"  # heat carrier + k × heat
    SINGLE = "single"  # one price a cubic metre


@dataclass(frozen=True, slots=True)
class Price:
    """`value` roubles a unit, with VAT in it or without, from `since` to `until` (both inclusive; None: open)."""

    component: PriceComponent
    group: ClientGroup
    area: str
    value: Decimal
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Vat:
    """`percent` 0: no VAT. `included`: prices hold it already (individuals), else it is added (organisations)."""

    percent: Decimal
    included: bool


@dataclass(frozen=True, slots=True)
class Tariffs:
    """All of `rules/tariffs.toml`, checked: for each day at most one price of a kind."""

    prices: tuple[Price, ...]
    norms: tuple[Norm, ...]
    vat: dict[ClientGroup, Vat]
    hot_water: dict[str, HotWaterPricing]
    heat_in_water: dict[str, Decimal]  # k: Гкал in one м³
    penalty_rates: tuple[PenaltyRate, ...]
    terms: BillingTerms

    def price(self, component: PriceComponent, group: ClientGroup, area: str, day: date) -> Price:
        """The price of a day; MissingTariff names what is not there."""
        for price in self.prices:
            if (price.component, price.group, price.area) == (component, group, area) and _holds(price, day):
                return price
        raise MissingTariff(
            f"нет тарифа: {component}, {group}, «{area}», {day:%d.%m.%Y}; добавьте его в tariffs.toml"
        )

    def hot_water_pricing(self, area: str) -> HotWaterPricing:
        return self.hot_water.get(area, HotWaterPricing.SINGLE)

    def norm(self, resource: Resource, area: str, day: date) -> Norm:
        """The norm of a day; MissingTariff where there is none."""
        for norm in self.norms:
            if (norm.resource, norm.area) == (resource, area) and _holds(norm, day):
                return norm
        raise MissingTariff(
            f"нет норматива: {resource}, «{area}», {day:%d.%m.%Y}; добавьте его в tariffs.toml"
        )


class MissingTariff(LookupError):
    """A price or a norm that a charge needs is not given; the message (Russian) says which."""


def _holds(one: Price | Norm, day: date) -> bool:
    return one.since <= day and (one.until is None or day <= one.until)
