"""Automatic letters that only the caps of all addresses have held: they leave by themselves once there is room.

A letter whose case a person has touched, or somebody is looking at, stays held: it is that person's now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, case, exists, select, update

from mailbot.model import CaseState, ClockMark, DeliveryState
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.store.case_log.events import MACHINE, lock_case, log_event, step
from mailbot.store.decisions.recording import mark_answered
from mailbot.store.mail.automatic_traffic import count_letter
from mailbot.store.schema.letters_and_cases import case as case_table
from mailbot.store.schema.letters_and_cases import case_event, outbox
from mailbot.store.schema.staff_and_casework import case_draft, case_presence

LATEST = timedelta(days=2)
"""Older letters wait for a person alone: what they say may no longer be so."""

LOOKED_AT = timedelta(minutes=10)
"""Who has looked at a case within this time may be about to act."""

_TOLD = "наше письмо, задержанное пределом, отправлено"


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """An outgoing letter that waits for room."""

    id: int
    of: WriterClass
    recipient: str


def next_held(connection: Connection, now: datetime) -> HeldLetter | None:
    """The letter that leaves first when there is room: emergencies, then clients, then strangers."""
    turn = case({of: of.turn for of in WriterClass}, value=outbox.c.waits_as)
    acted = exists().where(
        case_event.c.case_id == outbox.c.case_id,
        case_event.c.by != MACHINE,
        case_event.c.at >= outbox.c.created_at,
    )
    looked = exists().where(
        case_presence.c.case_id == outbox.c.case_id, case_presence.c.seen_at > now - LOOKED_AT
    )
    drafted = exists().where(case_draft.c.case_id == outbox.c.case_id)
    query = (
        select(outbox.c.id, outbox.c.waits_as, outbox.c.recipient)
        .join(case_table, case_table.c.id == outbox.c.case_id)
        .where(
            outbox.c.state == DeliveryState.HELD,
            outbox.c.waits_as.is_not(None),
            outbox.c.created_at > now - LATEST,
            and_(case_table.c.state == CaseState.AWAITING_REVIEW, case_table.c.assignee.is_(None)),
            ~acted,
            ~looked,
            ~drafted,
        )
        .order_by(turn, outbox.c.created_at, outbox.c.id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return HeldLetter(row.id, WriterClass(row.waits_as), row.recipient) if row else None


def leave_to_person(connection: Connection, held: HeldLetter, why: str) -> None:
    """The letter waits for room no more: a person may still send it."""
    values = {"waits_as": None, "held_reason": why}
    connection.execute(update(outbox).where(outbox.c.id == held.id).values(**values))


def let_out(connection: Connection, held: HeldLetter, now: datetime) -> None:
    """The letter is due now, and counts as one of now; a case that it answers on substance is answered."""
    row = connection.execute(
        select(outbox.c.case_id, outbox.c.mark, outbox.c.text).where(outbox.c.id == held.id)
    ).one()
    state = lock_case(connection, row.case_id)
    ready = {"state": DeliveryState.READY, "created_at": now, "next_at": now, "held_reason": None}
    connection.execute(update(outbox).where(outbox.c.id == held.id).values(**ready, waits_as=None))
    count_letter(connection, held.of, now)
    if row.mark == ClockMark.ANSWERED:
        mark_answered(connection, row.case_id, row.text, now)
        step(connection, row.case_id, CaseState.ANSWERED, MACHINE, _TOLD, now)
    else:
        log_event(connection, row.case_id, state, state, MACHINE, _TOLD, now)
