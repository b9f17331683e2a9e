"""A small town for the tests of runs: flats, their readings, and months charged in a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mailbot.billing.tariff_file import FILE, load_tariffs
from mailbot.config import load_sources
from mailbot.model import Resource, Unit
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
from mailbot.model.ledger.sources import ReadingSource
from mailbot.services.ledger.bills.month_closing import (
    ChargeRunPlan,
    ChargeRunResult,
    run_month,
    tariffs_version,
)
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.ledger import meter_readings
from mailbot.store.ledger.meter_readings import ReadingToStore

SOURCE = next(one for one in load_sources("rules") if one.name == FILE)
TARIFFS = load_tariffs(SOURCE)
VERSION = tariffs_version(SOURCE.text)
SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)


def flat(number: str, serial: str = "5501") -> RegisteredAccount:
    """A flat of two residents, heated by the norm, its hot water metered."""
    meter = Meter(serial, Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1), None, date(2032, 1, 1))
    premises = Premises("Мира, 5-12", Decimal("54.3"), 2)
    resources = (Resource.HEATING, Resource.HOT_WATER)
    held = Account(number, ClientGroup.INDIVIDUAL, "Прикамский", premises, resources, (meter,))
    return RegisteredAccount(held, "Кошкина Анна", (f"k{number}@b.ru",), (), DeliveryMethod.EMAIL)


def without_meters(one: RegisteredAccount) -> RegisteredAccount:
    return replace(one, account=replace(one.account, meters=()))


def settle(store: Store, *people: RegisteredAccount) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, people)


def read(
    store: Store, number: str, value: str, day: date, serial: str = "5501", *, entered: datetime
) -> None:
    """A reading comes in, on the day `entered`."""
    reading = DatedReading(serial, Decimal(value), day, TARIFFS.terms.month_for(day))
    with store.write() as transaction:
        meter_readings.save_readings(
            transaction,
            [ReadingToStore(number, reading, ReadingSource.MAIL)],
            "mailbot",
            entered,
        )


def close(store: Store, month: Month, *only: str, at: datetime | None = None) -> ChargeRunResult:
    """Charge the month on the second day after it."""
    now = at or datetime(month.following.year, month.following.number, 2, 9, tzinfo=UTC)
    newest = TARIFFS.terms.month_for(now.date()).preceding
    return run_month(store, ChargeRunPlan(month, TARIFFS, VERSION, "Зуева", now, newest, only))
