"""The pace of each provider: when its next letter may leave, how many have today, and whether it is paused.

It is kept where letters are claimed, so several senders keep one pace, and a day without sending leaves nothing to
make up for: the next letter is due a whole pause after the last one, however many wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, literal, or_, select, update

from mailbot.model import DeliveryState
from mailbot.model.outgoing.sending_pace import ALL, Pacing
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.bills import pace
from mailbot.store.schema.letters_and_cases import outbox


@dataclass(frozen=True, slots=True)
class ProviderPace:
    """`provider` is `ALL` for all together. `why`: the server's words, while it is paused."""

    provider: str
    since: date
    day: date
    sent_today: int
    paused_until: datetime | None
    why: str


def add_provider(connection: Connection, provider: str, day: date, now: datetime) -> None:
    """Let a provider have a pace from now on; nothing changes where it has one."""
    for name in (ALL, provider):
        values = {"provider": name, "since": day, "next_at": now, "day": day}
        connection.execute(insert_into(connection, pace).values(**values).on_conflict_do_nothing())


def open_provider(connection: Connection, pacing: Pacing, now: datetime) -> str | None:
    """The provider whose turn it is; None at night, between two letters, or where nothing may leave today.

    The pace of all is held until the transaction ends: two senders never count the same letter.
    """
    if pacing.quiet:
        return None
    query = select(pace).where(pace.c.provider == ALL, *_moves(now)).with_for_update(skip_locked=True)
    every = connection.execute(query).one_or_none()
    if every is None or not _may(every, pacing):
        return None
    waits = exists().where(
        outbox.c.state == literal(DeliveryState.READY.value, literal_execute=True),
        outbox.c.provider == pace.c.provider,
        outbox.c.next_at <= now,
    )
    due = select(pace).where(pace.c.provider != ALL, *_moves(now), waits)
    rows = sorted(connection.execute(due), key=lambda row: (row.next_at, row.provider))
    return next((row.provider for row in rows if _may(row, pacing)), None)


def _moves(now: datetime) -> tuple[Any, ...]:
    return pace.c.next_at <= now, or_(pace.c.paused_until.is_(None), pace.c.paused_until <= now)


def _may(row: Row[Any], pacing: Pacing) -> bool:
    sent = row.sent_today if row.day == pacing.day else 0
    return bool(sent < pacing.limits.daily(row.provider, (pacing.day - row.since).days))


def count_departure(connection: Connection, provider: str, pacing: Pacing, now: datetime) -> None:
    """A letter leaves now: the next one of its provider, and of all, must wait."""
    for row in connection.execute(select(pace).where(pace.c.provider.in_((ALL, provider)))).all():
        days = (pacing.day - row.since).days
        sent = row.sent_today if row.day == pacing.day else 0
        values = {
            "next_at": now + pacing.limits.gap(row.provider, days),
            "day": pacing.day,
            "sent_today": sent + 1,
            "paused_until": None,
            "why": "",
        }
        connection.execute(update(pace).where(pace.c.provider == row.provider).values(**values))


def pause(connection: Connection, provider: str, why: str, pacing: Pacing, now: datetime) -> None:
    """The provider takes us for a mass sender: nothing more to it for a while, and then slowly from the start."""
    add_provider(connection, provider, pacing.day, now)
    values = {"paused_until": now + pacing.limits.pause, "why": why, "since": pacing.day, "sent_today": 0}
    connection.execute(update(pace).where(pace.c.provider == provider).values(**values))


def resume(connection: Connection, provider: str) -> bool:
    """A person ends a pause; False where there was none."""
    paused = (pace.c.provider == provider, pace.c.paused_until.is_not(None))
    done = connection.execute(update(pace).where(*paused).values(paused_until=None, why=""))
    return done.rowcount > 0


def paces(connection: Connection) -> tuple[ProviderPace, ...]:
    """How it stands with every provider, all together first."""
    rows = connection.execute(select(pace).order_by(pace.c.provider))
    return tuple(
        ProviderPace(row.provider, row.since, row.day, row.sent_today, row.paused_until, row.why)
        for row in rows
    )
