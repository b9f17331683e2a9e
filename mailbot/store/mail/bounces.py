"""Letters of ours that came back: which of them a report of non-delivery is about, and what follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select, update

from mailbot.model import DeliveryState, ReturnedLetters
from mailbot.store.mail.outbox import in_state, lock_outgoing, record_non_delivery
from mailbot.store.schema.letters_and_cases import case, outbox

GIVEN_UP = timedelta(days=5)
"""How long a server tries before it gives a letter up (RFC 5321 4.5.4.1): an older one is not what a report is about."""


def record_bounces(
    connection: Connection, returned: ReturnedLetters | None, detail: str, now: datetime
) -> int:
    """Letters of ours that came back: their cases go before a person, bills stand on their accounts; how many.

    Only a letter that went to an address at which delivery failed counts: the one whose id
    the report cites, or, where it cites none, the only one that went there lately.
    """
    returned_ids = () if returned is None else _returned(connection, returned)
    for outgoing_id in returned_ids:
        _, state = lock_outgoing(connection, outgoing_id)
        connection.execute(
            update(outbox)
            .where(outbox.c.id == outgoing_id)
            .values(state=DeliveryState.REFUSED, last_error=detail, copied_at=now)
        )
        left = state is DeliveryState.SENT
        record_non_delivery(connection, outgoing_id, f"наше письмо вернулось: {detail}", now, had_left=left)
    return len(returned_ids)


def unclear_return(connection: Connection, returned: ReturnedLetters | None) -> str:
    """Why a person must see the report itself (Russian); empty where it is about one letter, or about none of ours.

    The address may be forged, or one to which our recipient passes letters on: then our answer may not have arrived.
    """
    if returned is None or _returned(connection, returned):
        return ""
    failed = ", ".join(returned.recipients[:3]) or "не назван"
    if cited := _sent(connection, outbox.c.message_id.in_(returned.message_ids)):
        return f"отчёт о недоставке {_named(cited[0])}, но другому адресату: {failed}"
    if lately := _lately(connection, returned):
        return f"отчёт о недоставке на {failed}: какое из наших писем вернулось, неясно; последнее — {_named(lately[-1])}"
    return ""


def _returned(connection: Connection, returned: ReturnedLetters) -> tuple[int, ...]:
    if returned.message_ids:
        cited = _sent(connection, outbox.c.message_id.in_(returned.message_ids))
        return tuple(row.id for row in cited if row.recipient.lower() in returned.recipients)
    lately = _lately(connection, returned)
    return (lately[0].id,) if len(lately) == 1 else ()


def _lately(connection: Connection, returned: ReturnedLetters) -> tuple[Row[Any], ...]:
    if returned.message_ids:
        return ()
    went_there = outbox.c.recipient.in_(returned.recipients)
    return _sent(
        connection,
        went_there & (outbox.c.created_at > returned.at - GIVEN_UP) & (outbox.c.created_at <= returned.at),
    )


def _sent(connection: Connection, which: ColumnElement[bool]) -> tuple[Row[Any], ...]:
    query = (
        select(outbox.c.id, outbox.c.recipient, case.c.number)
        .join(case, case.c.id == outbox.c.case_id, isouter=True)
        .where(which, or_(in_state(DeliveryState.SENT), in_state(DeliveryState.UNCERTAIN)))
    )
    return tuple(connection.execute(query.order_by(outbox.c.id)))


def _named(row: Row[Any]) -> str:
    return f"нашего письма по обращению № {row.number}" if row.number else "нашей квитанции или напоминания"
