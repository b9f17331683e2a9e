"""What the machine accepts and a person judges, written through to the ledger: by adding rows, never by changing one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from mailbot.model import Channel, LedgerEntry
from mailbot.model.ledger.accounts_and_meters import DatedReading
from mailbot.model.ledger.sources import ReadingSource
from mailbot.store.case_log.events import MACHINE
from mailbot.store.ledger.meter_readings import (
    LedgerReading,
    ReadingToStore,
    of_accounts,
    of_readings,
    replace_reading,
    save_readings,
)
from mailbot.store.schema.ledger import meter_reading

CORRECTED = "исправлено более поздним показанием за тот же месяц"
BY_PERSON = "исправлено сотрудником"
OTHER_METER = "показание другого прибора"
TAKEN_BACK = "действие отменено"


@dataclass(frozen=True, slots=True)
class DialReading:
    """A reading of a case as a person wants it in the ledger."""

    account: str
    reading: DatedReading


def enter(
    connection: Connection, entries: Sequence[tuple[LedgerEntry, int]], channel: Channel, now: datetime
) -> None:
    """Write the accepted readings of a letter; each comes with its row in `reading`."""
    source = ReadingSource(channel)
    fresh = [
        ReadingToStore(entry.account, entry.reading, source, reading_id)
        for entry, reading_id in entries
        if not entry.stands and not entry.replaces
    ]
    save_readings(connection, fresh, MACHINE, now)
    for entry, reading_id in entries:
        _correct(connection, entry.replaces, entry.reading.value, MACHINE, now, source, reading_id)


def _correct(
    connection: Connection,
    rows: Sequence[int],
    value: Decimal,
    by: str,
    now: datetime,
    source: ReadingSource,
    reading_id: int,
) -> None:
    """The newest of the rows gets the value, the others are withdrawn: all stood above it, and no dial runs back."""
    for row_id in rows:
        its = value if row_id == rows[-1] else None
        replace_reading(connection, row_id, its, by, CORRECTED, now, source=source, reading_id=reading_id)


def put(connection: Connection, reading_id: int, wanted: DialReading, by: str, now: datetime) -> None:
    """Let the ledger hold a person's word on a reading: taken, or put in the place of what it held of it."""
    reading, own = wanted.reading, None
    for row in _newest(of_readings(connection, [reading_id])):
        if (row.account, row.meter) != (wanted.account, reading.meter):
            _give_back(connection, row, by, OTHER_METER, now)
        elif own is None or own.value is None:
            own = row
    if own is not None:
        if own.value != reading.value:
            replace_reading(connection, own.id, reading.value, by, BY_PERSON, now)
        return
    same_month = meter_reading.c.month == str(reading.month)
    greater = [
        ledger_reading.id
        for ledger_reading in _newest(of_accounts(connection, [wanted.account], same_month))
        if ledger_reading.meter == reading.meter
        and ledger_reading.value is not None
        and ledger_reading.value > reading.value
    ]
    if greater:
        _correct(connection, greater, reading.value, by, now, ReadingSource.PERSON, reading_id)
    else:
        save_readings(
            connection, [ReadingToStore(wanted.account, reading, ReadingSource.PERSON, reading_id)], by, now
        )


def withdraw(connection: Connection, reading_id: int, by: str, reason: str, now: datetime) -> None:
    """Let the ledger hold nothing of a reading; what it had corrected stands again."""
    for row in _newest(of_readings(connection, [reading_id])):
        _give_back(connection, row, by, reason, now)


def state_of(connection: Connection, reading_ids: Iterable[int]) -> dict[str, str | None]:
    """What stands of these readings: value (None: withdrawn) by the id of the row, for `bring_back`."""
    return {str(row.id): _text(row.value) for row in _newest(of_readings(connection, reading_ids))}


def bring_back(
    connection: Connection,
    reading_ids: Iterable[int],
    before: Mapping[str, str | None],
    by: str,
    now: datetime,
) -> None:
    """Let the ledger say again what it said at `state_of`: rows are added, none is taken away."""
    own = of_readings(connection, reading_ids)
    rows = of_accounts(connection, {row.account for row in own})
    newer = {row.replaces: row for row in rows if row.replaces is not None}
    settled = set()
    for row in own:
        if str(row.id) in before:
            said, last = before[str(row.id)], row
            while last.id in newer:
                last = newer[last.id]
            settled.add(last.id)
            if said != _text(last.value):
                value = None if said is None else Decimal(said)
                _replace(connection, last, value, row, by, TAKEN_BACK, now)
    for row in _newest(own):
        if row.id not in settled:
            _give_back(connection, row, by, TAKEN_BACK, now)


def _give_back(connection: Connection, row: LedgerReading, by: str, reason: str, now: datetime) -> None:
    """Put what stood before the row's reading in its place: nothing, or what it had corrected."""
    rows = {account.id: account for account in of_accounts(connection, [row.account])}
    before: LedgerReading | None = row
    while before is not None and before.reading_id == row.reading_id:
        before = rows[before.replaces] if before.replaces is not None else None
    value = before.value if before is not None else None
    if value != row.value:
        _replace(connection, row, value, before or row, by, reason, now)


def _replace(
    connection: Connection,
    row: LedgerReading,
    value: Decimal | None,
    like: LedgerReading,
    by: str,
    reason: str,
    now: datetime,
) -> None:
    """The new row belongs to the reading of a case that `like` belongs to."""
    replace_reading(
        connection, row.id, value, by, reason, now, source=like.source, reading_id=like.reading_id
    )


def _newest(rows: Iterable[LedgerReading]) -> list[LedgerReading]:
    return [row for row in rows if not row.replaced]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
