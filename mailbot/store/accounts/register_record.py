"""What the register holds of one account: premises, meters, client, and how each contact is known to be theirs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from mailbot.model.ledger.accounts_and_meters import Account, DeliveryMethod
from mailbot.store.accounts.accounts import accounts_of
from mailbot.store.schema.ledger import account, client_phone
from mailbot.store.schema.letters_and_cases import client, client_account, client_email


@dataclass(frozen=True, slots=True)
class AccountContact:
    """An address or telephone, and its proof: «реестр», or the act by which the client gave it."""

    value: str
    proof: str


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account with its client; `others` are the client's further accounts."""

    account: Account
    delivery: DeliveryMethod
    client_id: int
    name: str
    emails: tuple[AccountContact, ...]
    phones: tuple[AccountContact, ...]
    others: tuple[str, ...]


def record(connection: Connection, number: str) -> AccountRecord | None:
    """The account of that number; None where the register does not have it."""
    held = accounts_of(connection, [number]).get(number)
    query = (
        select(account.c.delivery, client.c.id, client.c.name)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
        .where(account.c.number == number)
    )
    row = connection.execute(query).one_or_none()
    if held is None or row is None:
        return None
    theirs = select(client_account.c.account).where(client_account.c.client_id == row.id)
    return AccountRecord(
        held,
        DeliveryMethod(row.delivery),
        row.id,
        row.name,
        _contacts(connection, row.id, "email"),
        _contacts(connection, row.id, "phone"),
        tuple(
            scalar
            for scalar in connection.scalars(theirs.order_by(client_account.c.account))
            if scalar != number
        ),
    )


def _contacts(connection: Connection, client_id: int, what: str) -> tuple[AccountContact, ...]:
    table = client_email if what == "email" else client_phone
    query = select(table.c[what], table.c.proof).where(table.c.client_id == client_id).order_by(table.c[what])
    return tuple(AccountContact(value, proof) for value, proof in connection.execute(query))
