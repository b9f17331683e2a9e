"""Readings of meters in the ledger: rows are only added; a correction replaces a row, and both stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import DatedReading, Month
from mailbot.model.ledger.sources import ReadingSource
from mailbot.store.database.batches import batches
from mailbot.store.schema.ledger import meter_reading

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class ReadingToStore:
    """A reading to be kept. `reading_id`: the row of the letter's case it came from."""

    account: str
    reading: DatedReading
    source: ReadingSource
    reading_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReading:
    """A row of the ledger. `value` None withdraws what it `replaces`; `replaced` tells that it counts no longer."""

    id: int
    account: str
    meter: str
    value: Decimal | None
    day: date
    month: Month
    source: ReadingSource
    reading_id: int | None
    replaces: int | None
    replaced: bool
    entered_at: datetime
    by: str
    reason: str


def save_readings(connection: Connection, readings: Iterable[ReadingToStore], by: str, now: datetime) -> int:
    """Keep readings; one that stands already (account, meter, day, value) is not kept twice. How many were new."""
    wanted = {
        (reading.account, reading.reading.meter, reading.reading.day, reading.reading.value): reading
        for reading in readings
    }
    if not wanted:
        return 0
    days = [entry.reading.day for entry in wanted.values()]
    same_days = meter_reading.c.day.between(min(days), max(days))
    standing = {
        (account.account, account.meter, account.day, account.value)
        for account in of_accounts(connection, {entry.account for entry in wanted.values()}, same_days)
        if not account.replaced and account.value is not None
    }
    rows = [_row(entry, by, now) for key, entry in wanted.items() if key not in standing]
    if rows:
        connection.execute(insert(meter_reading), rows)
    return len(rows)


def _row(one: ReadingToStore, by: str, now: datetime) -> dict[str, Any]:
    return {
        "account": one.account,
        "serial": one.reading.meter,
        "value": str(one.reading.value),
        "day": one.reading.day,
        "month": str(one.reading.month),
        "source": one.source,
        "reading_id": one.reading_id,
        "entered_at": now,
        "by": by,
        "reason": one.reason,
    }


def replace_reading(
    connection: Connection,
    row_id: int,
    value: Decimal | None,
    by: str,
    reason: str,
    now: datetime,
    *,
    source: ReadingSource = ReadingSource.PERSON,
    reading_id: int | None = None,
) -> int:
    """Put another value in the place of a row (None: withdraw it); the id of the new row.

    The day and the month stay: it is the same dial on the same day. RequestRefused where the row was replaced already.
    """
    old = connection.execute(
        select(meter_reading).where(meter_reading.c.id == row_id).with_for_update()
    ).one_or_none()
    if old is None:
        raise RequestRefused("Такого показания в книге нет. Обновите страницу.")
    newer = select(meter_reading.c.id).where(meter_reading.c.replaces == row_id)
    if connection.scalar(newer) is not None:
        raise RequestRefused("Это показание уже исправлено. Обновите страницу и исправьте новое.")
    statement = insert(meter_reading).values(
        account=old.account,
        serial=old.serial,
        value=None if value is None else str(value),
        day=old.day,
        month=old.month,
        source=source,
        reading_id=reading_id if reading_id is not None else old.reading_id,
        replaces=row_id,
        entered_at=now,
        by=by,
        reason=reason,
    )
    return int(connection.execute(statement.returning(meter_reading.c.id)).scalar_one())


def of_accounts(
    connection: Connection, accounts: Iterable[str], *conditions: Condition
) -> tuple[LedgerReading, ...]:
    """Every row of the accounts, oldest month first, the replaced ones among them."""
    newer = meter_reading.alias("newer")
    query = (
        select(meter_reading, newer.c.id.label("newer_id"))
        .outerjoin(newer, newer.c.replaces == meter_reading.c.id)
        .order_by(meter_reading.c.account, meter_reading.c.month, meter_reading.c.day, meter_reading.c.id)
    )
    return tuple(
        _ledger_reading(row)
        for some in batches(accounts)
        for row in connection.execute(query.where(meter_reading.c.account.in_(some), *conditions))
    )


def standing(connection: Connection, accounts: Iterable[str]) -> dict[str, tuple[DatedReading, ...]]:
    """What counts now, by account: neither replaced nor withdrawn."""
    dated_readings: dict[str, list[DatedReading]] = {}
    for reading in of_accounts(connection, accounts):
        if not reading.replaced and reading.value is not None:
            dated_readings.setdefault(reading.account, []).append(
                DatedReading(reading.meter, reading.value, reading.day, reading.month)
            )
    return {account: tuple(many) for account, many in dated_readings.items()}


def of_readings(connection: Connection, reading_ids: Iterable[int]) -> tuple[LedgerReading, ...]:
    """Every row that came of these readings of cases, oldest first, the replaced ones among them."""
    wanted = list(reading_ids)
    if not wanted:
        return ()
    newer = meter_reading.alias("newer")
    query = (
        select(meter_reading, newer.c.id.label("newer_id"))
        .outerjoin(newer, newer.c.replaces == meter_reading.c.id)
        .where(meter_reading.c.reading_id.in_(wanted))
        .order_by(meter_reading.c.id)
    )
    return tuple(_ledger_reading(row) for row in connection.execute(query))


def _ledger_reading(row: Any) -> LedgerReading:
    return LedgerReading(
        id=row.id,
        account=row.account,
        meter=row.serial,
        value=None if row.value is None else Decimal(row.value),
        day=row.day,
        month=Month.read(row.month),
        source=ReadingSource(row.source),
        reading_id=row.reading_id,
        replaces=row.replaces,
        replaced=row.newer_id is not None,
        entered_at=row.entered_at,
        by=row.by,
        reason=row.reason,
    )
