"""Accounts by their number, else by words of the client's name and the address, however they are written.

SQLite's lower() folds no Cyrillic: the words ask for either case of each letter, on both engines alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, select

from mailbot.store.ledger_tables import account
from mailbot.store.search import folded_words, stem
from mailbot.store.tables import client, client_account

IDLE = frozenset("ул улица д дом кв квартира г п пос поселок пер л с лс счет".split())
"""What people put before a street, a house or a number, and the register may not."""

MOST_WORDS = 6
SHORTEST_NUMBER = 3
"""A longer number alone is an account's where one begins so: houses have fewer digits."""

_NUMBER = re.compile(r"[0-9]{2,64}")
_VOWEL_ENDS = re.compile(r"[а-я]{3,}[аеиоуыюя]")
_PREFIX = re.compile(r"^л/?с[.№]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundAccount:
    number: str
    name: str
    address: str


def find(connection: Connection, query: str, limit: int) -> tuple[FoundAccount, ...]:
    """At most `limit` accounts: those that begin with the number asked for; then those whose name and address hold
    every word, unless the query is a number that was found. Nothing for a query without words.

    Numbers are looked up in the index; words read the names and addresses of the register once.
    """
    numbered, words = _numbered(query), _words(query)
    found = {} if numbered is None else _found(connection, numbered, limit)
    alone = len(words) == 1 and words[0].isdecimal() and len(words[0]) > SHORTEST_NUMBER
    if words and len(found) < limit and not (found and alone):
        found |= _found(connection, _worded(connection, words), limit)
    return tuple(found.values())[:limit]


def _found(connection: Connection, condition: ColumnElement[bool], limit: int) -> dict[str, FoundAccount]:
    rows = connection.execute(_query(condition).limit(limit))
    return {row.number: FoundAccount(*row) for row in rows}


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


def _words(query: str) -> list[str]:
    """The words to be looked for, the longest first: where it is missing, the others are not asked of the row."""
    words = [word for word in folded_words(query).split() if word not in IDLE][:MOST_WORDS]
    return sorted(words, key=len, reverse=True)


def _worded(connection: Connection, words: Sequence[str]) -> ColumnElement[bool]:
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
