"""A database that was restored from a backup: what left since is neither sent again nor numbered again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from mailbot.model import DeliveryState
from mailbot.store.case_log.events import MACHINE, lock_case, log_event
from mailbot.store.database.upsert import insert_into
from mailbot.store.mail.outbox import lock_outgoing, log_departure
from mailbot.store.schema.letters_and_cases import counter, outbox

_TOLD = "это письмо ушло до восстановления базы из копии и второй раз не отправлено: {message_id}"


def knows_departure(connection: Connection, message_id: str) -> bool:
    """Does the database know that the letter left, or was leaving?"""
    state = connection.scalar(select(outbox.c.state).where(outbox.c.message_id == message_id))
    return state is not None and state != DeliveryState.READY


@dataclass(frozen=True, slots=True)
class KnownDeparture:
    """A letter that left, as the database has it."""

    message_id: str
    sent_at: datetime


def newest_departure(connection: Connection) -> KnownDeparture | None:
    """The last letter that left so far as the database knows; None where none ever did."""
    query = select(outbox.c.message_id, outbox.c.sent_at).where(outbox.c.sent_at.is_not(None))
    row = connection.execute(query.order_by(outbox.c.sent_at.desc()).limit(1)).first()
    return row and KnownDeparture(row.message_id, row.sent_at)


def use_numbers_above(connection: Connection, year: int, last: int) -> bool:
    """No case of the year gets that number or a lower one any more; was the counter behind?"""
    connection.execute(insert_into(connection, counter).values(year=year, last=0).on_conflict_do_nothing())
    moved = update(counter).where(counter.c.year == year, counter.c.last < last).values(last=last)
    return bool(connection.execute(moved).rowcount)


def mark_left(
    connection: Connection, outgoing_id: int, message_id: str, left_at: datetime, now: datetime
) -> None:
    """A claimed letter that left at `left_at`, before the restore, as `message_id`: sent, and its copy is in its place."""
    case_id, state = lock_outgoing(connection, outgoing_id)
    if state is not DeliveryState.SENDING:
        return
    sent = {"state": DeliveryState.SENT, "sent_at": left_at, "copied_at": now}
    free = {"claimed_by": None, "lease_until": None, "last_error": None}
    connection.execute(update(outbox).where(outbox.c.id == outgoing_id).values(**sent, **free))
    log_departure(connection, outgoing_id, now)
    if case_id is not None:
        stands = lock_case(connection, case_id)
        log_event(connection, case_id, stands, stands, MACHINE, _TOLD.format(message_id=message_id), now)
