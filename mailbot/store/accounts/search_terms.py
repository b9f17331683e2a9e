"""The words by which an account is found: of its client's name and its address, kept when the register changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from mailbot.store.database.full_text_search import folded_words
from mailbot.store.schema.ledger import MAX_WORD_LENGTH, account, account_word
from mailbot.store.schema.letters_and_cases import client, client_account

IDLE = frozenset("ул улица д дом кв квартира г п пос поселок пер л с лс счет".split())
"""What people put before a street, a house or a number, and the register may not."""

MAX_CLIENTS = 5_000
"""Clients of one statement: both engines limit its values."""


def account_words(text: str) -> tuple[str, ...]:
    """The distinct words of a name, an address or a query, as they are kept: in lower case, ё as е, none idle."""
    words = (word[:MAX_WORD_LENGTH] for word in folded_words(text).split())
    return tuple(dict.fromkeys(word for word in words if word not in IDLE))


def index_accounts(connection: Connection, clients: Iterable[int]) -> None:
    """Let every account of these clients be found by the words it has now, and by none it had before."""
    ids = sorted(set(clients))
    for at in range(0, len(ids), MAX_CLIENTS):
        theirs = client_account.c.client_id.in_(ids[at : at + MAX_CLIENTS])
        held = select(client_account.c.account).where(theirs)
        connection.execute(delete(account_word).where(account_word.c.account.in_(held)))
        query = (
            select(account.c.number, client.c.name, account.c.address)
            .join(client_account, client_account.c.account == account.c.number)
            .join(client, client.c.id == client_account.c.client_id)
            .where(theirs)
        )
        if rows := list(_rows(connection.execute(query))):
            connection.execute(insert(account_word), rows)


def _rows(held: Iterable[Any]) -> Iterator[dict[str, str]]:
    for number, name, address in held:
        for word in account_words(f"{name} {address}"):
            yield {"account": number, "word": word}
