"""A bill to vary: October's of a flat with hot water by a meter and heating by the norm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mailbot.model import Resource, Unit
from mailbot.model.bill.bill import Bill, Payee
from mailbot.model.ledger.accounts_and_meters import Account, ClientGroup, Month, Premises
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, Payment, PriceComponent, VolumeBasis
from mailbot.model.ledger.money import Money, Quantity
from tests.composing.material import package_rulebook

HELD = Account(
    "4710325",
    ClientGroup.INDIVIDUAL,
    "Прикамский",
    Premises("п. Прикамский, ул. Мира, д. 5, кв. 12", Decimal("54.30"), 2),
    (Resource.HEATING, Resource.HOT_WATER),
)
PAYEE = Payee(
    "ООО «ЭкоСтрой»", "5900000000", "590001001", "40702810600000000001", "БАНК ПРИМЕР", "045773999",
    "30101810300000000999", "пос. Прикамский, ул. Солнечная, 1/5", True,
)  # fmt: skip
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def line(
    resource: Resource,
    component: PriceComponent,
    volume: str,
    sum_: str,
    month: Month = OCTOBER,
    *,
    kind: LineKind = LineKind.CHARGE,
    basis: VolumeBasis = VolumeBasis.METER,
) -> ChargeLine:
    heat = component is PriceComponent.HEAT
    return ChargeLine(
        kind=kind,
        month=month,
        resource=resource,
        component=component,
        meter=None,
        basis=basis,
        volume=Quantity(Decimal(volume)),
        unit=Unit.GCAL if heat else Unit.M3,
        price=Decimal("2345.60"),
        net=Money(Decimal(sum_)),
        vat=Money(Decimal(0)),
        benefit=Money(Decimal(0)),
        sum=Money(Decimal(sum_)),
        because="показания",
        source="тариф",
    )


def charge(month: Month, water: str, heating: str = "0.85", *more: ChargeLine) -> Charge:
    lines = (
        line(Resource.HEATING, PriceComponent.HEAT, heating, "1993.76", month, basis=VolumeBasis.NORM),
        line(Resource.HOT_WATER, PriceComponent.COLD_WATER, water, "300.00", month),
        line(Resource.HOT_WATER, PriceComponent.HEAT, "0.25", "729.77", month),
    )
    return Charge(HELD, month, (*lines, *more))


BILL = Bill(
    account=HELD,
    name="Зырянова Светлана Юрьевна",
    charge=charge(OCTOBER, "4.5"),
    issued_on=date(2026, 11, 5),
    due=date(2026, 11, 15),
    opening=Decimal("2506.16"),
    payments=(Payment(date(2026, 10, 12), Decimal("1006.16"), "п-1"),),
    previous=charge(SEPTEMBER, "3.7"),
    year_ago=charge(Month(2025, 10), "5.7", "0.85"),
    meters=(),
    notices=(),
    payee=PAYEE,
    channels=package_rulebook().channels,
)
PDF = b"%PDF-1.7 a specimen\n" * 400
PNG = b"\x89PNG\r\n\x1a\n a specimen" * 40
