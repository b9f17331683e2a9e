"""Emergencies that nobody has opened, and who was told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, insert, literal, or_, select
from sqlalchemy.exc import IntegrityError

from mailbot.model import CaseState, Priority
from mailbot.model.case.emergency import Emergency, EmergencySummary
from mailbot.store.case_log.events import MACHINE, lock_case, log_event
from mailbot.store.cases.gists import gists
from mailbot.store.schema.letters_and_cases import case
from mailbot.store.schema.staff_and_casework import alarm, case_presence


class AlreadyAlarmed(Exception):
    """Another process has just told the same person of the same emergency; nothing of this attempt was kept."""


def load_unopened(connection: Connection, before: datetime, most: int, limit: int) -> tuple[Emergency, ...]:
    """Emergencies that wait, that nobody has opened or taken, and whose newest alarm was sent before that moment.

    Those with `most` alarms are left out. The most pressing first, `limit` at a time.
    """
    sent = (
        select(alarm.c.case_id, func.count().label("alarms"), func.max(alarm.c.at).label("at"))
        .group_by(alarm.c.case_id)
        .subquery()
    )
    query = (
        select(
            case.c.id,
            case.c.number,
            case.c.topic,
            case.c.subject,
            case.c.received_at,
            case.c.respond_by,
            sent.c.alarms,
        )
        .outerjoin(sent, sent.c.case_id == case.c.id)
        .where(
            case.c.state == literal(CaseState.AWAITING_REVIEW.value, literal_execute=True),
            case.c.rank == literal(Priority.EMERGENCY.rank, literal_execute=True),
            case.c.assignee.is_(None),
            ~exists().where(case_presence.c.case_id == case.c.id),
            or_(sent.c.alarms.is_(None), and_(sent.c.at <= before, sent.c.alarms < most)),
        )
        .with_hint(case, "INDEXED BY ix_case__queue", "sqlite")
        .order_by(case.c.respond_by.nulls_first(), case.c.id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    known = gists(connection, [row.id for row in rows])
    return tuple(
        Emergency(
            row.id,
            row.number or str(row.id),
            row.topic,
            row.subject,
            row.received_at,
            row.respond_by,
            known.get(row.id, EmergencySummary()),
            row.alarms or 0,
        )
        for row in rows
    )


def save_alarm(connection: Connection, emergency: Emergency, recipient: str, now: datetime) -> Emergency:
    """Note that this person is told; AlreadyAlarmed where another process is quicker. The emergency with its new count."""
    turn = emergency.alarms + 1
    state = lock_case(connection, emergency.case_id)
    row = {"case_id": emergency.case_id, "turn": turn, "recipient": recipient, "at": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(alarm).values(**row))
    except IntegrityError:
        raise AlreadyAlarmed(emergency.number) from None
    why = f"об аварии сообщаем сотруднику: письмо на {recipient}"
    log_event(connection, emergency.case_id, state, state, MACHINE, why, now)
    return replace(emergency, alarms=turn)
