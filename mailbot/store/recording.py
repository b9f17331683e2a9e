"""Committing a decision: case, log, readings and our finished letter, whole or not at all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from mailbot.model import (
    Action,
    CaseState,
    Context,
    Decision,
    DeliveryState,
    Facts,
    Held,
    Letter,
    Outgoing,
    Purpose,
    Reading,
    Role,
)
from mailbot.store.codec import decision_to_json, facts_to_json
from mailbot.store.context import words_of
from mailbot.store.events import MACHINE, step
from mailbot.store.numbers import use_number
from mailbot.store.tables import case, case_account, outbox, reading
from mailbot.store.tables import letter as letter_table


class AlreadyDecided(Exception):
    """Another worker decided the letter first; nothing of this attempt was kept."""


def record(
    connection: Connection,
    letter_id: int,
    letter: Letter,
    facts: Facts,
    context: Context,
    decision: Decision,
    outgoing: Outgoing | None,
    held: Held | None,
    now: datetime,
) -> None:
    """Write the outcome of one letter; AlreadyDecided where somebody else has."""
    done = connection.execute(
        update(letter_table)
        .where(letter_table.c.id == letter_id, letter_table.c.decided_at.is_(None))
        .values(decided_at=now, claimed_by=None, lease_until=None, last_error=None)
    )
    if not done.rowcount:
        raise AlreadyDecided(f"письмо {letter_id} уже разобрано")
    case_id = connection.scalar(select(case.c.id).where(case.c.letter_id == letter_id)) or 0
    _fill(connection, case_id, letter, facts, context, decision, now)
    if decision.action is not Action.IGNORE:
        use_number(connection, case_id, context.number)
    _keep_readings(connection, case_id, letter_id, decision)
    if outgoing is not None:
        queue(connection, case_id, outgoing, held, now, automatic=True)
    answered = outgoing is not None and held is None and decision.on_substance
    if answered and outgoing is not None:
        _answered(connection, case_id, outgoing.text, now)
    became, why = _outcome(decision, outgoing, held)
    step(connection, case_id, became, MACHINE, why, now)


def _outcome(decision: Decision, outgoing: Outgoing | None, held: Held | None) -> tuple[CaseState, str]:
    """The state of the case, and why; a letter that was due and did not go out is a person's matter."""
    if decision.action is Action.IGNORE:
        return CaseState.IGNORED, decision.because
    if decision.action is Action.NO_REPLY:
        return CaseState.SILENCED, f"{decision.because} (п. {decision.clause})"
    if decision.action is Action.REVIEW:
        return CaseState.AWAITING_REVIEW, decision.because
    if held is not None:
        return CaseState.AWAITING_REVIEW, f"ответ задержан: {held.reason}"
    if outgoing is None:
        return CaseState.AWAITING_REVIEW, "ответ положен, но послать его некуда"
    return CaseState.ANSWERED, decision.because


def _fill(
    connection: Connection,
    case_id: int,
    letter: Letter,
    facts: Facts,
    context: Context,
    decision: Decision,
    now: datetime,
) -> None:
    body = letter.part("body")
    accounts = tuple(dict.fromkeys(found.value for found in facts.contacts.accounts))
    connection.execute(
        update(case)
        .where(case.c.id == case_id)
        .values(
            action=decision.action,
            rule=decision.rule,
            clause=decision.clause,
            because=decision.because,
            primary_kind=facts.primary,
            kinds=words_of(found.value for found in facts.kinds),
            topic=decision.topic,
            topics=words_of(found.value for found in facts.topics),
            priority=decision.priority,
            respond_by=decision.respond_by,
            accounts=" ".join(accounts),
            subject=letter.subject,
            follows=context.follows,
            template=decision.template,
            proposed=decision.proposed,
            rulebook_version=decision.rulebook_version,
            confidence=decision.confidence,
            decided_at=now,
            written_text=f"{letter.subject}\n{body.view(Role.WRITTEN, Role.FORWARDED)}".strip(),
            facts_json=facts_to_json(facts),
            decision_json=decision_to_json(decision),
        )
    )
    if accounts:
        connection.execute(
            insert(case_account), [{"case_id": case_id, "account": account} for account in accounts]
        )


def _keep_readings(connection: Connection, case_id: int, letter_id: int, decision: Decision) -> None:
    query = select(letter_table.c.received_at).where(letter_table.c.id == letter_id)
    received_at = connection.scalar(query)
    rows = [
        *(_reading_row(taken, "accepted", "") for taken in decision.accepted),
        *(_reading_row(refused.reading, "refused", refused.reason) for refused in decision.refused),
    ]
    for row in rows:
        connection.execute(insert(reading).values(case_id=case_id, received_at=received_at, **row))


def _reading_row(taken: Reading, state: str, reason: str) -> dict[str, object]:
    return {
        "account": taken.account,
        "meter": taken.meter,
        "resource": taken.resource,
        "value": str(taken.value),
        "unit": taken.unit,
        "confidence": taken.confidence,
        "state": state,
        "reason": reason,
    }


def queue(
    connection: Connection,
    case_id: int,
    outgoing: Outgoing,
    held: Held | None,
    now: datetime,
    *,
    automatic: bool,
    revision: int = 1,
) -> None:
    """Put a finished letter into the outbox: to be sent, or held and shown."""
    connection.execute(
        insert(outbox).values(
            case_id=case_id,
            purpose=outgoing.purpose,
            revision=revision,
            template=outgoing.template,
            recipient=outgoing.recipient,
            subject=outgoing.subject,
            message_id=outgoing.message_id,
            text=outgoing.text,
            content=outgoing.content,
            automatic=automatic,
            state=DeliveryState.HELD if held else DeliveryState.READY,
            held_reason=held.reason if held else None,
            next_at=now,
            created_at=now,
        )
    )


def _answered(connection: Connection, case_id: int, text: str, now: datetime) -> None:
    connection.execute(
        update(case)
        .where(case.c.id == case_id)
        .values(answered_on_substance=True, answered_at=now, answer_text=text)
    )


def queue_answer(
    connection: Connection, case_id: int, outgoing: Outgoing, by: str, text: str, now: datetime
) -> None:
    """A person's answer on substance: into the outbox, and the case is answered."""
    query = select(outbox.c.revision).where(outbox.c.case_id == case_id, outbox.c.purpose == Purpose.ANSWER)
    revision = max(connection.scalars(query), default=0) + 1
    queue(connection, case_id, outgoing, None, now, automatic=False, revision=revision)
    _answered(connection, case_id, text, now)
    step(connection, case_id, CaseState.ANSWERED, by, "ответ сотрудника по существу", now)
