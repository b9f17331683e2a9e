"""Who works on which letter: claims with a lease, attempts counted before they begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select, tuple_, update

from mailbot.model import CaseState
from mailbot.store.case_log.case_numbers import next_number, use_number
from mailbot.store.case_log.events import MACHINE, step
from mailbot.store.schema.letters_and_cases import case, letter

TIME_ZONE = "Asia/Yekaterinburg"
"""For the year in the number of a case that no rulebook has seen."""

NO_LAST_WORD = "разбор прерван: процесс завершился, не сказав почему"


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that is now this worker's; `attempt` counts from 1 and is committed already."""

    letter_id: int
    attempt: int


def claim(
    connection: Connection, worker: str, lease: timedelta, now: datetime, attempts_limit: int
) -> ClaimedLetter | None:
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
    return ClaimedLetter(row.id, row.attempts) if row else None


def _next(now: datetime, attempts_limit: int) -> Select[tuple[int]]:
    """The oldest letter that is free and due, and has no undecided letter of its sender before it.

    Letters without a sender wait for nobody: they are not one sender's.
    """
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
            _free(now),
            or_(letter.c.next_attempt_at.is_(None), letter.c.next_attempt_at <= now),
            ~before_it,
        )
        .order_by(letter.c.received_at, letter.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(letter.c.lease_until.is_(None), letter.c.lease_until <= now)


def fail(
    connection: Connection,
    letter_id: int,
    error: str,
    now: datetime,
    retry_at: datetime,
    attempts_limit: int,
    worker: str | None = None,
) -> None:
    """Record why an attempt failed and free the letter; the last attempt puts it before a person.

    Nothing happens where the letter is decided (the worker had committed before it was ended) or,
    with `worker` given, where another has claimed it since.
    """
    number = next_number(connection, now, TIME_ZONE)  # first: locks are taken in one order everywhere
    query = select(letter.c.attempts, letter.c.decided_at, letter.c.claimed_by)
    row = connection.execute(query.where(letter.c.id == letter_id).with_for_update()).one()
    if row.decided_at is not None or (worker is not None and row.claimed_by != worker):
        return
    connection.execute(
        update(letter)
        .where(letter.c.id == letter_id)
        .values(claimed_by=None, lease_until=None, next_attempt_at=retry_at, last_error=error)
    )
    if row.attempts >= attempts_limit:
        _before_a_person(connection, letter_id, number, error, now)


def any_exhausted(connection: Connection, now: datetime, attempts_limit: int) -> bool:
    """Is there a letter for `give_up_exhausted`? Asked often, so it takes no lock."""
    query = select(letter.c.id).where(_exhausted(now, attempts_limit)).limit(1)
    return connection.scalar(query) is not None


def give_up_exhausted(connection: Connection, now: datetime, attempts_limit: int) -> tuple[int, ...]:
    """Put before a person the letters whose last worker died without a word; their ids."""
    next_number(connection, now, TIME_ZONE)  # first: locks are taken in one order everywhere
    query = select(letter.c.id, letter.c.last_error).where(_exhausted(now, attempts_limit))
    query = query.order_by(letter.c.received_at, letter.c.id).with_for_update(skip_locked=True)
    exhausted = connection.execute(query).all()
    for row in exhausted:
        number = next_number(connection, now, TIME_ZONE)
        _before_a_person(connection, row.id, number, row.last_error or NO_LAST_WORD, now)
    return tuple(row.id for row in exhausted)


def _exhausted(now: datetime, attempts_limit: int) -> ColumnElement[bool]:
    return and_(letter.c.decided_at.is_(None), letter.c.attempts >= attempts_limit, _free(now))


def _before_a_person(connection: Connection, letter_id: int, number: str, error: str, now: datetime) -> None:
    """The letter is decided as far as the machine goes: a person has its bytes and the error."""
    case_id = connection.execute(select(case.c.id).where(case.c.letter_id == letter_id)).scalar_one()
    why = f"машина не смогла разобрать письмо: {error}"
    connection.execute(
        update(case)
        .where(case.c.id == case_id)
        .values(error=error, because=why, action="review", priority="high", decided_at=now)
    )
    step(connection, case_id, CaseState.AWAITING_REVIEW, MACHINE, why, now)
    use_number(connection, case_id, number)
    connection.execute(
        update(letter)
        .where(letter.c.id == letter_id)
        .values(decided_at=now, claimed_by=None, lease_until=None)
    )
