"""What becomes of a letter without a case is told on its account: a refusal must not pass in silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from mailbot.model import LetterPurpose
from mailbot.model.ledger.account_event import AccountEventKind
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.store.case_log.events import MACHINE
from mailbot.store.schema.bills import bill_letter, reminder
from mailbot.store.schema.ledger import account_event
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.wording.account_titles import ACCOUNT_LETTERS
from mailbot.wording.charge_reasons import format_month


def log_bill_event(connection: Connection, account: str, detail: str, by: str, now: datetime) -> None:
    """Add a line to the account's log."""
    connection.execute(
        insert(account_event).values(
            account=account, at=now, by=by, what=AccountEventKind.BILL, detail=detail
        )
    )


def undelivered(connection: Connection, outgoing_id: int, why: str, now: datetime) -> None:
    """A letter about a bill did not arrive, or may not have: the account says so, and a person sees it."""
    for row in (
        *_letters(connection, bill_letter, outgoing_id),
        *_letters(connection, reminder, outgoing_id),
    ):
        what = ACCOUNT_LETTERS[LetterPurpose(row.purpose)]
        log_bill_event(
            connection,
            row.account,
            f"{what} за {format_month(Month.read(row.month))} на {row.recipient}: {why}",
            MACHINE,
            now,
        )


def _letters(connection: Connection, about: Table, outgoing_id: int) -> Sequence[Any]:
    query = select(about.c.account, about.c.month, outbox.c.purpose, outbox.c.recipient)
    query = query.join(outbox, outbox.c.id == about.c.outbox_id)
    return connection.execute(query.where(about.c.outbox_id == outgoing_id)).all()
