"""The database: tables and verbs on SQLAlchemy Core, for SQLite and PostgreSQL alike.

The verbs are functions of this room's files; the first thing they take is a transaction. `Store.ask` puts one question,
`Store.do` does one act, `Store.write` gives a transaction to a caller of several that stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Connection

from mailbot.model.ledger.register import Register
from mailbot.store.accounts import register_dictionary
from mailbot.store.cases.summaries import CaseSummary, NoSuchCase, OutgoingSummary, RecordedDecision
from mailbot.store.database import engine, migrations
from mailbot.store.database.unavailable import StoreUnavailable
from mailbot.store.decisions.recording import AlreadyDecided
from mailbot.store.mail.incoming import StoredLetter
from mailbot.store.mail.incoming_claims import ClaimedLetter
from mailbot.store.mail.outbox import ClaimedOutgoing, SentLetter
from mailbot.store.schema import bills as _bills  # noqa: F401  (db/env.py takes `metadata`: all tables must be known by then)
from mailbot.store.schema import reports_and_surveys as _reports_and_surveys  # noqa: F401

__all__ = [
    "AlreadyDecided",
    "CaseSummary",
    "ClaimedLetter",
    "ClaimedOutgoing",
    "NoSuchCase",
    "OutgoingSummary",
    "RecordedDecision",
    "SentLetter",
    "Store",
    "StoreTransaction",
    "StoreUnavailable",
    "StoredLetter",
]

StoreTransaction: TypeAlias = Connection
"""A transaction as the other rooms hold it: they hand it to the verbs of this room, and write no SQL themselves."""

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """A database of mailbot. `migrations` is the folder of its Alembic scripts.

    StoreUnavailable wherever the database is out of reach, and then nothing was kept.
    """

    def __init__(self, url: str, migrations: Path) -> None:
        self._engine = engine.open_engine(url)
        self._migrations = migrations
        self._register: Register | None = None

    def migrate(self) -> None:
        migrations.migrate(self._engine, self._migrations)

    def is_empty(self) -> bool:
        """Has nothing ever been written here? StoreUnavailable where the database does not answer."""
        return migrations.is_empty(self._engine)

    def schema_version(self) -> str | None:
        """Which version the tables are of; None where there are none yet."""
        return migrations.schema_version(self._engine)

    def check(self) -> None:
        migrations.check(self._engine, self._migrations)

    def close(self) -> None:
        self._engine.dispose()

    def write(self) -> AbstractContextManager[StoreTransaction]:
        """One writing transaction: all of it or nothing."""
        return engine.writing(self._engine)

    def ask(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """A question of this room, or of a service that puts several, in a reading transaction."""
        with engine.reading(self._engine) as connection:
            return question(connection, *args, **named)

    def do(self, verb: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """One act of this room in a writing transaction of its own."""
        with engine.writing(self._engine) as connection:
            return verb(connection, *args, **named)

    def register(self) -> Register:
        """The register as a dictionary: compiled once, and anew when it has changed; one small query where it has not."""
        with engine.reading(self._engine) as connection:
            version = register_dictionary.register_version(connection)
            if self._register is None or self._register.version != version:
                self._register = register_dictionary.known_register(connection)
            return self._register
