"""The outbox: claimed with a lease, sent outside any transaction, recorded; never sent twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, or_, select, update

from mailbot.model import CaseState, Delivery, DeliveryState, Outcome
from mailbot.store.events import MACHINE, step
from mailbot.store.tables import case, outbox


@dataclass(frozen=True, slots=True)
class ClaimedOutgoing:
    """A letter of ours that is now this sender's. `attempts` counts this one."""

    id: int
    case_number: str
    recipient: str
    message_id: str
    content: bytes
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter of ours that the server has, or may have. `sent_at` is None where that is uncertain."""

    id: int
    message_id: str
    content: bytes
    sent_at: datetime | None


def claim_outgoing(
    connection: Connection, worker: str, lease: timedelta, now: datetime
) -> ClaimedOutgoing | None:
    """Claim the next letter that is due; None where there is none. Committed before sending begins."""
    due = (
        select(outbox.c.id)
        .where(outbox.c.state == DeliveryState.READY, outbox.c.next_at <= now)
        .order_by(outbox.c.next_at, outbox.c.id)
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
        )
        .returning(outbox)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    number = connection.scalar(select(case.c.number).where(case.c.id == row.case_id)) or ""
    return ClaimedOutgoing(
        row.id, number, row.recipient, row.message_id, bytes(row.content), row.attempts, row.created_at
    )


def record_delivery(
    connection: Connection, outgoing_id: int, delivery: Delivery, now: datetime, retry_at: datetime
) -> None:
    """Record what an attempt came to; a refusal puts the case before a person."""
    values: dict[str, object] = {"claimed_by": None, "lease_until": None, "last_error": delivery.detail}
    if delivery.outcome is Outcome.SENT:
        values |= {"state": DeliveryState.SENT, "sent_at": now, "last_error": None}
    elif delivery.outcome is Outcome.NOT_SENT:
        values |= {"state": DeliveryState.READY, "next_at": retry_at}
    elif delivery.outcome is Outcome.REFUSED:
        values |= {"state": DeliveryState.REFUSED}
    else:
        values |= {"state": DeliveryState.UNCERTAIN}
    connection.execute(update(outbox).where(outbox.c.id == outgoing_id).values(**values))
    if delivery.outcome is Outcome.REFUSED:
        _before_a_person(connection, outgoing_id, f"сервер не принял наше письмо: {delivery.detail}", now)


def uncertain_after_crash(connection: Connection, now: datetime) -> tuple[SentLetter, ...]:
    """Letters whose sender died in the middle become uncertain: the server may have them."""
    statement = (
        update(outbox)
        .where(outbox.c.state == DeliveryState.SENDING, outbox.c.lease_until < now)
        .values(
            state=DeliveryState.UNCERTAIN,
            claimed_by=None,
            lease_until=None,
            last_error="отправка прервана, и неизвестно, дошло ли письмо до сервера",
        )
        .returning(outbox)
    )
    return tuple(_sent(row) for row in connection.execute(statement))


def uncertain(connection: Connection) -> tuple[SentLetter, ...]:
    """Letters of unknown fate that nobody has settled yet."""
    return _listed(connection, outbox.c.state == DeliveryState.UNCERTAIN, outbox.c.claimed_by.is_(None))


def mark_found_in_sent(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """The Sent folder holds the letter: it went out, and needs no copy."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id, outbox.c.state == DeliveryState.UNCERTAIN)
        .values(state=DeliveryState.SENT, sent_at=now, copied_at=now, last_error=None)
    )


def give_to_person(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """Nobody can tell whether the letter went out: a person decides. It stays uncertain, and settled."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id, outbox.c.state == DeliveryState.UNCERTAIN)
        .values(claimed_by="person")
    )
    why = "неизвестно, дошло ли наше письмо: связь оборвалась при отправке, в «Отправленных» его нет"
    _before_a_person(connection, outgoing_id, why, now)


def to_copy(connection: Connection, limit: int) -> tuple[SentLetter, ...]:
    """Sent letters without a copy in the Sent folder, oldest first."""
    return _listed(
        connection, outbox.c.state == DeliveryState.SENT, outbox.c.copied_at.is_(None), limit=limit
    )


def mark_copied(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """The Sent folder has the copy."""
    connection.execute(update(outbox).where(outbox.c.id == outgoing_id).values(copied_at=now))


def _listed(connection: Connection, *where: ColumnElement[bool], limit: int = 100) -> tuple[SentLetter, ...]:
    query = select(outbox).where(*where).order_by(outbox.c.id).limit(limit)
    return tuple(_sent(row) for row in connection.execute(query))


def _sent(row: object) -> SentLetter:
    return SentLetter(row.id, row.message_id, bytes(row.content), row.sent_at)  # type: ignore[attr-defined]


def bounced(connection: Connection, message_ids: tuple[str, ...], detail: str, now: datetime) -> int:
    """Letters of ours that came back: their cases go before a person; how many."""
    query = select(outbox.c.id).where(
        outbox.c.message_id.in_(message_ids),
        or_(outbox.c.state == DeliveryState.SENT, outbox.c.state == DeliveryState.UNCERTAIN),
    )
    found = tuple(connection.scalars(query))
    for outgoing_id in found:
        connection.execute(
            update(outbox)
            .where(outbox.c.id == outgoing_id)
            .values(state=DeliveryState.REFUSED, last_error=detail, copied_at=now)
        )
        _before_a_person(connection, outgoing_id, f"наше письмо вернулось: {detail}", now)
    return len(found)


def _before_a_person(connection: Connection, outgoing_id: int, why: str, now: datetime) -> None:
    """An answer that did not arrive is no answer: the case waits for a person again."""
    query = select(case.c.id, case.c.state).join(outbox, outbox.c.case_id == case.c.id)
    row = connection.execute(query.where(outbox.c.id == outgoing_id)).one()
    connection.execute(
        update(case)
        .where(case.c.id == row.id)
        .values(error=why, answered_on_substance=False, answered_at=None)
    )
    if row.state != CaseState.AWAITING_REVIEW:
        step(connection, row.id, CaseState.AWAITING_REVIEW, MACHINE, why, now)
