"""One flat with three years behind it: two meters, readings with gaps and a correction, charges, payments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from mailbot.billing.tariff_file import FILE, load_tariffs
from mailbot.billing.tariffs import Tariffs
from mailbot.config import load_sources
from mailbot.model import Resource, SourceFile, Unit
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
from mailbot.model.ledger.sources import PaymentSource, ReadingSource
from mailbot.services.ledger.bills.month_closing import ChargeRunPlan, run_month, tariffs_version
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.ledger import charges, meter_readings, payments
from mailbot.store.ledger.meter_readings import ReadingToStore
from mailbot.store.ledger.payment_lists import NewPayment

NUMBER = "7023144"
WATER = Meter("07500032", Resource.HOT_WATER, Unit.M3, 5, date(2023, 3, 12), None, date(2027, 1, 11))
HEAT = Meter("08436501", Resource.HEATING, Unit.GCAL, 5, date(2023, 3, 12), None, date(2029, 7, 6))
LAST = Month(2026, 10)
"""The last month that is closed."""

SILENT = (Month(2026, 2), Month(2026, 3), Month(2026, 7))
"""Months for which no reading of water came."""

SEASON = {10: "0.9", 11: "1.4", 12: "1.9", 1: "2.1", 2: "1.8", 3: "1.5", 4: "0.8", 5: "0.2", 9: "0.3"}
"""Гкал a month."""


def person() -> RegisteredAccount:
    premises = Premises("п. Прикамский, ул. Солнечная, 1, кв. 18", Decimal("54.3"), 3)
    resources = (Resource.HEATING, Resource.HOT_WATER)
    held = Account(
        NUMBER, ClientGroup.INDIVIDUAL, "Прикамский", premises, resources, (WATER, HEAT), Decimal(50)
    )
    return RegisteredAccount(
        held, "Каменева Светлана Юрьевна", ("svetlana.k81@bk.ru",), ("+79194502218",), DeliveryMethod.EMAIL
    )


def long_tariffs() -> Tariffs:
    """The example's tariffs, as if they had held three years before."""
    source = next(one for one in load_sources("rules") if one.name == FILE)
    return load_tariffs(SourceFile(FILE, source.text.replace("2026-01-01", "2023-01-01")))


def settle(store: Store, months: int = 36) -> None:
    """Put the flat into the ledger: so many months closed up to `LAST`, all but the newest charge paid."""
    with store.write() as transaction:
        register_import.import_register(transaction, [person()])
    tariffs = long_tariffs()
    water, heat = Decimal(554) - Decimal(months) * 4, Decimal(40)
    for back in range(months, -1, -1):
        month = LAST.back(back)
        water, heat = water + 3 + month.number % 3, heat + Decimal(SEASON.get(month.number, "0"))
        _read(store, month, water, heat)
        if back < months:
            _close(store, month, tariffs)


def _read(store: Store, month: Month, water: Decimal, heat: Decimal) -> None:
    day, at = month.first.replace(day=22), datetime(month.year, month.number, 22, 7, 40, tzinfo=UTC)
    known = [DatedReading(HEAT.serial, heat, day, month)]
    if month not in SILENT:
        known.append(DatedReading(WATER.serial, water, day, month))
    source = ReadingSource.MAIL if month.number % 2 else ReadingSource.PHONE
    with store.write() as transaction:
        meter_readings.save_readings(
            transaction,
            [ReadingToStore(NUMBER, one, source) for one in known],
            "mailbot",
            at,
        )
    if month == LAST.back(1):
        with store.write() as transaction:
            rows = meter_readings.of_accounts(transaction, [NUMBER])
            wrong = next(one for one in rows if one.month == month and one.meter == HEAT.serial)
            meter_readings.replace_reading(transaction, wrong.id, heat + Decimal("0.1"), "Зуева А.",
                "в письме описка, проверено по фото", at + timedelta(hours=3),
            )  # fmt: skip


def _close(store: Store, month: Month, tariffs: Tariffs) -> None:
    """Close the month on the first of the next; its charge is paid on the tenth, the newest not yet."""
    after = month.following
    now = datetime(after.year, after.number, 1, 6, tzinfo=UTC)
    version = tariffs_version("flat")
    run_month(store, ChargeRunPlan(month, tariffs, version, "Зуева А.", now, month))
    total = store.ask(charges.charges, [NUMBER], month)[NUMBER][0].total
    if month < LAST and total > 0:
        paid = NewPayment(NUMBER, total, after.first.replace(day=10), f"{1000 + after.number}", month)
        with store.write() as transaction:
            payments.save_payments(transaction, [paid], PaymentSource.BANK, "банк", now + timedelta(days=9))
