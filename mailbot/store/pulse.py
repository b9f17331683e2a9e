"""How the machine is: what it took in last, what it has not decided or sent yet, and who holds the mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select

from mailbot.model import DeliveryState
from mailbot.store.deliveries import in_state
from mailbot.store.tables import lease, letter, outbox

DAY = timedelta(days=1)
MAILBOXES = "mailbox:"
"""The beginning of a poller's lease; behind it stands the mailbox."""


@dataclass(frozen=True, slots=True)
class Poller:
    """Who takes letters out of a mailbox. A process that lives prolongs `until`."""

    mailbox: str
    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """Work on its way: how much, how much of it has failed before, and since when the oldest waits (None: none)."""

    count: int
    failed: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """The machine at a moment.

    `collected`: when the last letter was taken in. `undecided` letters, `outgoing` letters of ours that are due; bills
    that keep their providers' pace are `paced`. `uncertain` nobody has settled, `held` and `refused` of the last day.
    """

    collected: datetime | None
    undecided: Backlog
    outgoing: Backlog
    paced: int
    uncertain: int
    held: int
    refused: int
    pollers: tuple[Poller, ...]


def pulse(connection: Connection, now: datetime) -> Pulse:
    """How the machine is now; each figure by its own small index."""
    newest = select(func.max(letter.c.id)).scalar_subquery()
    last = select(letter.c.collected_at).where(letter.c.id == newest)
    stopped = _stopped(connection, now - DAY)
    return Pulse(
        connection.scalar(last),
        _undecided(connection),
        _outgoing(connection, now),
        _count(connection, in_state(DeliveryState.READY) & outbox.c.provider.is_not(None)),
        _count(connection, in_state(DeliveryState.UNCERTAIN) & outbox.c.given_to_person_at.is_(None)),
        stopped.get(DeliveryState.HELD, 0),
        stopped.get(DeliveryState.REFUSED, 0),
        _pollers(connection),
    )


def _undecided(connection: Connection) -> Backlog:
    failed = func.count().filter(letter.c.attempts > 0, letter.c.last_error.is_not(None))
    query = select(func.count(), failed, func.min(letter.c.received_at))
    row = connection.execute(query.where(letter.c.decided_at.is_(None))).one()
    return Backlog(row[0], row[1], row[2])


def _outgoing(connection: Connection, now: datetime) -> Backlog:
    """Letters to cases. One that failed waits for its next attempt, so it is due since it was made."""
    mine = and_(in_state(DeliveryState.READY), outbox.c.provider.is_(None))
    due = select(func.count(), func.min(outbox.c.next_at)).where(mine, outbox.c.next_at <= now)
    row = connection.execute(due).one()
    return Backlog(row[0], _count(connection, mine & (outbox.c.attempts > 0)), row[1])


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(outbox).where(condition)) or 0


def _stopped(connection: Connection, since: datetime) -> dict[DeliveryState, int]:
    """Letters to cases that the gate held or a server refused; of bills their own page tells."""
    states = [literal(one.value, literal_execute=True) for one in (DeliveryState.HELD, DeliveryState.REFUSED)]
    query = select(outbox.c.state, func.count()).where(
        outbox.c.state.in_(states), outbox.c.created_at >= since, outbox.c.provider.is_(None)
    )
    return {DeliveryState(row[0]): row[1] for row in connection.execute(query.group_by(outbox.c.state))}


def _pollers(connection: Connection) -> tuple[Poller, ...]:
    query = select(lease).where(lease.c.name.startswith(MAILBOXES, autoescape=True)).order_by(lease.c.name)
    return tuple(
        Poller(row.name.removeprefix(MAILBOXES), row.holder, row.until) for row in connection.execute(query)
    )
