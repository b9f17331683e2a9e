"""Leases by name: one poller a mailbox, and another takes over when it dies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from mailbot.store.database.upsert import insert_into
from mailbot.store.database.wrong_times import is_over
from mailbot.store.schema.letters_and_cases import lease


@dataclass(frozen=True, slots=True)
class HeldLease:
    """Who has a lease, and until when."""

    holder: str
    until: datetime


def lease_of(connection: Connection, name: str) -> HeldLease | None:
    """Who has the lease of that name, or had it last; None where nobody has."""
    row = connection.execute(select(lease).where(lease.c.name == name)).one_or_none()
    return HeldLease(row.holder, row.until) if row else None


def take_lease(connection: Connection, name: str, holder: str, until: datetime, now: datetime) -> bool:
    """Take or prolong the lease of that name; False while somebody else holds it.

    One that ends later than any like it can was taken by a clock that ran ahead: its holder is not waited for.
    """
    # one statement: two who take the same free lease at once cannot both have it
    statement = insert_into(connection, lease).values(name=name, holder=holder, until=until)
    free = (lease.c.holder == holder) | is_over(lease.c.until, now, until - now)
    statement = statement.on_conflict_do_update(
        index_elements=["name"], set_={"holder": holder, "until": until}, where=free
    )
    connection.execute(statement)
    return connection.scalar(select(lease.c.holder).where(lease.c.name == name)) == holder


def is_held_by_another(connection: Connection, name: str, holder: str, now: datetime) -> bool:
    """Has somebody else the lease of that name?"""
    others = (lease.c.name == name, lease.c.holder != holder, lease.c.until > now)
    return connection.scalar(select(lease.c.name).where(*others)) is not None


def drop_lease(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back early, so that another may take over at once."""
    connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))
