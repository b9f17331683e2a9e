"""Letters of ours that wait for the mail server alone, which is away, or went away while it was told of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, true, update
from sqlalchemy import case as sql_case

from mailbot.model import DeliveryState
from mailbot.store.mail.outbox import in_state, lock_outgoing, record_non_delivery
from mailbot.store.schema.letters_and_cases import outbox

FREE_ATTEMPTS = 3
"""So often a letter may fail with the connection and be tried again with the others, as soon as the server is back."""

MAX_GIVEN_UP = 100
"""Letters in one transaction."""


def release_cut_off(connection: Connection, now: datetime) -> int:
    """The server is back: what was cut off is due at once, in the order in which it was written; how many letters.

    A letter under which the connection broke again and again waits on, a little: it may be what breaks it.
    """
    statement = update(outbox).where(
        in_state(DeliveryState.READY), outbox.c.cut_off == true(), outbox.c.attempts <= FREE_ATTEMPTS
    )
    written = outbox.c.created_at
    earlier = sql_case(
        (written < now, written), else_=now
    )  # by a clock that ran ahead it may be still to come
    return connection.execute(statement.values(next_at=earlier, cut_off=False)).rowcount


def give_up_older(connection: Connection, written_before: datetime, why: str, now: datetime) -> int:
    """Put before people the answers that wait since before that moment; how many. Of the rest of an outage's letters nobody
    is told one by one: one attempt stands for all.
    """
    old = select(outbox.c.id).where(
        in_state(DeliveryState.READY), outbox.c.provider.is_(None), outbox.c.created_at < written_before
    )
    given_up = 0
    for outgoing_id in connection.scalars(
        old.order_by(outbox.c.next_at, outbox.c.id).limit(MAX_GIVEN_UP)
    ).all():
        _, state = lock_outgoing(connection, outgoing_id)
        if state is DeliveryState.READY:
            refused = {"state": DeliveryState.REFUSED, "last_error": why}
            connection.execute(update(outbox).where(outbox.c.id == outgoing_id).values(**refused))
            record_non_delivery(connection, outgoing_id, f"наше письмо не отправлено: {why}", now)
            given_up += 1
    return given_up
