"""How a client wants the bill: what our letter asked them to confirm, and the change once they have."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from mailbot.model import DeliveryMethodChange, Letter
from mailbot.model.ledger.account_event import AccountEventKind
from mailbot.store.case_log.events import MACHINE
from mailbot.store.database.json_codec import decision_from_json
from mailbot.store.decisions.context import MAX_CITED
from mailbot.store.schema.ledger import account, account_event
from mailbot.store.schema.letters_and_cases import case, outbox

OFFER_LIFETIME = timedelta(days=30)
"""A question of ours that nobody answered for a month is forgotten."""


def load_offered_change(connection: Connection, letter: Letter, now: datetime) -> DeliveryMethodChange | None:
    """The change that the newest letter of ours, of those this one cites, asked its very writer to confirm."""
    writer = letter.from_.email
    cited = (*letter.in_reply_to, *reversed(letter.references))[:MAX_CITED]
    if not cited or not writer:
        return None
    query = (
        select(case.c.decision_json, case.c.template, outbox.c.template.label("sent"), outbox.c.created_at)
        .join(outbox, outbox.c.case_id == case.c.id)
        .where(outbox.c.message_id.in_(cited), outbox.c.recipient == writer)
        .order_by(outbox.c.id.desc())
    )
    row = connection.execute(query.limit(1)).one_or_none()
    if row is None or row.decision_json is None or row.sent != row.template:
        return None
    change = decision_from_json(row.decision_json).change
    if change is None or change.confirmed or row.created_at < now - OFFER_LIFETIME:
        return None
    return change


def carry_out(
    connection: Connection, change: DeliveryMethodChange, number: str, address: str, now: datetime
) -> None:
    """Change the account's delivery and log by whose word: case `number`, written from `address`."""
    connection.execute(
        update(account).where(account.c.number == change.account).values(delivery=change.delivery)
    )
    detail = f"{change.delivery}: клиент подтвердил письмом с адреса {address}, обращение № {number}"
    connection.execute(
        insert(account_event).values(
            account=change.account, at=now, by=MACHINE, what=AccountEventKind.DELIVERY, detail=detail
        )
    )
