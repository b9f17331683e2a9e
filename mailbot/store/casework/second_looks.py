"""Second looks in the database: what the machine closed in a week, what was drawn of it, and what people said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from mailbot.model import Action, CaseState, RequestRefused
from mailbot.model.case.life_cycle import CLOSED_UNANSWERED
from mailbot.model.case.second_look import ClosedCase, DrawnCase
from mailbot.store.case_log.events import MACHINE
from mailbot.store.mail.before_start import BEFORE_START
from mailbot.store.schema.letters_and_cases import case, case_event
from mailbot.store.schema.staff_and_casework import second_look, second_look_draw

LATEST = timedelta(days=14)
"""A letter that was decided in a week came at most so long before it: an outage is over by then."""


class AlreadyDrawn(Exception):
    """The week's sample was drawn before, here or on another machine; nothing of this attempt was kept."""


def drawn(connection: Connection, week: str) -> bool:
    """Was the week's sample drawn?"""
    return (
        connection.scalar(select(second_look_draw.c.week).where(second_look_draw.c.week == week)) is not None
    )


def closed_by_machine(
    connection: Connection, action: Action, begins: datetime, ends: datetime
) -> tuple[ClosedCase, ...]:
    """The cases that the machine silenced, or ignored, in that time, whatever became of them since."""
    query = (
        select(case.c.id, case.c.rule)
        .where(
            case.c.received_at >= begins - LATEST,
            case.c.received_at < ends,
            case.c.action == action,
            case.c.rule.is_distinct_from(BEFORE_START),  # nobody judged it: there is nothing to look at again
            case.c.decided_at >= begins,
            case.c.decided_at < ends,
        )
        .order_by(case.c.id)
    )
    return tuple(ClosedCase(row.id, row.rule or "") for row in connection.execute(query))


def draw(connection: Connection, week: str, cases: Iterable[ClosedCase], now: datetime) -> None:
    """Keep the week's sample; AlreadyDrawn where it is there. What a person took back already counts as looked at."""
    try:
        with connection.begin_nested():
            connection.execute(insert(second_look_draw).values(week=week, drawn_at=now))
    except IntegrityError:
        raise AlreadyDrawn(week) from None
    for closed in cases:
        by = _taken_back_by(connection, closed.case_id)
        word = {"looked_at": now, "looked_by": by, "owed": True} if by else {}
        values = {"case_id": closed.case_id, "week": week, "rule": closed.rule, "drawn_at": now, **word}
        connection.execute(insert(second_look).values(**values))


def _taken_back_by(connection: Connection, case_id: int) -> str:
    """Who put the silenced or ignored case before people again; empty where nobody did."""
    query = select(case_event.c.by).where(
        case_event.c.case_id == case_id,
        case_event.c.was.in_(CLOSED_UNANSWERED),
        case_event.c.became == CaseState.AWAITING_REVIEW,
        case_event.c.by != MACHINE,
    )
    return connection.scalar(query.order_by(case_event.c.id.desc()).limit(1)) or ""


def waiting(connection: Connection) -> tuple[DrawnCase, ...]:
    """What nobody has looked at yet, the oldest week first."""
    query = select(second_look).where(second_look.c.looked_at.is_(None))
    return _looks(connection, query.order_by(second_look.c.week, second_look.c.case_id))


def count_waiting(connection: Connection) -> int:
    """How many letters wait for a second look."""
    query = select(func.count()).select_from(second_look).where(second_look.c.looked_at.is_(None))
    return connection.scalar(query) or 0


def of_period(
    connection: Connection, begins: datetime, ends: datetime, as_of: datetime
) -> tuple[DrawnCase, ...]:
    """Looks made in that time, and what was drawn and still waited as of then (as if not looked at)."""
    until = min(ends, as_of)
    made = and_(second_look.c.looked_at >= begins, second_look.c.looked_at < until)
    later = or_(second_look.c.looked_at.is_(None), second_look.c.looked_at >= until)
    query = select(second_look).where(or_(made, and_(second_look.c.drawn_at < until, later)))
    cases = _looks(connection, query.order_by(second_look.c.case_id))
    return tuple(look if look.looked_at and look.looked_at < until else _unseen(look) for look in cases)


def _unseen(look: DrawnCase) -> DrawnCase:
    return DrawnCase(look.case_id, look.week, look.rule, look.drawn_at)


def _looks(connection: Connection, query: Any) -> tuple[DrawnCase, ...]:
    return tuple(
        DrawnCase(row.case_id, row.week, row.rule, row.drawn_at, row.looked_at, row.looked_by or "", row.owed)
        for row in connection.execute(query)
    )


def save_finding(connection: Connection, case_id: int, *, owed: bool, by: str, now: datetime) -> None:
    """Keep what a person found; RequestRefused where somebody was quicker."""
    statement = (
        update(second_look)
        .where(second_look.c.case_id == case_id, second_look.c.looked_at.is_(None))
        .values(looked_at=now, looked_by=by, owed=owed)
    )
    if connection.execute(statement).rowcount != 1:
        raise RequestRefused("На это письмо уже посмотрели. Обновите страницу.")


def note_taken_back(connection: Connection, case_id: int, by: str, now: datetime) -> None:
    """A person took the case back from another page: where it was drawn, that is their word on it."""
    own = (second_look.c.case_id == case_id, second_look.c.looked_at.is_(None))
    connection.execute(update(second_look).where(*own).values(looked_at=now, looked_by=by, owed=True))


def delete_finding(connection: Connection, case_id: int) -> None:
    """The act is undone: the letter waits for a second look again."""
    nothing = {"looked_at": None, "looked_by": None, "owed": None}
    connection.execute(update(second_look).where(second_look.c.case_id == case_id).values(**nothing))
