"""Committing a decision: case, log, readings and our finished letter, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection, insert, select, update

from mailbot.model import (
    Action,
    CaseContext,
    CaseLabels,
    CaseState,
    Channel,
    ClockMark,
    Decision,
    DeliveryState,
    Facts,
    GateHold,
    Letter,
    LetterPurpose,
    OutgoingLetter,
    Priority,
    Reading,
    SegmentRole,
)
from mailbot.model.case.reading_state import ReadingState
from mailbot.store.case_log.case_numbers import use_number
from mailbot.store.case_log.client_replies import record_reply, return_to_queue
from mailbot.store.case_log.events import MACHINE, step
from mailbot.store.database.full_text_search import index_case, searched_words
from mailbot.store.database.json_codec import decision_to_json, facts_to_json, words_to_json
from mailbot.store.decisions.bill_delivery_choice import carry_out
from mailbot.store.decisions.case_houses import keep_place
from mailbot.store.decisions.client_ties import keep_ties
from mailbot.store.ledger.case_readings import enter
from mailbot.store.mail.duplicates import claim_identity
from mailbot.store.mail.reminder_opt_outs import refuse
from mailbot.store.schema.letters_and_cases import MAX_ACCOUNT_LENGTH, case, case_account, outbox, reading
from mailbot.store.schema.letters_and_cases import letter as letter_table
from mailbot.store.schema.staff_and_casework import staff


class AlreadyDecided(Exception):
    """Another worker decided the letter first, or has it now; nothing of this attempt was kept."""


def record(
    connection: Connection,
    letter_id: int,
    letter: Letter,
    facts: Facts,
    context: CaseContext,
    decision: Decision,
    outgoing: OutgoingLetter | None,
    held: GateHold | None,
    now: datetime,
    worker: str | None = None,
    channel: Channel = Channel.MAIL,
) -> None:
    """Write the outcome of one letter; AlreadyDecided where somebody else has.

    With `worker` given, also where the claim has passed to another since. `channel` is the way the appeal came.
    """
    _close_letter(connection, letter_id, now, worker)
    case_id = connection.execute(select(case.c.id).where(case.c.letter_id == letter_id)).scalar_one()
    _fill(connection, case_id, letter, facts, context, decision, channel, now)
    keep_ties(connection, case_id, context.ties)
    if decision.action is not Action.IGNORE:
        use_number(connection, case_id, context.number)
        claim_identity(connection, letter_id, letter)
    taken = _keep_readings(connection, case_id, letter_id, decision)
    enter(connection, tuple(zip(decision.ledger, taken, strict=False)), channel, now)
    index_case(connection, case_id, searched_words(letter, facts, context))
    if outgoing is not None:
        queue(connection, case_id, outgoing, held, now, automatic=True, mark=_mark(outgoing, decision))
        if held is None and decision.on_substance:
            mark_answered(connection, case_id, outgoing.text, now)
        if decision.change is not None and decision.change.confirmed:
            carry_out(connection, decision.change, context.number, letter.from_.email, now)
    if decision.stops_reminders:
        refuse(connection, letter.from_.email, f"письмо, обращение № {context.number}", now)
    became, why = _outcome(decision, outgoing, held)
    clause = decision.clause if became is CaseState.SILENCED else None
    labels = CaseLabels(facts.primary, decision.topic or "", clause, decision.respond_by)
    if decision.correspondent:  # nothing that a client wants
        labels = replace(labels, kind=None, correspondent=decision.correspondent)
    step(connection, case_id, became, MACHINE, why, now, labels=labels)
    keep_place(connection, case_id, facts, context)
    if context.follows is not None and decision.action is not Action.IGNORE:
        record_reply(connection, context.follows, context.number, letter.received_at)
    if decision.action is not Action.IGNORE:
        return_to_queue(connection, case_id, context.follows, letter.received_at)


def _mark(outgoing: OutgoingLetter, decision: Decision) -> ClockMark:
    """What the log is told when the machine's letter has left."""
    if decision.on_substance:
        return ClockMark.ANSWERED
    match outgoing.purpose:
        case LetterPurpose.REQUEST:
            return ClockMark.ASKED
        case LetterPurpose.ACKNOWLEDGEMENT | LetterPurpose.ANSWER:
            return ClockMark.RESPONDED
        case LetterPurpose.BILL | LetterPurpose.REMINDER | LetterPurpose.REPORT | LetterPurpose.WARNING:
            raise ValueError(f"a {outgoing.purpose} answers no letter")
        case _:
            assert_never(outgoing.purpose)


def _close_letter(connection: Connection, letter_id: int, now: datetime, worker: str | None) -> None:
    """The first to get here decides the letter; the row's lock makes the second see it."""
    statement = update(letter_table).where(
        letter_table.c.id == letter_id, letter_table.c.decided_at.is_(None)
    )
    if worker is not None:
        statement = statement.where(letter_table.c.claimed_by == worker)
    done = connection.execute(
        statement.values(decided_at=now, claimed_by=None, lease_until=None, last_error=None)
    )
    if not done.rowcount:
        raise AlreadyDecided(f"письмо {letter_id} уже разобрано или передано другому процессу")


def _outcome(
    decision: Decision, outgoing: OutgoingLetter | None, held: GateHold | None
) -> tuple[CaseState, str]:
    """The state of the case, and why; a letter that was due and did not go out is a person's matter."""
    match decision.action:
        case Action.IGNORE:
            return CaseState.IGNORED, decision.because
        case Action.NO_REPLY:
            return CaseState.SILENCED, f"{decision.because} (п. {decision.clause})"
        case Action.REVIEW:
            kept_back = f"; наше письмо задержано: {held.reason}" if held else ""
            return CaseState.AWAITING_REVIEW, decision.because + kept_back
        case Action.ANSWER | Action.READING_ACCEPTED:
            if held is not None:
                return CaseState.AWAITING_REVIEW, f"ответ задержан: {held.reason}"
            if outgoing is None:
                return CaseState.AWAITING_REVIEW, "ответ положен, но послать его некуда"
            return CaseState.ANSWERED, decision.because
        case _:
            assert_never(decision.action)


def _fill(
    connection: Connection,
    case_id: int,
    letter: Letter,
    facts: Facts,
    context: CaseContext,
    decision: Decision,
    channel: Channel,
    now: datetime,
) -> None:
    body = letter.part("body")
    writer = {"sender": context.writer} if context.writer else {}
    kinds = () if decision.correspondent else tuple(kind.value for kind in facts.kinds)
    accounts = _distinct(account.value[:MAX_ACCOUNT_LENGTH] for account in facts.contacts.accounts)
    connection.execute(
        update(case)
        .where(case.c.id == case_id)
        .values(
            **writer,
            channel=channel,
            action=decision.action,
            rule=decision.rule,
            clause=decision.clause,
            because=decision.because,
            primary_kind=kinds[0] if kinds else None,
            kinds=" ".join(kinds),
            correspondent=decision.correspondent or None,
            their_number=decision.their_number,
            assignee=_at_work(connection, decision.assignee),
            topic=decision.topic,
            topics=" ".join(topic.value for topic in facts.topics),
            priority=decision.priority,
            rank=decision.priority.rank,
            respond_by=decision.respond_by,
            subject=letter.subject,
            follows=context.follows,
            template=decision.template,
            proposed=decision.proposed,
            rulebook_version=decision.rulebook_version,
            confidence=decision.confidence,
            decided_at=now,
            written_text=f"{letter.subject}\n{body.view(SegmentRole.WRITTEN, SegmentRole.FORWARDED)}".strip(),
            arguments=words_to_json(_distinct(value.value for value in facts.arguments)),
            doubts=words_to_json(decision.doubts),
            facts_json=facts_to_json(facts),
            decision_json=decision_to_json(decision),
        )
    )
    if accounts:
        connection.execute(
            insert(case_account), [{"case_id": case_id, "account": account} for account in accounts]
        )


def _at_work(connection: Connection, login: str) -> str | None:
    """The login of a member who may take the case; None where the rules name one who is not (any longer) there."""
    if not login:
        return None
    known = select(staff.c.login).where(staff.c.login == login, staff.c.disabled_at.is_(None))
    return connection.scalar(known)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _keep_readings(
    connection: Connection, case_id: int, letter_id: int, decision: Decision
) -> tuple[int, ...]:
    """Readings count from the moment their letter was received (clause 3); the rows, the accepted ones first."""
    rows = [
        *(_reading_row(taken, ReadingState.ACCEPTED, "") for taken in decision.accepted),
        *(
            _reading_row(refused.reading, ReadingState.REFUSED, refused.reason)
            for refused in decision.refused
        ),
    ]
    if not rows:
        return ()
    query = select(letter_table.c.received_at).where(letter_table.c.id == letter_id)
    common = {"case_id": case_id, "received_at": connection.execute(query).scalar_one()}
    statement = insert(reading).returning(reading.c.id, sort_by_parameter_order=True)
    return tuple(connection.scalars(statement, [{**common, **row} for row in rows]))


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
        "first_state": state,
        "first_reason": reason,
    }


def queue(
    connection: Connection,
    case_id: int | None,
    outgoing: OutgoingLetter,
    held: GateHold | None,
    now: datetime,
    *,
    automatic: bool,
    revision: int = 1,
    leaves_at: datetime | None = None,
    provider: str | None = None,
    mark: ClockMark | None = None,
    author: str | None = None,
    words: str | None = None,
    urgent: bool = False,
) -> int:
    """Put a finished letter into the outbox: to be sent at `leaves_at` or at once, or held and shown; its id.

    `provider` is whose pace it keeps: a letter without a case has one. `mark` is what the case's log is told when it has
    left, `author` who wrote it and in which `words` (None: the machine). `urgent`: it leaves before all others, as every
    letter of an emergency's case does.
    """
    of_case = select(case.c.rank).where(case.c.id == case_id)
    urgent = urgent or (case_id is not None and connection.scalar(of_case) == Priority.EMERGENCY.rank)

    statement = (
        insert(outbox)
        .values(
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
            mark=mark,
            author=author,
            words=words,
            state=DeliveryState.HELD if held else DeliveryState.READY,
            held_reason=held.reason if held else None,
            waits_as=held.waits_as if held else None,
            next_at=leaves_at or now,
            created_at=now,
            provider=provider,
            urgent=urgent,
        )
        .returning(outbox.c.id)
    )
    return int(connection.execute(statement).scalar_one())


def mark_answered(connection: Connection, case_id: int, text: str, now: datetime) -> None:
    """From here on the question counts as answered on substance (clause 2.2.email.4)."""
    connection.execute(
        update(case)
        .where(case.c.id == case_id)
        .values(answered_on_substance=True, answered_at=now, answer_text=text)
    )
