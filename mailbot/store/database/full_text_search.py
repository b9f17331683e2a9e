"""Full-text search over cases: SQLite's FTS5 by the beginnings of words, PostgreSQL's Russian dictionary."""

from __future__ import annotations

import re

from sqlalchemy import Connection, Select, column, func, select, table, text

from mailbot.model import CaseContext, Facts, Letter, SegmentRole
from mailbot.store.schema.column_types import storable

_WORD = re.compile(r"[0-9a-zа-яәөүңҗһіїєґ]+")
_ENDING = re.compile(
    r"(?:иями|ями|ами|иях|ях|ах|ого|его|ому|ему|ыми|ими|ой|ей|ую|юю|ая|яя|ое|ее|ые|ие|ый|ий|ам|ям|ом|ем|ов|ев|[аяоеуюыиьй])$"
)
_MIN_STEM = 4
_MAX_WORDS = 12
MAX_INDEXED_LENGTH = 20_000
"""Characters of a case that are searched: a letter has 5,000 at most, its attachments more."""

_search = table("case_search", column("rowid"), column("case_id"), column("words"))


def folded_words(words: str) -> str:
    """Lower case, ё as е, words alone: what is kept, and what is asked, in one form."""
    return " ".join(_WORD.findall(storable(words[:MAX_INDEXED_LENGTH]).lower().replace("ё", "е")))


def searched_words(letter: Letter, facts: Facts, context: CaseContext) -> str:
    """What a case is found by: its number, sender, client, contact data, and the words of the letter."""
    contacts = facts.contacts
    contact_values = (*contacts.accounts, *contacts.names, *contacts.phones, *contacts.addresses)
    client = context.client
    known = (client.name, *client.accounts) if client else ()
    texts = (
        part.view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE) for part in letter.parts
    )
    heads = (
        context.number,
        letter.from_.name,
        letter.from_.email,
        *known,
        *(value.value for value in contact_values),
    )
    return "\n".join((*heads, *texts))


def index_case(connection: Connection, case_id: int, words: str) -> None:
    """Let a case be found by these words, and by no others it had before."""
    kept = {"id": case_id, "words": folded_words(words)}
    if connection.dialect.name == "postgresql":
        statement = (
            "INSERT INTO case_search (case_id, words) VALUES (:id, to_tsvector('russian', :words)) "
            "ON CONFLICT (case_id) DO UPDATE SET words = excluded.words"
        )
        connection.execute(text(statement), kept)
        return
    connection.execute(text("DELETE FROM case_search WHERE rowid = :id"), kept)
    connection.execute(text("INSERT INTO case_search (rowid, words) VALUES (:id, :words)"), kept)


def cases_with(connection: Connection, query: str) -> Select[tuple[int]] | None:
    """The ids of the cases that hold every word of the query; None where it holds no word."""
    words = folded_words(query).split()[:_MAX_WORDS]
    if not words:
        return None
    if connection.dialect.name == "postgresql":
        # the dictionary stems «батареи» and «батарея» differently: our own stem, stemmed again, meets both
        asked = " & ".join(f"({word}:* | {stem(word)}:*)" for word in words)
        condition = _search.c.words.op("@@")(func.to_tsquery(text("'russian'"), asked))
        return select(_search.c.case_id).where(condition)
    asked = " ".join(f'"{stem(word)}"*' for word in words)
    return select(_search.c.rowid).where(text("case_search MATCH :asked").bindparams(asked=asked))


def stem(word: str) -> str:
    """The word less its ending, so that «батареями» finds «батарея»; numbers stay whole."""
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _MIN_STEM else word
