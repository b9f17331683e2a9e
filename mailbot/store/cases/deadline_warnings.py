"""Cases whose deadline is near or has passed, and of which nobody has been told yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, literal, select

from mailbot.model import CaseLabels, CaseState, ClockMark
from mailbot.model.case.life_cycle import CLOCK_MOVING
from mailbot.store.case_log.events import MACHINE, lock_case, log_event
from mailbot.store.schema.letters_and_cases import case, case_event


@dataclass(frozen=True, slots=True)
class WatchedCase:
    """A case that waits for a person. `topic` is a row of `topics.toml` or None, `assignee` a login or None."""

    id: int
    number: str | None
    topic: str | None
    kind: str | None
    received_at: datetime
    respond_by: datetime
    assignee: str | None


_WORDS = {ClockMark.WARNED: "срок скоро пройдёт", ClockMark.ESCALATED: "срок прошёл"}
"""The marks of which people are told by letter."""


def load_unwarned(
    connection: Connection, mark: ClockMark, before: datetime, limit: int
) -> tuple[WatchedCase, ...]:
    """Cases that fall due before that moment and have no such mark for this deadline, the most urgent first.

    A case whose client was asked and has not written since is left out: its clock stands still. Of a deadline that a
    person moved people are told anew.
    """
    query = (
        select(
            case.c.id,
            case.c.number,
            case.c.topic,
            case.c.primary_kind,
            case.c.received_at,
            case.c.respond_by,
            case.c.assignee,
        )
        .where(
            case.c.state == literal(CaseState.AWAITING_REVIEW.value, literal_execute=True),
            case.c.respond_by < before,
            ~_told(mark),
            ~_asked(),
        )
        .with_hint(case, "INDEXED BY ix_case__queue", "sqlite")
        .order_by(case.c.respond_by, case.c.id)
        .limit(limit)
    )
    return tuple(WatchedCase(*row) for row in connection.execute(query))


def _told(mark: ClockMark) -> ColumnElement[bool]:
    return exists().where(
        case_event.c.case_id == case.c.id,
        case_event.c.mark == mark,
        case_event.c.respond_by == case.c.respond_by,
    )


def _asked() -> ColumnElement[bool]:
    """Is the newest mark that moves the clock one that stops it?"""
    newest = (
        select(func.max(case_event.c.id))
        .where(case_event.c.case_id == case.c.id, case_event.c.mark.in_(CLOCK_MOVING))
        .correlate(case)
        .scalar_subquery()
    )
    return exists().where(case_event.c.id == newest, case_event.c.mark == ClockMark.ASKED)


def mark_warned(
    connection: Connection, cases: Iterable[WatchedCase], mark: ClockMark, whom: str, now: datetime
) -> tuple[WatchedCase, ...]:
    """Note on each case that people were told; those of which another process has just told are left out."""
    wanted = tuple(cases)
    # locks are taken in one order everywhere: by id
    warned = {
        watched_case.id
        for watched_case in sorted(wanted, key=lambda watched_case: watched_case.id)
        if _tell(connection, watched_case, mark, whom, now)
    }
    return tuple(watched_case for watched_case in wanted if watched_case.id in warned)


def _tell(connection: Connection, one: WatchedCase, mark: ClockMark, whom: str, now: datetime) -> bool:
    state = lock_case(connection, one.id)
    query = select(case.c.id).where(case.c.id == one.id, case.c.respond_by == one.respond_by, ~_told(mark))
    if state is not CaseState.AWAITING_REVIEW or connection.scalar(query) is None:
        return False
    why = f"{_WORDS[mark]}: письмо на {whom}"
    log_event(
        connection, one.id, state, state, MACHINE, why, now, mark, CaseLabels(respond_by=one.respond_by)
    )
    return True
