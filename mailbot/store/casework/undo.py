"""Undoing what a person did with a case: each act brings back what `casework.begin` kept, until its letter has left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from mailbot.model import CaseLabels, CaseState, ClockMark, DeliveryState, RequestRefused
from mailbot.model.case.staff_act import CaseAct
from mailbot.store.case_log import owed_answers
from mailbot.store.case_log.events import CLIENT, lock_case, log_event, note, step
from mailbot.store.cases.summaries import case_of
from mailbot.store.casework import corrections
from mailbot.store.ledger import case_readings
from mailbot.store.schema.letters_and_cases import case, case_event, outbox, reading
from mailbot.store.schema.staff_and_casework import undo

UNDO_NOTE = "действие отменено"

MAX_UNDOABLE = 300
"""Cases of one member's acts that are offered to be undone."""

_WAITING = (DeliveryState.READY, DeliveryState.HELD)
"""A letter that has not left."""

_MOMENTS = frozenset({"put_off_until", "answered_at", "respond_by"})


class NothingToUndo(RequestRefused):
    """The letter has left, or a colleague has acted since."""


def newest_act(connection: Connection) -> int:
    """The id of the newest act of anybody; 0 before the first."""
    return connection.scalar(select(func.max(undo.c.id))) or 0


@dataclass(frozen=True, slots=True)
class UndoableAct:
    """What a member did at once, with one case or a selection; `until` its letter, if it wrote one, waits."""

    what: CaseAct
    numbers: tuple[str, ...]
    at: datetime
    until: datetime


def undoable(
    connection: Connection, by: str, since: int, together: Sequence[Sequence[int]] = ()
) -> tuple[UndoableAct, ...]:
    """The member's acts after the one of id `since` that can be undone now, the newest first; those of a range of
    `together` (its ends' ids, the first left out) were done at once with a selection, and are one.

    Of each case the newest act alone: the earlier follow when it is undone. None that a colleague's act has overtaken,
    or whose letter has left.
    """
    later = undo.alias("later")
    overtaken = select(later.c.id).where(
        later.c.case_id == undo.c.case_id, later.c.id > undo.c.id, later.c.undone_at.is_(None)
    )
    left = select(outbox.c.id).where(
        outbox.c.case_id == undo.c.case_id,
        outbox.c.created_at >= undo.c.at,
        outbox.c.automatic.is_(False),
        outbox.c.state.not_in(_WAITING),
    )
    own = (undo.c.id > since, undo.c.by == by, undo.c.undone_at.is_(None))
    query = (
        select(undo.c.id.label("act"), undo.c.what, undo.c.at, undo.c.until, case.c.id, case.c.number)
        .join(case, case.c.id == undo.c.case_id)
        .where(*own, ~overtaken.exists(), ~left.exists())
        .order_by(undo.c.id.desc())
        .limit(MAX_UNDOABLE)
    )
    acts: dict[int, UndoableAct] = {}
    for row in connection.execute(query):
        at_once = next((last for first, last in together if first < row.act <= last), row.act)
        numbers = acts[at_once].numbers if at_once in acts else ()
        acts[at_once] = UndoableAct(
            CaseAct(row.what), (*numbers, row.number or str(row.id)), row.at, row.until
        )
    return tuple(acts.values())


def take_back_act(connection: Connection, reference: str, by: str, now: datetime) -> CaseAct:
    """Undo the newest act on the case that is not undone, by the person who did it; what it was."""
    summary = case_of(connection, reference)
    lock_case(connection, summary.id)
    query = select(undo).where(undo.c.case_id == summary.id, undo.c.undone_at.is_(None))
    row = connection.execute(query.order_by(undo.c.id.desc()).limit(1)).one_or_none()
    if row is None or row.by != by:
        raise NothingToUndo(
            f"По обращению {reference} отменять нечего: уже отменено или его изменил другой сотрудник."
        )
    _withdraw_letters(connection, summary.id, row.at)
    corrections.withdraw(connection, summary.id, by, row.at)
    before = json.loads(row.before)
    if before.get("put_off_until") and _heard_since(connection, summary.id, by, row.at):
        before["put_off_until"] = None
    _restore(connection, summary.id, before, by, now)
    connection.execute(update(undo).where(undo.c.id == row.id).values(undone_at=now))
    connection.execute(update(case).where(case.c.id == summary.id).values(version=case.c.version + 1))
    return CaseAct(row.what)


def _withdraw_letters(connection: Connection, case_id: int, since: datetime) -> None:
    """What the act put into the outbox stays there, held; what has left, or leaves at this moment, cannot be undone."""
    own = (outbox.c.case_id == case_id, outbox.c.created_at >= since, outbox.c.automatic.is_(False))
    letters = connection.scalar(select(func.count()).where(*own))
    held = connection.execute(
        update(outbox)
        .where(*own, outbox.c.state.in_(_WAITING))
        .values(state=DeliveryState.HELD, held_reason="отменено сотрудником")
    )
    if held.rowcount != letters:
        raise NothingToUndo("Письмо уже ушло: отменить его нельзя. Напишите клиенту ещё раз.")


def _heard_since(connection: Connection, case_id: int, by: str, at: datetime) -> bool:
    """Has the client written since that act? Then undoing it does not hide the case again. The log's order tells it: a
    letter's line bears the time of its receipt."""
    own = (case_event.c.case_id == case_id, case_event.c.by == by, case_event.c.at == at)
    act = connection.scalar(select(func.min(case_event.c.id)).where(*own)) or 0
    later = (case_event.c.case_id == case_id, case_event.c.by == CLIENT, case_event.c.id > act)
    return connection.scalar(select(case_event.c.id).where(*later).limit(1)) is not None


def _restore(connection: Connection, case_id: int, before: dict[str, Any], by: str, now: datetime) -> None:
    state = CaseState(before.pop("state"))
    ledger = before.pop("ledger", None)
    if ledger is not None:  # an act of an earlier version says nothing of the ledger, and did nothing to it
        case_readings.bring_back(connection, map(int, before["readings"]), ledger, by, now)
    for reading_id, values in before.pop("readings").items():
        connection.execute(update(reading).where(reading.c.id == int(reading_id)).values(**values))
    for name in _MOMENTS & before.keys():  # an act of an earlier version kept fewer
        before[name] = datetime.fromisoformat(before[name]) if before[name] else None
    labels = CaseLabels(
        before["primary_kind"],
        before["topic"] or "",
        respond_by=before.get("respond_by"),
        correspondent=_writer_again(connection, case_id, before),
    )
    if lock_case(connection, case_id) is state:
        log_event(connection, case_id, state, state, by, UNDO_NOTE, now, labels=labels)
    else:
        step(connection, case_id, state, by, UNDO_NOTE, now, labels=labels)
    if not before["answered_on_substance"] and owed_answers.answer_stands(connection, case_id):
        note(connection, case_id, by, UNDO_NOTE, now, ClockMark.WITHDRAWN)
    connection.execute(update(case).where(case.c.id == case_id).values(**before))


def _writer_again(connection: Connection, case_id: int, before: dict[str, Any]) -> str | None:
    """What the log is told of who writes: nothing where the act had left that as it was."""
    was = before.get("correspondent")
    correspondent = connection.scalar(select(case.c.correspondent).where(case.c.id == case_id))
    return None if "correspondent" not in before or was == correspondent else was or ""
