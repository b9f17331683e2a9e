"""What becomes of a letter without a case is told on its account: a refusal must not pass in silence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from mailbot.model import Purpose
from mailbot.store.bill_tables import bill_letter
from mailbot.store.events import MACHINE
from mailbot.store.ledger_tables import account_event
from mailbot.store.tables import outbox

BILL = "bill"
"""The name in `account_event` of what befell a bill, or a reminder."""


def tell(connection: Connection, account: str, detail: str, by: str, now: datetime) -> None:
    """Add a line to the account's log."""
    connection.execute(insert(account_event).values(account=account, at=now, by=by, what=BILL, detail=detail))


def undelivered(connection: Connection, outgoing_id: int, why: str, now: datetime) -> None:
    """A letter about a bill did not arrive, or may not have: the account says so, and a person sees it."""
    query = select(bill_letter.c.account, bill_letter.c.month, outbox.c.purpose, outbox.c.recipient)
    query = query.join(outbox, outbox.c.id == bill_letter.c.outbox_id)
    for row in connection.execute(query.where(bill_letter.c.outbox_id == outgoing_id)):
        what = "квитанция" if row.purpose == Purpose.BILL else "напоминание"
        tell(connection, row.account, f"{what} за {row.month} на {row.recipient}: {why}", MACHINE, now)
