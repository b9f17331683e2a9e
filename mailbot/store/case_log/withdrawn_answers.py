"""What follows when an answer of ours turns out to be none: refused, bounced, or taken back by a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, or_, select, update

from mailbot.model import CaseState, ClockMark, DeliveryState
from mailbot.store.case_log.events import MACHINE, note, step
from mailbot.store.schema.letters_and_cases import case, case_account, case_event, outbox

REPEAT = "repeat"
"""The short name of the rule that silences a letter because of an earlier answer (clause 2.2.email.4)."""

REPEAT_CLAUSE = "2.2.email.4"
"""By which a person silences one that the machine only proposed."""


def withdraw_answer(connection: Connection, case_id: int, why: str, now: datetime, by: str = MACHINE) -> None:
    """The case no longer counts as answered, nor do the letters that were silenced as its repeats.

    Clause 2.2.email.4 silences only a question whose answer «уже был предоставлен»: where that answer
    never reached the client, or was wrong, the repeat is owed a reply like any other letter.
    """
    done = connection.execute(
        update(case)
        .where(case.c.id == case_id, case.c.answered_on_substance.is_(True))
        .values(answered_on_substance=False, answered_at=None)
    )
    if done.rowcount:
        note(connection, case_id, by, f"ответ не в счёт: {why}", now, ClockMark.WITHDRAWN)
        for repeat_id, number in _repeats_of(connection, case_id):
            reason = f"письмо сочли повторным, но прежний ответ (№ {number}) не в счёт: {why}"
            step(connection, repeat_id, CaseState.AWAITING_REVIEW, MACHINE, reason, now)


def _repeats_of(connection: Connection, case_id: int) -> list[tuple[int, str]]:
    """(id, number of the earlier case) of the silenced cases that rest on this one's answer."""
    earlier = connection.execute(select(case).where(case.c.id == case_id)).one()
    repeat_account, own_account = case_account.alias("theirs"), case_account.alias("own")
    same_account = exists().where(
        repeat_account.c.case_id == case.c.id,
        own_account.c.case_id == case_id,
        repeat_account.c.account == own_account.c.account,
    )
    by_a_person = exists().where(
        case_event.c.case_id == case.c.id,
        case_event.c.became == CaseState.SILENCED,
        case_event.c.clause == REPEAT_CLAUSE,
    )
    # silenced repeats of the same sender, account or thread, received after the case that was answered
    query = select(case.c.id).where(
        case.c.state == CaseState.SILENCED,
        or_(case.c.rule == REPEAT, by_a_person),
        case.c.id != case_id,
        case.c.received_at >= earlier.received_at,
        or_(
            (case.c.sender == earlier.sender) & (case.c.sender != ""),
            case.c.follows == earlier.number,
            same_account,
        ),
    )
    return [(repeat_id, earlier.number or "") for repeat_id in connection.scalars(query.order_by(case.c.id))]


def hold_unsent(connection: Connection, case_id: int, why: str) -> None:
    """Keep back the case's letters that no sender has claimed yet: a person took the case over."""
    connection.execute(
        update(outbox)
        .where(outbox.c.case_id == case_id, outbox.c.state == DeliveryState.READY)
        .values(state=DeliveryState.HELD, held_reason=f"обращение возвращено сотруднику: {why}")
    )
