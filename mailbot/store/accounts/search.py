"""Accounts by their number, else by words of the client's name and the address, however they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select
from sqlalchemy.sql import exists

from mailbot.store.accounts.search_terms import account_words
from mailbot.store.database.batches import batches
from mailbot.store.database.full_text_search import stem
from mailbot.store.schema.ledger import account, account_word
from mailbot.store.schema.letters_and_cases import client, client_account

MAX_WORDS = 6
MIN_NUMBER_LENGTH = 3
"""A longer number alone is an account's where one begins so: houses have fewer digits."""

MAX_MATCHES = 10_000
"""So many accounts of a word are looked through; of a word that more have, they are met soon in the register's order."""

_NUMBER = re.compile(r"[0-9]{2,64}")
_VOWEL_ENDS = re.compile(r"[а-я]{3,}[аеиоуыюя]")
_PREFIX = re.compile(r"^л/?с[.№]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundAccount:
    number: str
    name: str
    address: str


def find_accounts(connection: Connection, query: str, limit: int) -> tuple[FoundAccount, ...]:
    """At most `limit` accounts: those that begin with the number asked for; then those whose name and address hold
    every word, unless the query is a number that was found. Nothing for a query without words.
    """
    numbered, words = _numbered(query), account_words(query)[:MAX_WORDS]
    numbers = [] if numbered is None else list(connection.scalars(_by_number(numbered).limit(limit)))
    alone = len(words) == 1 and words[0].isdecimal() and len(words[0]) > MIN_NUMBER_LENGTH
    if words and len(numbers) < limit and not (numbers and alone):
        worded = connection.scalars(_by_words(connection, words).limit(limit))
        numbers = list(dict.fromkeys([*numbers, *worded]))[:limit]
    return by_numbers(connection, numbers)


def by_numbers(connection: Connection, numbers: Sequence[str]) -> tuple[FoundAccount, ...]:
    """The accounts in the order given; each must be in the register."""
    query = (
        select(account.c.number, client.c.name, account.c.address)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
    )
    rows = {
        row.number: FoundAccount(*row)
        for some in batches(numbers)
        for row in connection.execute(query.where(account.c.number.in_(some)))
    }
    return tuple(rows[number] for number in numbers)


def _by_number(condition: ColumnElement[bool]) -> Select[Any]:
    return select(account.c.number).where(condition).order_by(account.c.number)


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


def _by_words(connection: Connection, words: Sequence[str]) -> Select[Any]:
    """Accounts with every word, by number. The rarest word is looked up, the others are asked of its accounts."""
    many = sorted((connection.scalar(_counted(connection, word)) or 0, word) for word in words)
    least, rarest = many[0]
    others = [word for _, word in many[1:]]
    if least > MAX_MATCHES:
        every = (_has(connection, word) for word in words)
        return select(account.c.number).where(*every).order_by(account.c.number)
    of = account_word.alias("rarest")
    query = select(of.c.account).where(_alike(connection, of.c.word, rarest)).distinct()
    asked = (_has(connection, word, of.c.account) for word in others)
    return query.where(*asked).order_by(of.c.account)


def _counted(connection: Connection, word: str) -> Select[Any]:
    """How many have the word, up to a little more than `MAX_MATCHES`."""
    some = (
        select(account_word.c.account)
        .where(_alike(connection, account_word.c.word, word))
        .limit(MAX_MATCHES + 1)
    )
    return select(func.count()).select_from(some.subquery())


def _has(
    connection: Connection, word: str, number: ColumnElement[str] = account.c.number
) -> ColumnElement[bool]:
    other = account_word.alias()
    return exists().where(other.c.account == number, _alike(connection, other.c.word, word))


def _alike(connection: Connection, column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """The beginning of a word in any ending, or the whole of a number: «5» finds no house 15.

    A range, for which both engines use the index; by code points, which PostgreSQL asks for in operators of its own.
    """
    if word.isdecimal():
        return column == word
    begins = _beginning(word)
    after = begins[:-1] + chr(ord(begins[-1]) + 1)
    if connection.dialect.name == "postgresql":
        return and_(column.op("~>=~")(begins), column.op("~<~")(after))
    return and_(column >= begins, column < after)


def _beginning(word: str) -> str:
    """The word less its ending; of short names («Анне») less the last vowel."""
    shorter = stem(word)
    return word[:-1] if shorter == word and _VOWEL_ENDS.fullmatch(word) else shorter
