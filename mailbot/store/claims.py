"""Who works on which letter: claims with a lease, attempts counted before they begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, exists, or_, select, tuple_, update

from mailbot.model import CaseState
from mailbot.store.events import MACHINE, step
from mailbot.store.numbers import next_number, use_number
from mailbot.store.tables import case, letter

TIME_ZONE = "Asia/Yekaterinburg"
"""For the year in the number of a case that no rulebook has seen."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that is now this worker's; `attempt` counts from 1 and is committed already."""

    letter_id: int
    attempt: int


def claim(
    connection: Connection, worker: str, lease: timedelta, now: datetime, attempts_limit: int
) -> Claimed | None:
    """Claim the next letter that is due; None where there is none.

    One statement for both engines: PostgreSQL skips rows that another worker is claiming, SQLite has
    one writer at a time and drops the clause. Letters of one sender are decided in their order.
    """
    statement = (
        update(letter)
        .where(letter.c.id == _next(now, attempts_limit).scalar_subquery())
        .values(attempts=letter.c.attempts + 1, claimed_by=worker, lease_until=now + lease)
        .returning(letter.c.id, letter.c.attempts)
    )
    row = connection.execute(statement).one_or_none()
    return Claimed(row.id, row.attempts) if row else None


def _next(now: datetime, attempts_limit: int) -> Select[tuple[int]]:
    earlier = letter.alias("earlier")
    before_it = exists().where(
        earlier.c.sender == letter.c.sender,
        earlier.c.sender != "",
        earlier.c.decided_at.is_(None),
        tuple_(earlier.c.received_at, earlier.c.id) < tuple_(letter.c.received_at, letter.c.id),
    )
    return (
        select(letter.c.id)
        .where(
            letter.c.decided_at.is_(None),
            letter.c.attempts < attempts_limit,
            or_(letter.c.lease_until.is_(None), letter.c.lease_until < now),
            or_(letter.c.next_attempt_at.is_(None), letter.c.next_attempt_at <= now),
            ~before_it,
        )
        .order_by(letter.c.received_at, letter.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def fail(
    connection: Connection,
    letter_id: int,
    error: str,
    now: datetime,
    retry_at: datetime,
    attempts_limit: int,
) -> None:
    """Record why an attempt failed and free the letter; the last attempt puts it before a person."""
    query = select(letter.c.attempts, letter.c.decided_at).where(letter.c.id == letter_id).with_for_update()
    row = connection.execute(query).one()
    if row.decided_at is not None:
        return  # the worker had committed before it was ended: nothing failed
    connection.execute(
        update(letter)
        .where(letter.c.id == letter_id)
        .values(claimed_by=None, lease_until=None, next_attempt_at=retry_at, last_error=error)
    )
    if row.attempts >= attempts_limit:
        _before_a_person(connection, letter_id, error, now)


def give_up_exhausted(connection: Connection, now: datetime, attempts_limit: int) -> tuple[int, ...]:
    """Put before a person the letters whose last worker died without a word; their ids."""
    query = select(letter.c.id, letter.c.last_error).where(
        letter.c.decided_at.is_(None),
        letter.c.attempts >= attempts_limit,
        or_(letter.c.lease_until.is_(None), letter.c.lease_until < now),
    )
    exhausted = connection.execute(query.with_for_update(skip_locked=True)).all()
    for row in exhausted:
        error = row.last_error or "разбор прерван: процесс завершился, не сказав почему"
        _before_a_person(connection, row.id, error, now)
    return tuple(row.id for row in exhausted)


def _before_a_person(connection: Connection, letter_id: int, error: str, now: datetime) -> None:
    """The letter is decided as far as the machine goes: a person has its bytes and the error."""
    case_id = connection.scalar(select(case.c.id).where(case.c.letter_id == letter_id)) or 0
    why = f"машина не смогла разобрать письмо: {error}"
    connection.execute(
        update(case)
        .where(case.c.id == case_id)
        .values(error=error, because=why, action="review", priority="high", decided_at=now)
    )
    step(connection, case_id, CaseState.AWAITING_REVIEW, MACHINE, why, now)
    use_number(connection, case_id, next_number(connection, now, TIME_ZONE))
    connection.execute(
        update(letter)
        .where(and_(letter.c.id == letter_id, letter.c.decided_at.is_(None)))
        .values(decided_at=now, claimed_by=None, lease_until=None)
    )
