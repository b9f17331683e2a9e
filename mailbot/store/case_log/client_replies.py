"""A client has written again: the clock of a case in which they were asked runs on, and people see it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, or_, select, update

from mailbot.model import CaseState, ClockMark
from mailbot.store.case_log.events import CLIENT, lock_case, log_event, note
from mailbot.store.case_log.owed_answers import is_asked
from mailbot.store.schema.letters_and_cases import case


def record_reply(connection: Connection, number: str, new_number: str, at: datetime) -> None:
    """The letter of case `new_number`, received `at`, answers what its writer was asked in case `number`.

    A case that was put off until then comes back into the queue; nothing happens where nobody was asked.
    """
    case_id = connection.scalar(select(case.c.id).where(case.c.number == number))
    if case_id is None or not is_asked(connection, case_id):
        return
    note(connection, case_id, CLIENT, f"клиент написал снова: обращение № {new_number}", at, ClockMark.HEARD)
    connection.execute(update(case).where(case.c.id == case_id).values(put_off_until=None))


def return_to_queue(connection: Connection, case_id: int, follows: str | None, at: datetime) -> None:
    """The letter of case `case_id` came: what of its writer's waiting cases was put off, people see again at once."""
    new = connection.execute(select(case.c.number, case.c.sender).where(case.c.id == case_id)).one()
    theirs = or_(case.c.number == follows, and_(case.c.sender == new.sender, case.c.sender != ""))
    waiting = (case.c.state == CaseState.AWAITING_REVIEW, case.c.put_off_until > at, case.c.id != case_id)
    query = select(case.c.id).where(theirs, *waiting).order_by(case.c.id)
    for held_id in connection.scalars(query).all():
        state = lock_case(connection, held_id)
        why = f"клиент написал снова: обращение № {new.number}, больше не отложено"
        log_event(connection, held_id, state, state, CLIENT, why, at)
        connection.execute(update(case).where(case.c.id == held_id).values(put_off_until=None))
