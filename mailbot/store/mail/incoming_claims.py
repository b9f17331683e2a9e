"""Who works on which letter: claims with a lease, attempts counted before they begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, false, or_, select, true, update
from sqlalchemy import case as sql_case

from mailbot.model import CaseState
from mailbot.store.case_log.case_numbers import next_number, use_number
from mailbot.store.case_log.events import MACHINE, step
from mailbot.store.database.wrong_times import is_over
from mailbot.store.schema.letters_and_cases import case, letter

TIME_ZONE = "Asia/Yekaterinburg"
"""For the year in the number of a case that no rulebook has seen."""

FRESH = timedelta(hours=4)
"""A letter that came so lately is none of a backlog: it is read before what has waited for a day already."""

LONGEST_LEASE = timedelta(hours=2)
"""Of a worker that may take an hour for a letter."""

WINDOW = 50
"""Letters of a turn that are looked at: more of them than there are ever senders whose letters are in hand at once."""

NO_LAST_WORD = "разбор прерван: процесс завершился, не сказав почему"


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that is now this worker's; `attempt` counts from 1 and is committed already.

    `waited_for`: the moment that it was to wait for, where that cannot be true; None where nothing was wrong.
    """

    letter_id: int
    attempt: int
    waited_for: datetime | None = None


def claim(
    connection: Connection,
    worker: str,
    lease: timedelta,
    now: datetime,
    attempts_limit: int,
    pause: timedelta = timedelta(days=1),
) -> ClaimedLetter | None:
    """Claim the next letter that is due; None where there is none. `pause` follows a failed attempt.

    What seems urgent goes first, then what came in the last hours, the oldest first, then the backlog, the newest first:
    who has just written still waits for us. Letters of one sender are decided in their order, so the first of them is
    taken for whichever of them has its turn. PostgreSQL skips rows that another worker is claiming, SQLite has one writer
    at a time and drops the clause. A letter that waits for a moment to which neither lease nor pause can reach is due.
    """
    due = and_(is_over(letter.c.lease_until, now, lease), is_over(letter.c.next_attempt_at, now, pause))
    for turn in _turns(now):
        found = connection.execute(_first(turn, due, attempts_limit)).one_or_none()
        attempt = _take(connection, found.id, worker, now + lease) if found is not None else None
        if found is not None and attempt is not None:
            ahead = [at for at in (found.lease_until, found.next_attempt_at) if at is not None and at > now]
            return ClaimedLetter(found.id, attempt, max(ahead, default=None))
    return None


def _take(connection: Connection, letter_id: int, worker: str, until: datetime) -> int | None:
    """The number of the attempt; None where the letter was decided in this very moment.

    That is not asked while searching: engines would then walk all that are undecided.
    """
    statement = (
        update(letter)
        .where(letter.c.id == letter_id, letter.c.decided_at.is_(None))
        .values(attempts=letter.c.attempts + 1, claimed_by=worker, lease_until=until)
        .returning(letter.c.attempts)
    )
    return connection.execute(statement).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class _Turn:
    """Some of the letters that wait, and which of them is looked at first."""

    whose: ColumnElement[bool]
    newest_first: bool = False


def _turns(now: datetime) -> tuple[_Turn, ...]:
    """One after another; the last is for whoever stands behind a flood of senders who are busy."""
    calm = letter.c.urgent == false()
    busy = letter.alias("busy")
    held = or_(busy.c.lease_until > now, busy.c.next_attempt_at > now)
    busy_senders = select(busy.c.sender).where(busy.c.decided_at.is_(None), held)
    return (
        _Turn(letter.c.urgent == true()),
        _Turn(and_(calm, letter.c.received_at >= now - FRESH)),
        _Turn(and_(calm, letter.c.received_at < now - FRESH), newest_first=True),
        _Turn(or_(letter.c.sender == "", letter.c.sender.not_in(busy_senders))),
    )


def _first(turn: _Turn, due: ColumnElement[bool], attempts_limit: int) -> Select[Any]:
    """The first letter of the sender whose letter has its turn, where it is free and due; of a window of them.

    A window is one look at an index, however many wait. Letters without a sender wait for nobody: they are not one
    sender's.
    """
    columns = select(letter.c.id, letter.c.sender, letter.c.received_at)
    window = columns.where(letter.c.decided_at.is_(None), turn.whose)
    waiting = window.order_by(*_by_time(letter, turn)).limit(WINDOW).subquery("waiting")
    of_sender = letter.alias("of_sender")
    first_of_sender = (
        select(of_sender.c.id)
        .where(of_sender.c.sender == waiting.c.sender, of_sender.c.decided_at.is_(None))
        .order_by(of_sender.c.received_at, of_sender.c.id)
        .limit(1)
        .scalar_subquery()
    )
    chosen = sql_case((waiting.c.sender == "", waiting.c.id), else_=first_of_sender)
    return (
        select(letter.c.id, letter.c.lease_until, letter.c.next_attempt_at)
        .select_from(waiting)
        .join(letter, letter.c.id == chosen)
        .where(letter.c.attempts < attempts_limit, due)
        .order_by(*_by_time(waiting, turn))
        .limit(1)
        .with_for_update(of=letter, skip_locked=True)
    )


def _by_time(letters: FromClause, turn: _Turn) -> tuple[ColumnElement[Any], ...]:
    columns = (letters.c.received_at, letters.c.id)
    return tuple(column.desc() for column in columns) if turn.newest_first else columns


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


def any_exhausted(
    connection: Connection, now: datetime, attempts_limit: int, lease: timedelta = LONGEST_LEASE
) -> bool:
    """Is there a letter for `give_up_exhausted`? Asked often, so it takes no lock."""
    query = select(letter.c.id).where(_exhausted(now, attempts_limit, lease)).limit(1)
    return connection.scalar(query) is not None


def give_up_exhausted(
    connection: Connection, now: datetime, attempts_limit: int, lease: timedelta = LONGEST_LEASE
) -> tuple[int, ...]:
    """Put before a person the letters whose last worker died without a word; their ids."""
    next_number(connection, now, TIME_ZONE)  # first: locks are taken in one order everywhere
    query = select(letter.c.id, letter.c.last_error).where(_exhausted(now, attempts_limit, lease))
    in_order = (letter.c.urgent, letter.c.received_at, letter.c.id)  # as the index has them
    query = query.order_by(*in_order).with_for_update(skip_locked=True)
    exhausted = connection.execute(query).all()
    for row in exhausted:
        number = next_number(connection, now, TIME_ZONE)
        _before_a_person(connection, row.id, number, row.last_error or NO_LAST_WORD, now)
    return tuple(row.id for row in exhausted)


def _exhausted(now: datetime, attempts_limit: int, lease: timedelta) -> ColumnElement[bool]:
    free = is_over(letter.c.lease_until, now, lease)
    return and_(letter.c.decided_at.is_(None), letter.c.attempts >= attempts_limit, free)


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
