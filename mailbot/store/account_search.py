"""Accounts by their number, else by words of the client's name and the address, however they are written.

SQLite's lower() folds no Cyrillic: the words ask for either case of each letter, on both engines alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, select

from mailbot.store.ledger_tables import account
from mailbot.store.search import folded_words, stem
from mailbot.store.tables import client, client_account

IDLE = frozenset("ул улица д дом кв квартира г п пос поселок пер л с лс счет".split())
"""What people put before a street, a house or a number, and the register may not."""

MOST_WORDS = 6
_NUMBER = re.compile(r"[0-9]{2,64}")
_VOWEL_ENDS = re.compile(r"[а-я]{3,}[аеиоуыюя]")
_PREFIX = re.compile(r"^л/?с[.№]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundAccount:
    number: str
    name: str
    address: str


def find(connection: Connection, query: str, limit: int) -> tuple[FoundAccount, ...]:
    """At most `limit` accounts: those that begin with the number asked for, by number; then those whose name and
    address hold every word. Nothing for a query without words."""
    found: dict[str, FoundAccount] = {}
    for condition in (_numbered(query), _worded(connection, query)):
        if condition is not None and len(found) < limit:
            rows = connection.execute(_query(condition).limit(limit))
            found |= {row.number: FoundAccount(*row) for row in rows if row.number not in found}
    return tuple(found.values())[:limit]


def _query(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(account.c.number, client.c.name, account.c.address)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
        .where(condition)
        .order_by(account.c.number)
    )


def _numbered(query: str) -> ColumnElement[bool] | None:
    """Numbers that begin so: a range of the index where they are digits, for LIKE uses none."""
    plain = _PREFIX.sub("", "".join(query.split()))
    if not plain or len(plain) > 64:
        return None
    if not _NUMBER.fullmatch(plain):
        return account.c.number == plain
    begins = and_(account.c.number >= plain, account.c.number.startswith(plain, autoescape=True))
    after = str(int(plain) + 1).rjust(len(plain), "0")
    return begins if len(after) > len(plain) else and_(begins, account.c.number < after)


def _worded(connection: Connection, query: str) -> ColumnElement[bool] | None:
    words = [word for word in folded_words(query).split() if word not in IDLE][:MOST_WORDS]
    if not words:
        return None
    text = literal(" ") + client.c.name + " " + account.c.address + " "
    if connection.dialect.name == "postgresql":
        return and_(*(text.op("~")(_pattern(word)) for word in words))
    return and_(*(text.op("GLOB")(f"*{_pattern(word)}*") for word in words))


def _pattern(word: str) -> str:
    """The beginning of a word in either case, or the whole of a number: «5» finds no house 15."""
    if word.isdecimal():
        return f"[^0-9]{word}[^0-9]"
    either = "".join(f"[{_either(letter)}]" for letter in _beginning(word))
    return f"[^0-9A-Za-zА-Яа-яЁё]{either}"


def _beginning(word: str) -> str:
    """The word less its ending; of short names («Анне») less the last vowel."""
    shorter = stem(word)
    return word[:-1] if shorter == word and _VOWEL_ENDS.fullmatch(word) else shorter


def _either(letter: str) -> str:
    return "еёЕЁ" if letter == "е" else letter + letter.upper()
