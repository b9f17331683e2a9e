"""Letters of unknown fate: the server may have them, so they are never sent again blindly.

They are looked for in the Sent folder by Message-ID; what is not there, a person decides.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, false, or_, select, update

from mailbot.model import DeliveryState
from mailbot.store.mail.outbox import (
    SentLetter,
    in_state,
    lock_outgoing,
    log_departure,
    record_non_delivery,
    sent_letter,
)
from mailbot.store.schema.letters_and_cases import outbox

DIED_BEFORE = "отправка прервана до передачи письма: отправляется снова"
DIED = "отправка прервана, и неизвестно, дошло ли письмо до сервера"
UNKNOWN = "неизвестно, дошло ли наше письмо: связь оборвалась при отправке, в «Отправленных» его нет"


def return_unbegun(connection: Connection, holder: str | None, now: datetime) -> int:
    """Letters whose sender died before their text began to leave are due again as they were; how many.

    Those of `holder` at once: a process of that name has just been started, so the one that claimed them is gone. Whoever
    is not gone after all finds by `begin_text` that he may not go on.
    """
    gone = outbox.c.lease_until <= now
    statement = update(outbox).where(
        in_state(DeliveryState.SENDING),
        outbox.c.text_begun == false(),
        or_(gone, outbox.c.claimed_by == holder) if holder is not None else gone,
    )
    values = {"state": DeliveryState.READY, "claimed_by": None, "lease_until": None, "text_begun": None}
    return connection.execute(statement.values(**values, last_error=DIED_BEFORE)).rowcount


def uncertain_after_crash(connection: Connection, now: datetime) -> tuple[SentLetter, ...]:
    """Letters whose sender died once their text had begun to leave become uncertain: the server may have them."""
    statement = (
        update(outbox)
        .where(
            in_state(DeliveryState.SENDING),
            outbox.c.lease_until <= now,
            outbox.c.text_begun.is_distinct_from(false()),
        )
        .values(
            state=DeliveryState.UNCERTAIN, claimed_by=None, lease_until=None, text_begun=None, last_error=DIED
        )
        .returning(outbox)
    )
    return tuple(sent_letter(row) for row in connection.execute(statement))


def uncertain(connection: Connection) -> tuple[SentLetter, ...]:
    """Letters of unknown fate that nobody has settled yet, oldest first."""
    query = select(outbox).where(in_state(DeliveryState.UNCERTAIN), outbox.c.given_to_person_at.is_(None))
    return tuple(sent_letter(row) for row in connection.execute(query.order_by(outbox.c.id)))


def mark_found_in_sent(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """The Sent folder holds the letter: it went out, and needs no copy."""
    lock_outgoing(connection, outgoing_id)
    done = connection.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id, in_state(DeliveryState.UNCERTAIN))
        .values(state=DeliveryState.SENT, sent_at=now, copied_at=now, last_error=None)
    )
    if done.rowcount:
        log_departure(connection, outgoing_id, now)


def give_to_person(connection: Connection, outgoing_id: int, now: datetime) -> None:
    """Nobody can tell whether the letter went out: a person decides. It stays uncertain, and settled."""
    lock_outgoing(connection, outgoing_id)
    done = connection.execute(
        update(outbox)
        .where(
            outbox.c.id == outgoing_id,
            in_state(DeliveryState.UNCERTAIN),
            outbox.c.given_to_person_at.is_(None),
        )
        .values(given_to_person_at=now)
    )
    if done.rowcount:
        record_non_delivery(connection, outgoing_id, UNKNOWN, now)
