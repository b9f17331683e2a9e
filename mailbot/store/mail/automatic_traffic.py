"""How many automatic letters the gate has let out: counted as they are let out, read in a time that no day's load changes.

Counts are of ten minutes each, so that a day that slides has 145 of them a class, however many letters it had. Bills and
reminders are not among them: nobody's letter calls one forth, so they make no loop, and have limits of their own.
Whoever decides a letter holds the lock of the registration numbers (`next_number`): counts do not miss each other.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, case, delete, func, select

from mailbot.model import AutomaticTraffic, DeliveryState
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.letters_and_cases import automatic_count, outbox

COUNTED = timedelta(minutes=10)
"""The time of one count. A window's first count is counted whole: the gate closes early rather than late."""

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def count_letter(connection: Connection, of: WriterClass, now: datetime) -> None:
    """The gate lets an automatic letter out."""
    statement = insert_into(connection, automatic_count).values(at=_begin(now), writer=of, letters=1)
    more = {"letters": automatic_count.c.letters + 1}
    connection.execute(statement.on_conflict_do_update(index_elements=["at", "writer"], set_=more))


def load_traffic(connection: Connection, addresses: Collection[str], now: datetime) -> AutomaticTraffic:
    """Automatic letters of the last week to the addresses an answer may go to, and the totals."""
    to_address = select(outbox.c.created_at).where(
        outbox.c.automatic.is_(True),
        outbox.c.provider.is_(None),
        outbox.c.state != DeliveryState.HELD,
        outbox.c.recipient.in_(addresses),
        outbox.c.created_at > now - WEEK,
    )
    moments = tuple(connection.scalars(to_address.order_by(outbox.c.created_at)))
    return load_totals(connection, now, moments)


def load_totals(
    connection: Connection, now: datetime, to_address: tuple[datetime, ...] = ()
) -> AutomaticTraffic:
    """The totals of all addresses."""
    hour = automatic_count.c.at >= _begin(now - HOUR)
    strangers = automatic_count.c.writer == WriterClass.STRANGER
    query = select(_sum(hour), _sum(), _sum(hour & strangers), _sum(strangers)).where(
        automatic_count.c.at >= _begin(now - DAY)
    )
    return AutomaticTraffic(to_address, *map(int, connection.execute(query).one()))


def forget_old_counts(connection: Connection, now: datetime) -> None:
    """Counts that no window reaches any more."""
    connection.execute(delete(automatic_count).where(automatic_count.c.at < now - 2 * DAY))


def _sum(of: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    letters: ColumnElement[int] = automatic_count.c.letters
    counted = letters if of is None else case((of, letters), else_=0)
    return func.coalesce(func.sum(counted), 0)


def _begin(at: datetime) -> datetime:
    seconds = int(at.timestamp())
    return datetime.fromtimestamp(seconds - seconds % int(COUNTED.total_seconds()), UTC)
