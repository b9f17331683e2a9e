"""Accounts, dials and tariffs of the billing tests: what a test does not say is as here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailbot.billing.consumption_history import Consumption
from mailbot.billing.month_charge import charge_month
from mailbot.billing.penalty import PenaltyRate
from mailbot.billing.tariffs import HotWaterPricing, Price, Tariffs, Vat
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    BillingTerms,
    ClientGroup,
    DatedReading,
    Meter,
    Month,
    Norm,
    Premises,
)
from mailbot.model.ledger.charges import (
    Adjustment,
    Charge,
    ChargeInputs,
    ChargeLine,
    LineKind,
    Payment,
    PriceComponent,
    VolumeBasis,
    add_sums,
)

D = Decimal
AREA = "Прикамский"
SINCE = date(2026, 1, 1)
SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (Month(2026, number) for number in (9, 10, 11, 12))
RATE = (PenaltyRate(date(2020, 1, 1), D("9.5")),)
NO_VAT, VAT_IN_PRICE = Vat(D(0), included=True), Vat(D(22), included=True)
METER = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1))


def tariffs(
    *,
    hot: HotWaterPricing = HotWaterPricing.CLOSED,
    vat: Vat = NO_VAT,
    group: ClientGroup = ClientGroup.INDIVIDUAL,
    rates: tuple[PenaltyRate, ...] = RATE,
) -> Tariffs:
    """Heat 2345.67 ₽/Гкал, cold water 41.20, heat carrier 52.30, hot water 180.10 ₽/м³; k 0.0545 Гкал/м³; norms
    0.0235 Гкал/м² and 3.2 м³ a resident."""

    def price(component: PriceComponent, value: str) -> Price:
        return Price(component, group, AREA, D(value), SINCE, None, "пример")

    return Tariffs(
        prices=(
            price(PriceComponent.HEAT, "2345.67"),
            price(PriceComponent.COLD_WATER, "41.20"),
            price(PriceComponent.HEAT_CARRIER, "52.30"),
            price(PriceComponent.HOT_WATER, "180.10"),
        ),
        norms=(
            Norm(Resource.HEATING, AREA, D("0.0235"), SINCE, None, "пример"),
            Norm(Resource.HOT_WATER, AREA, D("3.2"), SINCE, None, "пример"),
        ),
        vat={group: vat},
        hot_water={AREA: hot},
        heat_in_water={AREA: D("0.0545")},
        penalty_rates=rates,
        terms=BillingTerms(),
    )


def heat_dearer_since_october(found: Tariffs) -> Tariffs:
    """The same, with heat at 2610.40 ₽/Гкал from 1 October 2026."""
    changed: list[Price] = []
    for one in found.prices:
        if one.component is PriceComponent.HEAT:
            changed.append(replace(one, until=date(2026, 9, 30)))
            changed.append(replace(one, value=D("2610.40"), since=date(2026, 10, 1)))
        else:
            changed.append(one)
    return replace(found, prices=tuple(changed))


def at_price(found: Tariffs, component: PriceComponent, value: str) -> Tariffs:
    """The same, with that component at that price."""
    changed = (replace(one, value=D(value)) if one.component is component else one for one in found.prices)
    return replace(found, prices=tuple(changed))


def account(*resources: Resource, meters: tuple[Meter, ...] = (), **changed: object) -> Account:
    """54.3 m², two residents."""
    fields = {
        "number": "440215",
        "group": ClientGroup.INDIVIDUAL,
        "service_area": AREA,
        "premises": Premises("Мира, 5-12", D("54.3"), 2),
        "resources": resources,
        "meters": meters,
    }
    return Account(**{**fields, **changed})  # type: ignore[arg-type]


def reading(value: str, day: date, meter: str = "5501") -> DatedReading:
    return DatedReading(meter, D(value), day, BillingTerms().month_for(day))


WATER = [reading("112", date(2026, 9, 24)), reading("118.5", date(2026, 10, 20))]


def dial(first: Month, *values: str | None, meter: str = "5501") -> tuple[DatedReading, ...]:
    """Readings of the 20th of successive months; None: none was sent."""
    found: list[DatedReading] = []
    at = first
    for value in values:
        if value is not None:
            found.append(reading(value, at.first.replace(day=20), meter))
        at = at.following
    return tuple(found)


def months(
    *amounts: str, basis: VolumeBasis = VolumeBasis.METER, last: Month = SEPTEMBER
) -> tuple[Consumption, ...]:
    """Consumption of successive months, the newest last."""
    found, at = [], last
    for amount in reversed(amounts):
        found.append(Consumption(at, D(amount), basis))
        at = at.preceding
    return tuple(reversed(found))


def run(
    who: Account,
    first: Month,
    last: Month,
    prices: Tariffs,
    *,
    readings: Sequence[DatedReading] = (),
    grounds: Sequence[Adjustment] = (),
    paid: Sequence[Payment] = (),
    closed: Sequence[Charge] = (),
    changed: Month | None = None,
) -> list[Charge]:
    """The charges of the months, those `closed` before them; `changed` is what the first of the runs finds changed."""
    found, at = list(closed), first
    while at <= last:
        book = ChargeInputs(who, tuple(readings), tuple(grounds), tuple(found), tuple(paid), changed)
        found.append(charge_month(book, at, prices))
        at, changed = at.following, None
    return found


def told(charge: Charge) -> list[tuple[str, str, str]]:
    """(kind month, volume, sum) of each line, as a person with a calculator writes them; penalties apart."""
    return [(f"{one.kind} {one.month}", str(one.volume), str(one.sum)) for one in _supplied(charge)]


def asked(charge: Charge) -> str:
    """What is asked for what was supplied: penalties apart."""
    return str(add_sums(one.sum for one in _supplied(charge)))


def _supplied(charge: Charge) -> list[ChargeLine]:
    return [one for one in charge.lines if one.kind is not LineKind.PENALTY]
