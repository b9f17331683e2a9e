"""What the ledger knows of the accounts of a letter or a table: the register's word, and what their meters showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from mailbot.model import KnownAccount, StandingReading
from mailbot.model.ledger.accounts_and_meters import DatedReading, Month
from mailbot.store.accounts.accounts import registered
from mailbot.store.ledger import meter_readings
from mailbot.store.schema.ledger import account, bill_run, meter_reading


def ledger_known(connection: Connection) -> bool:
    """Has the company imported a register of accounts at all?"""
    return connection.scalar(select(account.c.number).limit(1)) is not None


def closed_month(connection: Connection) -> Month | None:
    """The newest month that is charged, or is being charged."""
    newest = connection.scalar(select(func.max(bill_run.c.month)))
    return Month.read(newest) if newest else None


def known_accounts(connection: Connection, numbers: Iterable[str], since: Month) -> tuple[KnownAccount, ...]:
    """The accounts that the register has, with their standing readings of `since` and later months.

    Of a meter that has none since then, all its earlier ones: the last of them is what the next is compared with.
    """
    held = registered(connection, numbers)
    readings = _standing(connection, held, meter_reading.c.month >= str(since))
    silent = {
        number
        for number, entry in held.items()
        if {meter.serial for meter in entry.account.meters}
        - {standing.reading.meter for standing in readings[number]}
    }
    earlier = _standing(connection, silent, meter_reading.c.month < str(since))
    accounts = []
    for number, entry in held.items():
        recent = {standing.reading.meter for standing in readings[number]}
        older = [standing for standing in earlier[number] if standing.reading.meter not in recent]
        accounts.append(KnownAccount(entry.account, entry.emails, (*older, *readings[number])))
    return tuple(accounts)


def _standing(
    connection: Connection, numbers: Iterable[str], *conditions: meter_readings.Condition
) -> defaultdict[str, list[StandingReading]]:
    standing_readings: defaultdict[str, list[StandingReading]] = defaultdict(list)
    for ledger_reading in meter_readings.of_accounts(connection, numbers, *conditions):
        if not ledger_reading.replaced and ledger_reading.value is not None:
            reading = DatedReading(
                ledger_reading.meter, ledger_reading.value, ledger_reading.day, ledger_reading.month
            )
            standing_readings[ledger_reading.account].append(StandingReading(ledger_reading.id, reading))
    return standing_readings
