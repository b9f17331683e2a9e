"""The outbox: claimed with a lease, sent outside any transaction, recorded; never sent twice.

ready ─claim─► sending ─► sent | ready again, later (certainly not accepted) | refused | uncertain
                       └► ready again, as soon as the server is back (it was away)
ready, with a provider ─claim, at its pace─► sending: letters without a case, after all that have one
sending, and its sender died ─► ready again where the text had not begun to leave, else uncertain
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Connection, Row, false, func, literal, select, true, update
from sqlalchemy import case as sql_case

from mailbot.model import ClockMark, DeliveryState, LetterPurpose, SendOutcome, SendResult
from mailbot.model.outgoing.sending_pace import Pacing, provider_of
from mailbot.store.case_log.events import MACHINE, before_a_person, lock_case, note
from mailbot.store.case_log.withdrawn_answers import withdraw_answer
from mailbot.store.database.wrong_times import farthest
from mailbot.store.mail import account_letter_failures, sending_pace
from mailbot.store.schema.letters_and_cases import case, outbox

LONGEST_PAUSE = timedelta(hours=4)
"""Between two attempts at a letter."""

LONGEST_LEASE = timedelta(minutes=100)
"""Of a sender whose every step may take ten minutes."""

HOUSE = "house"
"""The provider of letters to our own people, reports and warnings: after the answers, before the bills, at no pace."""


@dataclass(frozen=True, slots=True)
class ClaimedOutgoing:
    """A letter of ours that is now this sender's. `attempts` counts this one; a bill has no case and a provider."""

    id: int
    case_number: str
    purpose: LetterPurpose
    provider: str | None
    recipient: str
    message_id: str
    content: bytes
    attempts: int
    created_at: datetime
    claimed_until: datetime
    automatic: bool


class ClaimLost(Exception):
    """The claim ran out, and the letter may be another sender's by now: nothing of it may leave."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter of ours that the server has, or may have. `sent_at` is None where that is uncertain."""

    id: int
    message_id: str
    content: bytes
    sent_at: datetime | None


def in_state(state: DeliveryState) -> ColumnElement[bool]:
    """Written into the statement, not bound: only so do the engines see that a partial index fits."""
    return outbox.c.state == literal(state.value, literal_execute=True)


def claim_outgoing(
    connection: Connection, worker: str, lease: timedelta, now: datetime, pacing: Pacing | None = None
) -> ClaimedOutgoing | None:
    """Claim the letter that has been due longest; None where none is. Committed before sending begins.

    A letter of an emergency goes before all others, an answer before a letter to our own people, and that before every
    bill; a bill goes where `pacing` and its provider's pace let it.
    """
    by_time = (outbox.c.next_at, outbox.c.id)
    persons_first = (outbox.c.automatic, *by_time)
    for whose, order in (
        (outbox.c.urgent == true(), by_time),
        (outbox.c.provider.is_(None), by_time),
        (outbox.c.provider == HOUSE, persons_first),
    ):
        claimed = _claim(connection, whose, order, worker, lease, now)
        if claimed is not None:
            return claimed
    if pacing is None:
        return None
    provider = sending_pace.open_provider(connection, pacing, now)
    if provider is None:
        return None
    claimed = _claim(connection, outbox.c.provider == provider, persons_first, worker, lease, now)
    if claimed is not None:
        sending_pace.count_departure(connection, provider, pacing, now)
    return claimed


def mend_times(connection: Connection, now: datetime) -> int:
    """What waits for a moment that cannot be true is due, or out of hand, now; how many letters."""
    late = farthest(now, LONGEST_PAUSE / 2)
    mended = 0
    for urgent in (true(), false()):  # each is one look at the index
        due = (in_state(DeliveryState.READY), outbox.c.urgent == urgent, outbox.c.next_at > late)
        mended += connection.execute(update(outbox).where(*due).values(next_at=now)).rowcount
    held = (in_state(DeliveryState.SENDING), outbox.c.lease_until > farthest(now, LONGEST_LEASE / 2))
    due_by_then = sql_case((outbox.c.next_at < now, outbox.c.next_at), else_=now)
    free = update(outbox).where(*held).values(lease_until=now, next_at=due_by_then)
    return mended + connection.execute(free).rowcount


def _claim(
    connection: Connection,
    whose: ColumnElement[bool],
    order: tuple[ColumnElement[Any], ...],
    worker: str,
    lease: timedelta,
    now: datetime,
) -> ClaimedOutgoing | None:
    due = (
        select(outbox.c.id)
        .where(in_state(DeliveryState.READY), whose, outbox.c.next_at <= now)
        .order_by(*order)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(outbox)
        .where(outbox.c.id == due.scalar_subquery())
        .values(
            state=DeliveryState.SENDING,
            attempts=outbox.c.attempts + 1,
            claimed_by=worker,
            lease_until=now + lease,
            text_begun=False,
        )
        .returning(outbox)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    number = connection.scalar(select(case.c.number).where(case.c.id == row.case_id)) or ""
    return ClaimedOutgoing(
        row.id,
        number,
        LetterPurpose(row.purpose),
        row.provider,
        row.recipient,
        row.message_id,
        bytes(row.content),
        row.attempts,
        row.created_at,
        row.lease_until,
        row.automatic,
    )


def begin_text(connection: Connection, claimed: ClaimedOutgoing) -> None:
    """The text is about to leave: from this commit on, a sender that dies leaves the letter uncertain.

    ClaimLost where the claim is this sender's no longer: a process that was stopped for longer than its lease, and goes on.
    """
    statement = update(outbox).where(*_still(claimed)).values(text_begun=True)
    if not connection.execute(statement).rowcount:
        raise ClaimLost(f"письмо {claimed.id} уже передано другому отправителю")


def _still(claimed: ClaimedOutgoing) -> tuple[ColumnElement[bool], ...]:
    """No two claims of a letter end at the same microsecond, so the end of its lease tells one from all others."""
    return (
        outbox.c.id == claimed.id,
        outbox.c.state == DeliveryState.SENDING,
        outbox.c.lease_until == claimed.claimed_until,
    )


def record_delivery(
    connection: Connection,
    outgoing_id: int,
    delivery: SendResult,
    now: datetime,
    retry_at: datetime | None,
    pacing: Pacing | None = None,
    claimed: ClaimedOutgoing | None = None,
) -> None:
    """Record what an attempt came to; a refusal puts the case before a person, or stands on the bill's account.

    `retry_at` (None: at once) counts only where the letter was certainly not sent. A sender that comes
    back after its lease ran out may still say that the letter went, and nothing else: by then it is
    uncertain, and a person may have written in its place. With `claimed` given, nothing is recorded of a letter that is
    another sender's by now. A server that takes us for a mass sender gets no more
    bills for a while: that is no fault of the letter's, and no attempt of a bill's.
    """
    case_id, state = lock_outgoing(connection, outgoing_id)
    late = state is DeliveryState.UNCERTAIN and delivery.outcome is SendOutcome.SENT
    if state is not DeliveryState.SENDING and not late:
        return
    if delivery.outcome is not SendOutcome.SENT and claimed is not None and not _holds(connection, claimed):
        return  # of a 250 `begin_text` has made sure that the letter is nobody else's
    values: dict[str, object] = {
        "claimed_by": None,
        "lease_until": None,
        "last_error": delivery.detail,
        "cut_off": False,
        "text_begun": None,
    }
    match delivery.outcome:
        case SendOutcome.SENT:
            values |= {"state": DeliveryState.SENT, "sent_at": now, "last_error": None}
            if case_id is None:  # a month's bills would fill the mailbox: the outbox keeps their bytes
                values["copied_at"] = now
        case SendOutcome.NOT_SENT | SendOutcome.THROTTLED:
            values |= {"state": DeliveryState.READY, "next_at": retry_at or now}
        case SendOutcome.UNREACHED:  # as if it had not been tried: it is due as it was
            values |= {"state": DeliveryState.READY, "attempts": outbox.c.attempts - 1}
        case SendOutcome.CUT_OFF:
            values |= {"state": DeliveryState.READY, "next_at": retry_at or now, "cut_off": True}
        case SendOutcome.REFUSED:
            values |= {"state": DeliveryState.REFUSED}
        case SendOutcome.UNCERTAIN:
            values |= {"state": DeliveryState.UNCERTAIN}
        case _:
            assert_never(delivery.outcome)
    if delivery.outcome is SendOutcome.THROTTLED and case_id is None:
        values |= {"next_at": now, "attempts": outbox.c.attempts - 1}
    connection.execute(update(outbox).where(outbox.c.id == outgoing_id).values(**values))
    if delivery.outcome is SendOutcome.SENT:
        log_departure(connection, outgoing_id, now)
    if delivery.outcome is SendOutcome.REFUSED:
        record_non_delivery(connection, outgoing_id, f"сервер не принял наше письмо: {delivery.detail}", now)
    if delivery.outcome is SendOutcome.THROTTLED and pacing is not None:
        to = connection.execute(select(outbox.c.recipient).where(outbox.c.id == outgoing_id)).scalar_one()
        sending_pace.pause(connection, provider_of(to), delivery.detail, pacing, now)


def _holds(connection: Connection, claimed: ClaimedOutgoing) -> bool:
    return connection.scalar(select(outbox.c.id).where(*_still(claimed))) is not None


def lock_outgoing(connection: Connection, outgoing_id: int) -> tuple[int | None, DeliveryState]:
    """Hold a letter of ours, its case first; (case id, None for a bill; state)."""
    of_case = select(outbox.c.case_id).where(outbox.c.id == outgoing_id)
    case_id = connection.execute(of_case).scalar_one()
    if case_id is not None:
        lock_case(connection, case_id)
    query = select(outbox.c.state).where(outbox.c.id == outgoing_id).with_for_update()
    return case_id, DeliveryState(connection.execute(query).scalar_one())


def log_departure(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """A letter of ours has left: only now does it count to the clocks of its case.

    Where a person was given the letter because its fate was unknown, the person's next letter counts.
    """
    query = select(outbox.c.case_id, outbox.c.mark, outbox.c.author, outbox.c.given_to_person_at)
    row = connection.execute(query.where(outbox.c.id == outgoing_id)).one()
    if row.case_id is None or row.mark is None or row.given_to_person_at is not None:
        return
    note(connection, row.case_id, row.author or MACHINE, "наше письмо ушло", now, ClockMark(row.mark))


def record_non_delivery(
    connection: Connection, outgoing_id: int, why: str, now: datetime, *, had_left: bool = False
) -> None:
    """An answer that did not arrive is no answer: the case waits for a person again. A bill is told on its account.

    `had_left`: it was counted as sent before.
    """
    query = select(outbox.c.case_id, outbox.c.purpose, outbox.c.revision, outbox.c.mark)
    row = connection.execute(query.where(outbox.c.id == outgoing_id)).one()
    if row.case_id is None:
        account_letter_failures.undelivered(connection, outgoing_id, why, now)
        return
    connection.execute(update(case).where(case.c.id == row.case_id).values(error=why))
    before_a_person(connection, row.case_id, why, now)
    if had_left and row.mark in (ClockMark.RESPONDED, ClockMark.ASKED):
        note(connection, row.case_id, MACHINE, why, now, ClockMark.UNDELIVERED)
    newest = select(func.max(outbox.c.revision)).where(
        outbox.c.case_id == row.case_id, outbox.c.purpose == LetterPurpose.ANSWER
    )
    if row.purpose == LetterPurpose.ANSWER and row.revision == connection.scalar(newest):
        withdraw_answer(connection, row.case_id, why, now)


def to_copy(connection: Connection, limit: int) -> tuple[SentLetter, ...]:
    """Sent letters without a copy in the Sent folder, oldest first."""
    query = select(outbox).where(in_state(DeliveryState.SENT), outbox.c.copied_at.is_(None))
    return tuple(sent_letter(row) for row in connection.execute(query.order_by(outbox.c.id).limit(limit)))


def mark_copied(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """The Sent folder has the copy."""
    connection.execute(update(outbox).where(outbox.c.id == outgoing_id).values(copied_at=now))


def sent_letter(row: Row[Any]) -> SentLetter:
    return SentLetter(row.id, row.message_id, bytes(row.content), row.sent_at)
