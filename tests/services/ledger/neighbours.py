"""Two neighbours with a month of charges, payments and readings each, and letters of theirs as bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from mailbot.model import CaseState, Resource, SendOutcome, Unit
from mailbot.model import SendResult as Delivered
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DatedReading,
    DeliveryMethod,
    Meter,
    Month,
    Premises,
    RegisteredAccount,
)
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, PriceComponent, VolumeBasis
from mailbot.model.ledger.money import Money, Quantity
from mailbot.model.ledger.sources import PaymentSource, ReadingSource
from mailbot.store import CaseSummary, Store
from mailbot.store.accounts import register_import
from mailbot.store.cases import summaries
from mailbot.store.ledger import charges, meter_readings, payments
from mailbot.store.ledger.meter_readings import ReadingToStore
from mailbot.store.ledger.payment_lists import NewPayment
from mailbot.store.mail import outbox
from tests.services.conftest import House

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
ANNA, BORIS = "anna@mail.example", "boris@mail.example"
OWN, NEIGHBOURS, SECOND = "450123", "450124", "450199"
ANNAS_BALANCE, BORIS_BALANCE = "1\u00a0843,76\u00a0₽", "9\u00a0999,00\u00a0₽"
PASS = (
    "Authentication-Results: mail.ru; dmarc=pass header.from=mail.example; dkim=pass header.d=mail.example\n"
)


def flat(number: str, address: str, delivery: DeliveryMethod, email: str, name: str) -> RegisteredAccount:
    meter = Meter(f"77{number[-3:]}", Resource.HEATING, Unit.GCAL, 5, date(2024, 2, 1))
    held = Account(
        number, ClientGroup.INDIVIDUAL, "Прикамский", Premises(address, Decimal("54.3"), 2), (Resource.HEATING,), (meter,)
    )  # fmt: skip
    return RegisteredAccount(held, name, (email,), (), delivery)


FLATS = (
    flat(OWN, "Мира, 5-12", DeliveryMethod.PAPER, ANNA, "Кошкина Анна Петровна"),
    flat(NEIGHBOURS, "Мира, 5-13", DeliveryMethod.PAPER, BORIS, "Мышкин Борис"),
)


def charge(held: Account, month: Month, volume: str, sum_: str) -> Charge:
    because = "показания 12.5 от 20.09.2026 и 13.35 от 20.10.2026"
    heat = ChargeLine(
        kind=LineKind.CHARGE,
        month=month,
        resource=Resource.HEATING,
        component=PriceComponent.HEAT,
        meter=held.meters[0].serial,
        basis=VolumeBasis.METER,
        volume=Quantity(Decimal(volume)),
        unit=Unit.GCAL,
        price=Decimal("2345.60"),
        net=Money(Decimal(sum_)),
        vat=Money(Decimal(0)),
        benefit=Money(Decimal(0)),
        sum=Money(Decimal(sum_)),
        because=because,
        source="тариф",
    )
    return Charge(held, month, (heat,))


def reading(held: Account, value: str) -> ReadingToStore:
    dial = DatedReading(held.meters[0].serial, Decimal(value), date(2026, 10, 20), OCTOBER)
    return ReadingToStore(held.number, dial, ReadingSource.TABLE)


def settle(store: Store, now: datetime) -> None:
    """The register, two closed months, a payment and a reading of each neighbour. Anna owes 1843,76: 150 less than
    her October."""
    with store.write() as transaction:
        register_import.import_register(transaction, FLATS)
        for month in (SEPTEMBER, OCTOBER):
            run = charges.load_planned_run(transaction, month, "t", "тест", now)
            charges.begin(transaction, run)
            sums = {OWN: {SEPTEMBER: ("0.70", "1641.92"), OCTOBER: ("0.85", "1993.76")}[month]}
            sums[NEIGHBOURS] = {SEPTEMBER: ("2", "5000.00"), OCTOBER: ("2", "5000.00")}[month]
            charges.save_charges(
                transaction,
                [charge(one.account, month, *sums[one.account.number]) for one in FLATS],
            )
            charges.finish(transaction, month, now)
        money = [
            NewPayment(OWN, Decimal("1791.92"), date(2026, 11, 3), "п-1"),
            NewPayment(NEIGHBOURS, Decimal("1.00"), date(2026, 11, 4), "п-2"),
        ]
        payments.save_payments(transaction, money, PaymentSource.BANK, "тест", now)
        dials = [reading(one.account, value) for one, value in zip(FLATS, ("13.35", "888.8"), strict=True)]
        meter_readings.save_readings(transaction, dials, "тест", now)


def settled(house: House) -> House:
    settle(house.store, datetime(2026, 11, 2, 6, 0, tzinfo=UTC))
    return house


NUMBERS = iter(range(10_000))


def letter(body: str, *, sender: str = ANNA, subject: str = "Вопрос", headers: str = PASS) -> str:
    return (
        f"{headers}From: {sender}\nTo: 8666@bk.ru\nSubject: {subject}\nMessage-ID: <q{next(NUMBERS)}@mail.example>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n"
    )


def words_of(house: House, case: CaseSummary) -> str:
    """All that our letters of the case say; empty where none was written."""
    return "\n".join(
        one.text
        for one in house.store.ask(
            summaries.outgoing_of, house.store.ask(summaries.case_of, case.number or str(case.id)).id
        )
    )


def deliver(house: House) -> list[bytes]:
    """Deliver what is due, as if a server took everything; the bytes."""
    sent = []
    while (
        item := house.store.do(outbox.claim_outgoing, "test", timedelta(minutes=1), house.now)
    ) is not None:
        house.store.do(
            outbox.record_delivery, item.id, Delivered(SendOutcome.SENT, "250"), house.now, house.now
        )
        sent.append(item.content)
    return sent


def figures_in(text: str) -> set[str]:
    """The figures of the ledger that a text holds, Anna's or Boris's."""
    secret = (
        ANNAS_BALANCE, "1\u00a0993,76", "1\u00a0641,92", "1\u00a0791,92", "13,35",
        BORIS_BALANCE, "5\u00a0000,00", "888,8",
    )  # fmt: skip
    return {one for one in secret if one in text}


WAITING = CaseState.AWAITING_REVIEW
