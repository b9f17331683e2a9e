"""Specimens that every template must set: a flat with something of everything, one paid ahead, a shop, a statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from mailbot.model import ContactChannels, Resource, Unit
from mailbot.model.bill.bill import AccountPaper, Bill, MeterUse, MonthlyVolume, Payee
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DatedReading,
    Meter,
    Month,
    Premises,
)
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, Payment, PriceComponent, VolumeBasis
from mailbot.model.ledger.money import Money, Quantity
from mailbot.model.ledger.reconciliation import Statement, StatementMonth

OCTOBER = Month(2026, 10)
ISSUED = date(2026, 11, 4)
PAYEE = Payee(
    "ООО «Пример»", "5900000000", "590001001", "40702810600000000001", "БАНК ПРИМЕР", "045773999",
    "30101810300000000999", "п. Прикамский, ул. Мира, 1", confirmed=True,
)  # fmt: skip
CHANNELS = ContactChannels(
    confirmed=True, company="ООО «Пример»", signature="", mail="mail@mail.example", own_addresses=(),
    office="ул. Мира, 1", office_hours="с 8 до 17", phones=("8 (34241) 0-00-00",), emergency_phone="112",
    site="mail.example", cabinet="mail.example/lk", reading_days="до 25-го числа", payment_ways=("в банке", "в офисе"),
    days=(1,), opens=time(8), closes=time(17), time_zone="Asia/Yekaterinburg",
)  # fmt: skip
DIAL = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1), None, date(2030, 1, 1))
SILENT = Meter("7702", Resource.HEATING, Unit.GJ, 5, date(2024, 1, 1))
FLAT = Account(
    "4710325", ClientGroup.INDIVIDUAL, "Прикамский", Premises("ул. Мира, 5, кв. 12", Decimal("54.3"), 2),
    (Resource.HEATING, Resource.HOT_WATER), (DIAL, SILENT), Decimal(50),
)  # fmt: skip


def bills() -> tuple[Bill, ...]:
    """Owing with everything; paid ahead with next to nothing; an organisation of each."""
    owing = _owing(FLAT)
    bare = replace(
        owing,
        charge=Charge(replace(FLAT, meters=(), benefit_percent=Decimal(0)), OCTOBER, ()),
        opening=Decimal("-100.00"),
        payments=(),
        previous=None,
        year_ago=None,
        meters=(),
        notices=(),
        payee=replace(PAYEE, kpp=""),
    )
    shop = replace(FLAT, group=ClientGroup.BUSINESS)
    return owing, bare, _owing(shop), replace(bare, account=shop)


def statement_paper() -> AccountPaper:
    """Two months, the second paid ahead."""
    paid = (Payment(date(2026, 10, 9), Decimal("1500.00"), "1010"),)
    months = (
        StatementMonth(
            month=OCTOBER.preceding,
            opening=Decimal(0),
            charged=Money(Decimal("1000.00")),
            penalty=Money(Decimal("0.00")),
            corrections=Money(Decimal("0.00")),
            payments=(),
        ),
        StatementMonth(
            month=OCTOBER,
            opening=Decimal(1000),
            charged=Money(Decimal("420.10")),
            penalty=Money(Decimal("20.10")),
            corrections=Money(Decimal("0.00")),
            payments=paid,
        ),
    )
    statement = Statement(Decimal("0.00"), months)
    return AccountPaper(FLAT, "Кошкина Анна Петровна", statement, Decimal("-79.90"), ISSUED, PAYEE, CHANNELS)


def _owing(account: Account) -> Bill:
    charge = Charge(account, OCTOBER, _lines())
    first, last = (
        DatedReading("5501", Decimal(value), date(2026, month, 22), Month(2026, month))
        for value, month in (("120.5", 9), ("126", 10))
    )
    bars = tuple(
        MonthlyVolume(OCTOBER.back(back), None if back == 5 else Decimal(back), _basis(back), charged=True)
        for back in range(12, -1, -1)
    )
    return Bill(
        account=account,
        name="Кошкина Анна Петровна",
        charge=charge,
        issued_on=ISSUED,
        due=date(2026, 11, 15),
        opening=Decimal("350.00"),
        payments=(Payment(date(2026, 10, 9), Decimal("300.00"), "1010", OCTOBER.preceding),),
        previous=replace(charge, month=OCTOBER.preceding),
        year_ago=replace(charge, month=OCTOBER.back(12)),
        meters=(MeterUse(DIAL, first, last, bars), MeterUse(SILENT, None, None, bars)),
        notices=("С 9 ноября 2026 года горячей воды не будет до 14 ноября: плановый ремонт.",),
        payee=PAYEE,
        channels=CHANNELS,
    )


def _basis(back: int) -> VolumeBasis | None:
    return None if back == 5 else VolumeBasis.AVERAGE if back in (3, 4) else VolumeBasis.METER


def _lines() -> tuple[ChargeLine, ...]:
    """A line of each kind, each basis and each component."""
    kinds, bases, parts = tuple(LineKind), tuple(VolumeBasis), tuple(PriceComponent)
    return tuple(_line(kind, bases[at % len(bases)], parts[at % len(parts)]) for at, kind in enumerate(kinds))


def _line(kind: LineKind, basis: VolumeBasis, component: PriceComponent) -> ChargeLine:
    if kind is LineKind.PENALTY:
        return ChargeLine(
            kind=kind,
            month=OCTOBER,
            resource=None,
            component=None,
            meter=None,
            basis=None,
            volume=Quantity(Decimal(0)),
            unit=None,
            price=None,
            net=Money(Decimal("3.10")),
            vat=Money(Decimal("0.00")),
            benefit=Money(Decimal("0.00")),
            sum=Money(Decimal("3.10")),
            because="пеня по 31.10.2026",
            source="ЖК РФ",
        )
    heats = component is PriceComponent.HEAT
    return ChargeLine(
        kind=kind,
        month=OCTOBER,
        resource=Resource.HEATING if heats else Resource.HOT_WATER,
        component=component,
        meter="5501",
        basis=basis,
        volume=Quantity(Decimal("5.500")),
        unit=Unit.GCAL if heats else Unit.M3,
        price=Decimal("41.20"),
        net=Money(Decimal("100.00")),
        vat=Money(Decimal("22.00")),
        benefit=Money(Decimal("5.00")),
        sum=Money(Decimal("122.00")),
        because="показания 120,5 и 126",
        source="пример",
    )
