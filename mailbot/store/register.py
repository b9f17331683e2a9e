"""The client register: who writes from which address, and which accounts are theirs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from mailbot.model import Client
from mailbot.store.tables import client, client_account, client_email


def import_clients(connection: Connection, clients: Iterable[Client]) -> int:
    """Add clients, or tie further addresses and accounts to known ones; the number of new clients."""
    added = 0
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    for person in clients:
        query = select(client_account.c.client_id).where(client_account.c.account.in_(person.accounts))
        client_id = connection.scalar(query.limit(1))
        if client_id is None:
            statement = insert(client).values(name=person.name).returning(client.c.id)
            client_id = connection.execute(statement).scalar_one()
            added += 1
        for account in person.accounts:
            values = {"account": account, "client_id": client_id}
            connection.execute(kind.insert(client_account).values(values).on_conflict_do_nothing())
        for email in person.emails:
            values = {"email": email.lower(), "client_id": client_id}
            connection.execute(kind.insert(client_email).values(values).on_conflict_do_nothing())
    return added
