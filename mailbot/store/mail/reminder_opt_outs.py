"""Addresses to which no reminders go, and by what word; bills still do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.bills import mail_refusal


def refuse(connection: Connection, email: str, source: str, now: datetime) -> bool:
    """From now on no reminder goes to the address; False where that stands already. `source` (Russian): by what word."""
    statement = insert_into(connection, mail_refusal).values(email=email.lower(), since=now, source=source)
    fresh = statement.on_conflict_do_nothing().returning(mail_refusal.c.email)
    return connection.scalar(fresh) is not None


def allow(connection: Connection, email: str) -> bool:
    """The address takes reminders again; False where it had not refused them."""
    done = connection.execute(delete(mail_refusal).where(mail_refusal.c.email == email.lower()))
    return done.rowcount > 0


def refused(connection: Connection, emails: Sequence[str]) -> frozenset[str]:
    """Those of the addresses (lower case) that want no reminders."""
    query = select(mail_refusal.c.email).where(mail_refusal.c.email.in_([email.lower() for email in emails]))
    return frozenset(connection.scalars(query))


def refusals(connection: Connection) -> tuple[tuple[str, datetime, str], ...]:
    """(address, since, by what word) of all that want no reminders, the newest first."""
    query = select(mail_refusal).order_by(mail_refusal.c.since.desc(), mail_refusal.c.email)
    return tuple((row.email, row.since, row.source) for row in connection.execute(query))
