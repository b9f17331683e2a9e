"""All that the books hold of one account, read in one transaction: its holder, readings, charges and payments."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from mailbot.model.charges import Charge, Payment
from mailbot.model.ledger import DatedReading, Delivery, Registered
from mailbot.store import books, charging, meter_readings, payments
from mailbot.store.ledger_tables import account, client_phone
from mailbot.store.tables import client, client_account, client_email


@dataclass(frozen=True, slots=True)
class AccountStory:
    """`readings` count now, oldest first; `charges` are of all closed months, `payments` all that count as paid."""

    held: Registered
    readings: tuple[DatedReading, ...]
    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]


def story_of(connection: Connection, number: str) -> AccountStory | None:
    """The account's story; None where the register does not have it."""
    held = holder(connection, number)
    if held is None:
        return None
    return AccountStory(
        held,
        meter_readings.standing(connection, [number]).get(number, ()),
        charging.charges(connection, [number]).get(number, ()),
        payments.of_accounts(connection, [number]).get(number, ()),
    )


def holder(connection: Connection, number: str) -> Registered | None:
    """The account with its client, as the register holds it; None where it does not."""
    query = (
        select(client.c.id, client.c.name, account.c.delivery)
        .join(client_account, client_account.c.client_id == client.c.id)
        .join(account, account.c.number == client_account.c.account)
        .where(account.c.number == number)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    emails = (
        select(client_email.c.email).where(client_email.c.client_id == row.id).order_by(client_email.c.email)
    )
    phones = (
        select(client_phone.c.phone).where(client_phone.c.client_id == row.id).order_by(client_phone.c.phone)
    )
    return Registered(
        books.accounts_of(connection, [number])[number],
        row.name,
        tuple(connection.scalars(emails)),
        tuple(connection.scalars(phones)),
        Delivery(row.delivery),
    )
