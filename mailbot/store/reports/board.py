"""What the manager's board counts: the queue by deadline, age and operator; what came and was answered since morning.

All of it is read from indexes that are as small as the work in hand or as the day, however many cases there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, and_, exists, func, literal, select

from mailbot.model import ClockMark, Priority
from mailbot.model.case.life_cycle import ANSWER_MOVING, APPEAL_STATES, CLOCK_MOVING
from mailbot.store.cases.putting_off import is_deferred
from mailbot.store.cases.queue_filters import AGES, BOARD, aged, due_in
from mailbot.store.cases.review_queue import by_queue, in_queue
from mailbot.store.schema.letters_and_cases import case, case_event


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """The queue in figures. `by_due` in the order of `queue_filters.BOARD`, `by_age` of `queue_filters.AGES`; each sums up to `total`.

    `emergencies`, `high`: by rank. `put_off` are hidden until their time; `asked` of them wait for their client.
    """

    total: int
    emergencies: int
    high: int
    by_due: tuple[int, ...]
    by_age: tuple[int, ...]
    put_off: int
    asked: int


@dataclass(frozen=True, slots=True)
class CasesInHand:
    """What a member has taken from the queue; `oldest` is the reference of the case that came first."""

    login: str
    cases: int
    since: datetime
    oldest: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer on substance that stands: when it left or was given, and by whom."""

    at: datetime
    by: str
    case_id: int


def waiting(connection: Connection, now: datetime, day_end: datetime) -> QueueFigures:
    """The queue at that moment, counted in one reading of its index."""
    parts = [
        func.count(),
        *(func.count().filter(case.c.rank == rank) for rank in (Priority.EMERGENCY.rank, Priority.HIGH.rank)),
        *(func.count().filter(due_in(due, now, day_end)) for due in BOARD),
        *(func.count().filter(aged(age, now)) for age in range(len(AGES))),
    ]
    counts = connection.execute(by_queue(select(*parts).where(*in_queue(now)))).one()
    ages = 3 + len(BOARD)
    put_off, asked = _put_off(connection, now)
    return QueueFigures(
        counts[0], counts[1], counts[2], tuple(counts[3:ages]), tuple(counts[ages:]), put_off, asked
    )


def _put_off(connection: Connection, now: datetime) -> tuple[int, int]:
    """How many are put off, and how many of them because their client was asked and has not written since."""
    awaiting = in_queue(now)[:2]
    later = case_event.alias("later")
    ended = later.c.mark.in_([mark for mark in CLOCK_MOVING if mark is not ClockMark.ASKED])
    asked = exists().where(
        case_event.c.case_id == case.c.id,
        case_event.c.mark == ClockMark.ASKED,
        ~exists().where(later.c.case_id == case_event.c.case_id, later.c.id > case_event.c.id, ended),
    )
    query = select(func.count(), func.count().filter(asked)).where(*awaiting, is_deferred(now))
    counts = connection.execute(by_queue(query)).one()
    return counts[0], counts[1]


def in_hand(connection: Connection, now: datetime) -> tuple[CasesInHand, ...]:
    """Who has how many of the queue's cases, by login."""
    own = (case.c.received_at, case.c.id)
    query = select(
        case.c.id.label("id"),
        func.row_number().over(partition_by=case.c.assignee, order_by=own).label("place"),
        func.count().over(partition_by=case.c.assignee).label("cases"),
    ).where(*in_queue(now), case.c.assignee.is_not(None))
    taken = by_queue(query).subquery()
    first = (
        select(case.c.assignee, case.c.number, case.c.id, case.c.received_at, taken.c.cases)
        .join(taken, taken.c.id == case.c.id)
        .where(taken.c.place == 1)
        .order_by(case.c.assignee)
    )
    rows = connection.execute(first)
    return tuple(
        CasesInHand(row.assignee, row.cases, row.received_at, row.number or str(row.id)) for row in rows
    )


def came(connection: Connection, bounds: tuple[datetime, ...]) -> tuple[int, ...]:
    """How many appeals came from each bound up to the next; what is no client's letter is not counted."""
    appeals = [literal(state.value, literal_execute=True) for state in APPEAL_STATES]
    counts = [
        select(func.count())
        .select_from(case)
        .where(case.c.state.in_(appeals), case.c.received_at >= since, case.c.received_at < until)
        .scalar_subquery()
        for since, until in pairwise(bounds)
    ]
    return tuple(connection.execute(select(*counts)).one()) if counts else ()


def given(connection: Connection, since: datetime) -> tuple[GivenAnswer, ...]:
    """The answers on substance since that moment that still stand, each case once by its newest."""
    later = case_event.alias("later")
    undone = exists().where(
        later.c.case_id == case_event.c.case_id,
        later.c.id > case_event.c.id,
        later.c.mark.in_(ANSWER_MOVING),
    )
    answered = case_event.c.mark == literal(ClockMark.ANSWERED.value, literal_execute=True)
    query = select(case_event.c.at, case_event.c.by, case_event.c.case_id).where(
        and_(case_event.c.mark.is_not(None), answered, case_event.c.at >= since, ~undone)
    )
    rows = connection.execute(query.order_by(case_event.c.at, case_event.c.id))
    return tuple(GivenAnswer(row.at, row.by, row.case_id) for row in rows)
