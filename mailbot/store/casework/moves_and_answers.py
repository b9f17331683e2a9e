"""What a person may do with a case; each verb is one lawful step, logged with its author and reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from mailbot.model import CaseLabels, CaseState, ClockMark, LetterPurpose, OutgoingLetter
from mailbot.store.case_log.case_numbers import next_number, use_number
from mailbot.store.case_log.events import lock_case, log_event, step
from mailbot.store.case_log.withdrawn_answers import hold_unsent, withdraw_answer
from mailbot.store.cases.summaries import case_of
from mailbot.store.casework.repeated_answers import check_not_sent
from mailbot.store.decisions.recording import mark_answered, queue
from mailbot.store.mail.incoming_claims import TIME_ZONE
from mailbot.store.schema.letters_and_cases import case, outbox


def move(
    connection: Connection,
    reference: str,
    became: CaseState,
    by: str,
    why: str,
    now: datetime,
    mark: ClockMark | None = None,
    clause: str | None = None,
) -> None:
    """Take a case to another state; InvalidCaseTransition where `CASE_STEPS` does not hold the step.

    `mark`: what that means to its clocks; `clause`: by which no reply is owed. Back before people it counts as answered
    no longer: an answer not yet on its way is held, and a case that was ignored, so had no number, is registered now.
    """
    summary = case_of(connection, reference)
    number = next_number(connection, now, TIME_ZONE) if summary.number is None else None
    lock_case(connection, summary.id)
    if mark is None and summary.state.ends_unanswered:
        mark = ClockMark.CORRECTED
    step(connection, summary.id, became, by, why, now, mark, CaseLabels(clause=clause))
    if became is CaseState.AWAITING_REVIEW:
        if number is not None:
            use_number(connection, summary.id, number)
        hold_unsent(connection, summary.id, why)
        withdraw_answer(connection, summary.id, why, now, by)


def next_revision(connection: Connection, reference: str) -> int:
    """Which answer to this case a person's next one is, from 1: each has its own Message-ID."""
    return _next_revision(connection, case_of(connection, reference).id)


def _next_revision(connection: Connection, case_id: int) -> int:
    query = select(func.max(outbox.c.revision)).where(
        outbox.c.case_id == case_id, outbox.c.purpose == LetterPurpose.ANSWER
    )
    return (connection.scalar(query) or 0) + 1


def queue_answer(
    connection: Connection,
    reference: str,
    outgoing: OutgoingLetter,
    by: str,
    text: str,
    now: datetime,
    leaves_at: datetime | None = None,
    means: ClockMark = ClockMark.ANSWERED,
) -> None:
    """A person's letter: into the outbox, to leave at `leaves_at` or at once; TextAlreadySent where these words were sent.

    `means` what the clocks are told when it has left: it answers on substance (and the case is answered), asks the
    client for something, or only tells how it stands; then the case stays with people.
    """
    closes = means is ClockMark.ANSWERED
    case_id = case_of(connection, reference).id
    state = lock_case(connection, case_id)
    check_not_sent(connection, case_id, text, now)
    if closes:
        step(connection, case_id, CaseState.ANSWERED, by, "ответ сотрудника по существу", now)
    else:
        log_event(
            connection, case_id, state, state, by, "письмо сотрудника, обращение остаётся в работе", now
        )
    queue(
        connection,
        case_id,
        outgoing,
        None,
        now,
        automatic=False,
        mark=means,
        author=by,
        words=text,
        revision=_next_revision(connection, case_id),
        leaves_at=leaves_at,
    )
    if not closes:
        return
    mark_answered(connection, case_id, text, now)
    connection.execute(update(case).where(case.c.id == case_id).values(error=None))
