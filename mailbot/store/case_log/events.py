"""The steps of a case: checked against the lawful ones, and logged for ever."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mailbot.model import CASE_STEPS, CaseEvent, CaseLabels, CaseState, ClockMark, InvalidCaseTransition
from mailbot.model.case.life_cycle import NO_LABELS
from mailbot.store.case_log import owed_answers
from mailbot.store.schema.letters_and_cases import case, case_event

MACHINE = "mailbot"
CLIENT = "клиент"


def log_event(
    connection: Connection,
    case_id: int,
    was: CaseState | None,
    became: CaseState,
    by: str,
    why: str,
    now: datetime,
    mark: ClockMark | None = None,
    labels: CaseLabels = NO_LABELS,
) -> None:
    """Add a line to the append-only log: what happened, what it means to the clocks, and what the case is from now on."""
    connection.execute(
        insert(case_event).values(
            case_id=case_id,
            at=now,
            was=was,
            became=became,
            by=by,
            why=why,
            mark=mark,
            kind=labels.kind,
            topic=labels.topic,
            clause=labels.clause,
            respond_by=labels.respond_by,
            correspondent=labels.correspondent,
        )
    )
    owed_answers.follow(connection, case_id, was, became, mark, now)


def lock_case(connection: Connection, case_id: int) -> CaseState:
    """Hold the case until the transaction ends (before its letters, always); the state it is in."""
    query = select(case.c.state).where(case.c.id == case_id).with_for_update()
    return CaseState(connection.execute(query).scalar_one())


def step(
    connection: Connection,
    case_id: int,
    became: CaseState,
    by: str,
    why: str,
    now: datetime,
    mark: ClockMark | None = None,
    labels: CaseLabels = NO_LABELS,
) -> None:
    """Move a case to another state; InvalidCaseTransition where `CASE_STEPS` does not hold the step."""
    was = lock_case(connection, case_id)
    if (was, became) not in CASE_STEPS:
        number = connection.scalar(select(case.c.number).where(case.c.id == case_id))
        raise InvalidCaseTransition(
            f"Обращение {number or case_id} в состоянии «{was}» и не может перейти в «{became}»."
        )
    connection.execute(update(case).where(case.c.id == case_id).values(state=became))
    log_event(connection, case_id, was, became, by, why, now, mark, labels)


def note(connection: Connection, case_id: int, by: str, why: str, now: datetime, mark: ClockMark) -> None:
    """A line that moves a clock and leaves the case where it is."""
    state = lock_case(connection, case_id)
    log_event(connection, case_id, state, state, by, why, now, mark)


def before_a_person(connection: Connection, case_id: int, why: str, now: datetime) -> None:
    """Let a case wait for a person, whatever it did before; where it waits already, the log says why again."""
    was = lock_case(connection, case_id)
    if was is CaseState.AWAITING_REVIEW:
        log_event(connection, case_id, was, was, MACHINE, why, now)
    else:
        step(connection, case_id, CaseState.AWAITING_REVIEW, MACHINE, why, now)


def events_of(connection: Connection, case_id: int) -> tuple[CaseEvent, ...]:
    """The log of one case, oldest first."""
    query = select(case_event).where(case_event.c.case_id == case_id).order_by(case_event.c.id)
    return tuple(event_of(row) for row in connection.execute(query))


def event_of(row: Any) -> CaseEvent:
    """A row of `case_event`; a report makes a hundred thousand of them."""
    said = (row.kind, row.topic, row.clause, row.respond_by, row.correspondent)
    return CaseEvent(
        row.at,
        _STATES[row.was],
        CaseState(row.became),
        row.by,
        row.why,
        _MARKS[row.mark],
        NO_LABELS if said == _NOTHING_SAID else CaseLabels(*said),
    )


_NOTHING_SAID = (None,) * 5
_STATES: dict[str | None, CaseState | None] = {None: None, **{state.value: state for state in CaseState}}
_MARKS: dict[str | None, ClockMark | None] = {None: None, **{mark.value: mark for mark in ClockMark}}
