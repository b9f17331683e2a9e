"""What the next charges of accounts rest on, read as of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, func, select

from mailbot.model.ledger.accounts_and_meters import DatedReading, Month
from mailbot.model.ledger.charges import Charge, ChargeInputs, VolumeBasis
from mailbot.store.accounts.accounts import accounts_of
from mailbot.store.ledger import adjustments, charges, payments
from mailbot.store.ledger.charges import ChargeRun
from mailbot.store.schema.ledger import adjustment, meter_reading

LOOK_BACK = 16
"""Months of lines that a charge mostly needs: twelve of an average (ПП 354 п. 59), three estimated, one before them.

All of them where a closed month has changed, or a meter long silent is read again: its estimates are taken back."""


def books(connection: Connection, numbers: Sequence[str], run: ChargeRun) -> tuple[ChargeInputs, ...]:
    """The books of the accounts for the run's month, in their order, as of the run's moment."""
    accounts = accounts_of(connection, numbers)
    changed = _changed(connection, numbers, run)
    floor = run.month.back(LOOK_BACK)
    readings = readings_as_of(connection, numbers, run.begun_at)
    grounds = adjustments.of_accounts(connection, numbers, run.begun_at)
    paid = payments.of_accounts(connection, numbers, run.begun_at)
    closed = charges.charges(connection, numbers, floor, run.month)
    earlier = charges.issued(connection, numbers, floor)
    whole = [
        number
        for number in earlier
        if number in changed or _ends_a_silence(readings.get(number, ()), closed.get(number, ()), run.month)
    ]
    closed |= charges.charges(connection, whole, before=run.month)
    earlier = {number: many for number, many in earlier.items() if number not in whole}
    return tuple(
        ChargeInputs(
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


def _changed(connection: Connection, numbers: Sequence[str], run: ChargeRun) -> dict[str, Month]:
    """The oldest closed month of each account whose readings or grounds were entered since the last run began."""
    if run.previous is None or run.previous_begun_at is None:
        return {}
    first_months: dict[str, Month] = {}
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
        first_months[number] = Month.read(month)
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
        first_months[number] = min(first_months.get(number, run.previous), Month.of(first))
    return first_months


def _ends_a_silence(readings: Iterable[DatedReading], closed: Iterable[Charge], month: Month) -> bool:
    """Is a meter read this month that none of these charges was billed by? Its estimates may be as old as the books."""
    billed = {line.meter for charge in closed for line in charge.lines if line.basis is VolumeBasis.METER}
    return any(reading.month == month and reading.meter not in billed for reading in readings)


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
    dated_readings: dict[str, list[DatedReading]] = {}
    for id_, number, serial, value, day, month, _ in rows:
        if value is None or id_ in gone:
            continue
        if month not in months:
            months[month] = Month.read(month)
        dated_readings.setdefault(number, []).append(DatedReading(serial, Decimal(value), day, months[month]))
    return {number: tuple(many) for number, many in dated_readings.items()}
