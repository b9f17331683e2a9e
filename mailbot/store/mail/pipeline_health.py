"""How the machine is: what it took in last, what it has not decided or sent yet, and who holds the mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from mailbot.model import DeliveryState
from mailbot.model.case.life_cycle import STOPPED
from mailbot.model.mailbox_duty import MailboxFault
from mailbot.store.mail.mailbox_faults import load_faults
from mailbot.store.mail.outbox import HOUSE, in_state
from mailbot.store.schema.letters_and_cases import lease, letter, outbox

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
    `faults`: what of a mailbox fails now.
    """

    collected: datetime | None
    undecided: Backlog
    outgoing: Backlog
    paced: int
    uncertain: int
    held: int
    refused: int
    pollers: tuple[Poller, ...]
    faults: tuple[MailboxFault, ...]


def load_pulse(connection: Connection, now: datetime) -> Pulse:
    """How the machine is now; each figure by its own small index."""
    newest = select(func.max(letter.c.id)).scalar_subquery()
    last = select(letter.c.collected_at).where(letter.c.id == newest)
    stopped = _stopped(connection, now - DAY)
    return Pulse(
        connection.scalar(last),
        _undecided(connection),
        _outgoing(connection, now),
        _paced(connection),
        _count(connection, in_state(DeliveryState.UNCERTAIN) & outbox.c.given_to_person_at.is_(None)),
        stopped.get(DeliveryState.HELD, 0),
        stopped.get(DeliveryState.REFUSED, 0),
        _pollers(connection),
        load_faults(connection),
    )


def _undecided(connection: Connection) -> Backlog:
    failed = func.count().filter(letter.c.attempts > 0, letter.c.last_error.is_not(None))
    query = select(func.count(), failed, func.min(letter.c.received_at))
    row = connection.execute(query.where(letter.c.decided_at.is_(None))).one()
    return Backlog(row[0], row[1], row[2])


def _outgoing(connection: Connection, now: datetime) -> Backlog:
    """Letters to cases and to our own house. One that failed waits for its next attempt, so it is due since it was made."""
    count, failed, oldest = 0, 0, None
    for whose in (
        outbox.c.provider.is_(None),
        outbox.c.provider == HOUSE,
    ):  # one by one: each has its small index
        mine = and_(in_state(DeliveryState.READY), whose)
        due = select(func.count(), func.min(outbox.c.next_at)).where(mine, outbox.c.next_at <= now)
        row = connection.execute(due).one()
        count += row[0]
        failed += _count(connection, mine & or_(outbox.c.attempts > 0, outbox.c.last_error.is_not(None)))
        oldest = min((moment for moment in (oldest, row[1]) if moment), default=None)
    return Backlog(count, failed, oldest)


def _paced(connection: Connection) -> int:
    bills = and_(outbox.c.provider.is_not(None), outbox.c.provider != HOUSE)
    return _count(connection, in_state(DeliveryState.READY) & bills)


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(outbox).where(condition)) or 0


def _stopped(connection: Connection, since: datetime) -> dict[DeliveryState, int]:
    """Letters to cases and to our own house that were held or refused; of bills their own page tells."""
    states = [literal(delivery.value, literal_execute=True) for delivery in STOPPED]
    query = select(outbox.c.state, func.count()).where(
        outbox.c.state.in_(states),
        outbox.c.created_at >= since,
        or_(outbox.c.provider.is_(None), outbox.c.provider == HOUSE),
    )
    return {DeliveryState(row[0]): row[1] for row in connection.execute(query.group_by(outbox.c.state))}


def _pollers(connection: Connection) -> tuple[Poller, ...]:
    query = select(lease).where(lease.c.name.startswith(MAILBOXES, autoescape=True)).order_by(lease.c.name)
    return tuple(
        Poller(row.name.removeprefix(MAILBOXES), row.holder, row.until) for row in connection.execute(query)
    )
