"""What the next charges of accounts rest on, read as of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, func, select

from mailbot.model.charges import Book, LineKind
from mailbot.model.ledger import DatedReading, Month
from mailbot.store import adjustments, charging, payments
from mailbot.store.accounts import accounts_of
from mailbot.store.charging import Run
from mailbot.store.ledger_tables import adjustment, charge_line, meter_reading

LOOK_BACK = 16
"""Months of lines that a charge needs: twelve of an average (ПП 354 п. 59), three estimated, and one before them."""


def books(connection: Connection, numbers: Sequence[str], run: Run) -> tuple[Book, ...]:
    """The books of the accounts for the run's month, in their order, as of the run's moment."""
    accounts = accounts_of(connection, numbers)
    changed = _changed(connection, numbers, run)
    floor = min((_reach(connection, *one).back(LOOK_BACK) for one in changed.items()), default=run.month)
    floor = min(floor, run.month.back(LOOK_BACK))
    readings = readings_as_of(connection, numbers, run.begun_at)
    grounds = adjustments.of_accounts(connection, numbers, run.begun_at)
    paid = payments.of_accounts(connection, numbers, run.begun_at)
    closed = charging.charges(connection, numbers, floor, run.month)
    earlier = charging.issued(connection, numbers, floor)
    return tuple(
        Book(
            accounts[number],
            readings.get(number, ()),
            grounds.get(number, ()),
            closed.get(number, ()),
            paid.get(number, ()),
            changed.get(number),
            earlier.get(number, ()),
        )
        for number in numbers
    )


def _changed(connection: Connection, numbers: Sequence[str], run: Run) -> dict[str, Month]:
    """The oldest closed month of each account whose readings or grounds were entered since the last run began."""
    if run.previous is None or run.previous_begun_at is None:
        return {}
    found: dict[str, Month] = {}
    query = (
        select(meter_reading.c.account, func.min(meter_reading.c.month))
        .where(
            meter_reading.c.account.in_(numbers),
            meter_reading.c.entered_at > run.previous_begun_at,
            meter_reading.c.entered_at <= run.begun_at,
            meter_reading.c.month <= str(run.previous),
        )
        .group_by(meter_reading.c.account)
    )
    for number, month in connection.execute(query):
        found[number] = Month.read(month)
    grounds = (
        select(adjustment.c.account, func.min(adjustment.c.first))
        .where(
            adjustment.c.account.in_(numbers),
            adjustment.c.entered_at > run.previous_begun_at,
            adjustment.c.entered_at <= run.begun_at,
            adjustment.c.first <= run.previous.last,
        )
        .group_by(adjustment.c.account)
    )
    for number, first in connection.execute(grounds):
        found[number] = min(found.get(number, run.previous), Month.of(first))
    return found


def _reach(connection: Connection, number: str, changed: Month) -> Month:
    """The oldest month that a correction charged since `changed` was for: it will be reckoned anew (`corrections`)."""
    since = changed
    while True:
        oldest = connection.scalar(
            select(func.min(charge_line.c.month)).where(
                charge_line.c.account == number,
                charge_line.c.charged_in >= str(since),
                charge_line.c.kind == LineKind.CORRECTION,
            )
        )
        if oldest is None or Month.read(oldest) >= since:
            return since
        since = Month.read(oldest)


def readings_as_of(
    connection: Connection, numbers: Iterable[str], moment: datetime
) -> dict[str, tuple[DatedReading, ...]]:
    """What counted at that moment, by account: entered by then, and not replaced by then."""
    columns = (
        meter_reading.c.id,
        meter_reading.c.account,
        meter_reading.c.serial,
        meter_reading.c.value,
        meter_reading.c.day,
        meter_reading.c.month,
        meter_reading.c.replaces,
    )
    query = select(*columns).where(
        meter_reading.c.account.in_(list(numbers)), meter_reading.c.entered_at <= moment
    )
    rows = connection.execute(query.order_by(meter_reading.c.account, meter_reading.c.month)).all()
    gone = {row[6] for row in rows if row[6] is not None}
    months: dict[str, Month] = {}
    found: dict[str, list[DatedReading]] = {}
    for id_, number, serial, value, day, month, _ in rows:
        if value is None or id_ in gone:
            continue
        if month not in months:
            months[month] = Month.read(month)
        found.setdefault(number, []).append(DatedReading(serial, Decimal(value), day, months[month]))
    return {number: tuple(many) for number, many in found.items()}
