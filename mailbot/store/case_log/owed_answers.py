"""Which cases are owed an answer, and since when: kept in step with the log, line by line.

A case is owed one from its receipt until an answer on substance has left, it is silenced or ignored, or the machine has
asked its writer for what is missing and closed it. What the log takes back opens it again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from mailbot.model import CaseState, ClockMark
from mailbot.model.case.life_cycle import ANSWER_MOVING, CLOCK_MOVING
from mailbot.store.schema.letters_and_cases import case_event, case_open


def begin(connection: Connection, case_id: int, received_at: datetime) -> None:
    """A letter came: its case is open from the moment the mailbox had it."""
    connection.execute(insert(case_open).values(case_id=case_id, opened_at=received_at))


def follow(
    connection: Connection,
    case_id: int,
    was: CaseState | None,
    became: CaseState,
    mark: ClockMark | None,
    at: datetime,
) -> None:
    """Open or close the case as a new line of its log says."""
    if _closes(became, was, mark):
        own = (case_open.c.case_id == case_id, case_open.c.closed_at.is_(None))
        ignored = became is CaseState.IGNORED
        connection.execute(update(case_open).where(*own).values(closed_at=at, ignored=ignored))
    elif _opens(was, became, mark) and not _is_open(connection, case_id):
        connection.execute(insert(case_open).values(case_id=case_id, opened_at=at))


def _closes(became: CaseState, was: CaseState | None, mark: ClockMark | None) -> bool:
    if mark is ClockMark.ANSWERED or (became.ends_unanswered and was is not became):
        return True
    return mark is ClockMark.ASKED and became is CaseState.ANSWERED


def _opens(was: CaseState | None, became: CaseState, mark: ClockMark | None) -> bool:
    if mark in (ClockMark.WITHDRAWN, ClockMark.UNDELIVERED):
        return not became.ends_unanswered
    return became is CaseState.AWAITING_REVIEW and was is not became


def _is_open(connection: Connection, case_id: int) -> bool:
    own = (case_open.c.case_id == case_id, case_open.c.closed_at.is_(None))
    return bool(connection.scalar(select(exists().where(*own))))


def answer_stands(connection: Connection, case_id: int) -> bool:
    """Does the log hold an answer that nothing has taken back?"""
    newest = select(case_event.c.mark).where(
        case_event.c.case_id == case_id, case_event.c.mark.in_(ANSWER_MOVING)
    )
    return connection.scalar(newest.order_by(case_event.c.id.desc()).limit(1)) == ClockMark.ANSWERED


def is_asked(connection: Connection, case_id: int) -> bool:
    """Does the clock of the case stand still, since its writer was asked and has not written again?"""
    newest = select(case_event.c.mark).where(
        case_event.c.case_id == case_id, case_event.c.mark.in_(CLOCK_MOVING)
    )
    return connection.scalar(newest.order_by(case_event.c.id.desc()).limit(1)) == ClockMark.ASKED
