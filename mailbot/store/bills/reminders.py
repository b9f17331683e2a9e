"""Reminders in the books: who may be due one, and which were sent; none is ever sent twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, exists, or_, select, update

from mailbot.model import CHARGED_RESOURCES, GateHold, OutgoingLetter
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.model.outgoing.reminder import Reminder, ReminderKind
from mailbot.model.outgoing.sending_pace import provider_of
from mailbot.store.database.upsert import insert_into
from mailbot.store.decisions.recording import queue
from mailbot.store.mail import sending_pace
from mailbot.store.schema.bills import reminder
from mailbot.store.schema.ledger import account, bill_run, charge, meter, meter_reading
from mailbot.store.schema.letters_and_cases import reading


def accounts_without_readings(
    connection: Connection, month: Month, since: datetime, today: date, after: str, limit: int
) -> tuple[str, ...]:
    """Accounts that get mail, have a meter that hangs today, and have sent no reading for the month, by number; meters of
    what is not charged for are no matter of it.

    A reading of a letter since `since`, when the month's readings began, counts even where a person has yet to take
    it. None once the month is being closed, or where this month's reminder was sent.
    """
    number = account.c.number
    charged = meter.c.resource.in_(CHARGED_RESOURCES)
    hangs = exists().where(
        meter.c.account == number, charged, or_(meter.c.removed.is_(None), meter.c.removed > today)
    )
    taken = exists().where(
        meter_reading.c.account == number,
        meter_reading.c.month == str(month),
        meter.c.account == number,
        meter.c.serial == meter_reading.c.serial,
        charged,
    )
    waits = exists().where(
        reading.c.account == number,
        reading.c.received_at >= since,
        or_(reading.c.resource.is_(None), reading.c.resource.in_(CHARGED_RESOURCES)),
    )
    has_reading = exists().where(
        reminder.c.account == number,
        reminder.c.kind == ReminderKind.READINGS,
        reminder.c.month == str(month),
    )
    closed = exists().where(bill_run.c.month >= str(month))
    query = select(number).where(
        account.c.delivery == DeliveryMethod.EMAIL,
        number > after,
        hangs,
        ~taken,
        ~waits,
        ~has_reading,
        ~closed,
    )
    return tuple(connection.scalars(query.order_by(number).limit(limit)))


def charged_by_mail(connection: Connection, month: Month, after: str, limit: int) -> tuple[str, ...]:
    """Accounts that get mail and were charged for the month, by number: those that may owe it."""
    query = select(charge.c.account).join(account, account.c.number == charge.c.account)
    query = query.where(
        charge.c.month == str(month), account.c.delivery == DeliveryMethod.EMAIL, charge.c.account > after
    )
    return tuple(connection.scalars(query.order_by(charge.c.account).limit(limit)))


def days_of(
    connection: Connection, kind: ReminderKind, numbers: Sequence[str], month: Month
) -> dict[str, tuple[date, ...]]:
    """The days on which the accounts were reminded of the month, in order."""
    query = select(reminder.c.account, reminder.c.day).where(
        reminder.c.kind == kind, reminder.c.month == str(month), reminder.c.account.in_(numbers)
    )
    days: dict[str, list[date]] = defaultdict(list)
    for number, day in connection.execute(query.order_by(reminder.c.nth)):
        days[number].append(day)
    return {number: tuple(days) for number, days in days.items()}


def keep(
    connection: Connection,
    one: Reminder,
    outgoing: OutgoingLetter,
    held: GateHold | None,
    day: date,
    now: datetime,
) -> bool:
    """Put the reminder into the outbox at its provider's pace, once; False where it was sent, or one of its kind today."""
    own = {"account": one.account, "kind": one.kind, "month": str(one.month), "nth": one.nth}
    statement = insert_into(connection, reminder).values(**own, day=day, created_at=now)
    if connection.scalar(statement.on_conflict_do_nothing().returning(reminder.c.nth)) is None:
        return False
    provider = provider_of(outgoing.recipient)
    sending_pace.add_provider(connection, provider, day, now)
    outbox_id = queue(connection, None, outgoing, held, now, automatic=True, provider=provider)
    this = [reminder.c[name] == value for name, value in own.items()]
    connection.execute(update(reminder).where(*this).values(outbox_id=outbox_id))
    return True
