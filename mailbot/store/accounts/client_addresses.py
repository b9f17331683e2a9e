"""The client register: who writes from which address, and which accounts are theirs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, insert, select

from mailbot.model import Client
from mailbot.store.accounts.register_dictionary import register_changed
from mailbot.store.accounts.search_terms import index_accounts
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.letters_and_cases import client, client_account, client_email


def import_clients(connection: Connection, clients: Iterable[Client]) -> int:
    """Add clients, or tie further addresses and accounts to known ones; the number of new clients.

    A client is known by an account, else by an address; an address or account that the register now
    gives to another goes to that one. Blanks are nobody's: letters without a sender must stay unknown.
    """
    added, moved = 0, set[int]()
    for person in clients:
        accounts = tuple(account.strip() for account in person.accounts if account.strip())
        emails = tuple(email.strip().lower() for email in person.emails if email.strip())
        client_id = _known(connection, accounts, emails)
        if client_id is None:
            statement = insert(client).values(name=person.name).returning(client.c.id)
            client_id = connection.execute(statement).scalar_one()
            added += 1
        for account in accounts:
            _tie(connection, client_account, "account", account, client_id)
            moved.add(client_id)
        for email in emails:
            _tie(connection, client_email, "email", email, client_id)
    index_accounts(connection, moved)
    register_changed(connection, "")
    return added


def _known(connection: Connection, accounts: tuple[str, ...], emails: tuple[str, ...]) -> int | None:
    """The client of one of the accounts, else of one of the addresses."""
    by_account = select(client_account.c.client_id).where(client_account.c.account.in_(accounts))
    by_email = select(client_email.c.client_id).where(client_email.c.email.in_(emails))
    known = connection.scalar(by_account.order_by(client_account.c.client_id))
    return known if known is not None else connection.scalar(by_email.order_by(client_email.c.client_id))


def _tie(connection: Connection, table: Table, key: str, value: str, client_id: int) -> None:
    """Give an address or an account to a client, whoever had it."""
    statement = insert_into(connection, table).values({key: value, "client_id": client_id})
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_={"client_id": client_id}))
