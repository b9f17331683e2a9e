"""A town made up for measuring: accounts with meters, and years of readings, the same for the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

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
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.ledger import meter_readings
from mailbot.store.ledger.meter_readings import ReadingToStore

AREA = "Прикамский"
SILENT = 0.08
"""The share of months for which no reading comes."""


def account(at: int) -> RegisteredAccount:
    """A flat with a hot-water meter; every third has a heat meter too; every tenth has none."""
    number = f"{1_000_000 + at}"
    meters = []
    if at % 10:
        meters.append(
            Meter(f"9{at:07}", Resource.HOT_WATER, Unit.M3, 5, date(2023, 1, 1), None, date(2035, 1, 1))
        )
    if at % 3 == 0:
        unit = (Unit.GCAL, Unit.GJ, Unit.MWH)[at % 9 // 3]
        meters.append(Meter(f"7{at:07}", Resource.HEATING, unit, 6, date(2023, 1, 1), None, date(2035, 1, 1)))
    group = ClientGroup.BUSINESS if at % 50 == 7 else ClientGroup.INDIVIDUAL
    premises = Premises(f"Мира, {at // 100}-{at % 100}", Decimal(30 + at % 70), 1 + at % 5)
    held = Account(
        number,
        group,
        AREA,
        premises,
        (Resource.HEATING, Resource.HOT_WATER),
        tuple(meters),
        Decimal(50 if at % 20 == 3 else 0),
    )
    return RegisteredAccount(held, f"Клиент {at}", (f"k{at}@b.ru",), (), DeliveryMethod.EMAIL)


def readings(one: Account, first: Month, last: Month) -> Iterator[DatedReading]:
    """One a month of each meter, on some day of the window; now and then none."""
    chance = Random(one.number)
    for meter in one.meters:
        value = Decimal(chance.randrange(10, 400))
        month = first
        while month <= last:
            value += Decimal(chance.randrange(50, 900)) / 100
            if month == first or chance.random() > SILENT:
                yield DatedReading(
                    meter.serial, value, month.first.replace(day=chance.randrange(15, 26)), month
                )
            month = month.following


def build(store: Store, accounts: int, first: Month, last: Month) -> int:
    """Put the town into the ledger; how many readings it has."""
    every = [account(at) for at in range(accounts)]
    with store.write() as transaction:
        register_import.import_register(transaction, every)
    count = 0
    for at in range(0, accounts, 1000):
        taken = [
            ReadingToStore(one.account.number, reading, ReadingSource.TABLE)
            for one in every[at : at + 1000]
            for reading in readings(one.account, first, last)
        ]
        with store.write() as transaction:
            count += meter_readings.save_readings(
                transaction, taken, "таблица", datetime(2023, 1, 1, tzinfo=UTC)
            )
    return count
