"""Opening the database: SQLite by default, PostgreSQL by URL, one behaviour."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from mailbot.store.database.unavailable import StoreUnavailable, is_the_worlds, unavailable

WAIT_SECONDS = 10
"""How long a connection, or a writer behind another, waits before it gives up."""

ABANDONED_SECONDS = 60
"""After this PostgreSQL ends a transaction that does nothing: its machine may be gone, its locks are not."""


def open_engine(url: str) -> Engine:
    """An engine for the URL; nothing is connected yet. StoreUnavailable for a URL nobody can read."""
    sqlite = url.startswith("sqlite")
    # PostgreSQL: the pool asks before it lends a connection, so a restarted server costs no letter
    options = {} if sqlite else {"pool_pre_ping": True, "connect_args": {"connect_timeout": WAIT_SECONDS}}
    try:
        engine = create_engine(url, **options)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreUnavailable(
            f"Адрес базы данных не понят ({error}). Проверьте database_url; для PostgreSQL: "
            "postgresql+psycopg://имя@сервер/база и установите mailbot[postgres]."
        ) from None
    if engine.dialect.name == "sqlite":
        engine.dialect.statement_compiler = _HintCompiler
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


class _HintCompiler(SQLiteCompiler):
    """Writes hints («INDEXED BY …») that SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002
        return text


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """WAL lets readers go on beside the writer; FULL keeps a commit through a power cut."""
    connection.isolation_level = None  # BEGIN is ours: see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    _switch_to_wal(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    """SQLite heeds no busy_timeout here: where several open a new file at once, the others must ask again."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: a read that turns into a write would fail instead of waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """The same patience as SQLite's, and no lock that outlives its machine."""
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{ABANDONED_SECONDS}s'")
    cursor.close()
    connection.commit()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One writing transaction: committed at the end, rolled back by any exception."""
    with _told(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One reading transaction."""
    with _told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """A database that is away is the world's fault: a typed error that the daemon waits out.

    What comes next begins on a new connection: an old one leads to the server that has become a standby, or to
    the file as it was when it could not be written, and says so for ever.
    """
    try:
        yield
    except DBAPIError as error:
        if is_the_worlds(error):
            engine.dispose()
            raise unavailable(engine, error) from error
        raise  # a constraint of ours was broken: our fault, and the letter's attempt fails
