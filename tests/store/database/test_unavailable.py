"""Faults of the database that are the world's: typed, told with what to do, and over when the database is well again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from mailbot.config import resource_folder
from mailbot.store import Store, StoreUnavailable
from mailbot.store.database import engine, leases
from tests.engines import PostgresServer, SqliteFiles
from tests.store.material import NOW


def write(store: Store) -> None:
    store.do(leases.take_lease, "mailbox", "me", NOW, NOW)


def opened(url: str) -> Iterator[Store]:
    store = Store(url, resource_folder("db"))
    yield store
    store.close()


@pytest.fixture
def own_postgres(postgres: PostgresServer) -> Iterator[Store]:
    yield from opened(postgres.fresh())


def database_of(store: Store) -> str:
    return str(store._engine.url.database)


@pytest.mark.postgres
def test_a_postgresql_that_turned_read_only_is_waited_out_and_asked_anew(
    postgres: PostgresServer, own_postgres: Store
) -> None:
    name = database_of(own_postgres)
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match=r"только для чтения.*database_url"):
            write(own_postgres)
    own_postgres.check()  # reading goes on meanwhile, and so do the pages
    postgres.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    with pytest.raises(StoreUnavailable):
        write(own_postgres)  # the connection of before; the next one is new
    write(own_postgres)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("sqlstate", "advice"),
    [
        ("25006", "только для чтения"),
        ("25P03", "повторит сама"),
        ("40001", "повторит сама"),
        ("40P01", "повторит сама"),
        ("53100", "кончилось место"),
        ("53300", "max_connections"),
        ("55P03", "повторит сама"),
        ("57P01", "перезапускается"),
        ("57P03", "перезапускается"),
        ("58030", "диск"),
        ("XX001", "диск"),
    ],
)
def test_each_fault_of_the_server_says_what_to_do(own_postgres: Store, sqlstate: str, advice: str) -> None:
    raised = f"DO $$ BEGIN RAISE EXCEPTION 'fault' USING ERRCODE = '{sqlstate}'; END $$"
    with pytest.raises(StoreUnavailable, match=advice), own_postgres.write() as transaction:
        transaction.execute(text(raised))
    write(own_postgres)


@pytest.mark.postgres
@pytest.mark.parametrize("sqlstate", ["22012", "23505", "42703", "P0001"])
def test_what_we_asked_wrongly_stays_our_fault(own_postgres: Store, sqlstate: str) -> None:
    raised = f"DO $$ BEGIN RAISE EXCEPTION 'fault' USING ERRCODE = '{sqlstate}'; END $$"
    with pytest.raises(DBAPIError), own_postgres.write() as transaction:
        transaction.execute(text(raised))


@pytest.mark.postgres
def test_a_connection_that_the_server_ends_in_the_middle_is_waited_out(
    postgres: PostgresServer, own_postgres: Store
) -> None:
    ended = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database_of(own_postgres)}'"

    def cut_off(transaction: Connection) -> None:
        postgres.execute(ended)
        leases.take_lease(transaction, "mailbox", "me", NOW, NOW)

    with pytest.raises(StoreUnavailable, match="продолжит сама"):
        own_postgres.do(cut_off)
    write(own_postgres)


@pytest.mark.postgres
def test_a_transaction_that_idled_for_too_long_is_waited_out(own_postgres: Store) -> None:
    def idle(transaction: Connection) -> None:
        transaction.execute(text("SET LOCAL idle_in_transaction_session_timeout = '50ms'"))
        time.sleep(0.5)
        leases.take_lease(transaction, "mailbox", "me", NOW, NOW)

    with pytest.raises(StoreUnavailable):
        own_postgres.do(idle)
    write(own_postgres)


def test_a_sqlite_file_that_may_not_be_written_says_so_and_reading_goes_on(sqlite: SqliteFiles) -> None:
    path = sqlite.fresh().removeprefix("sqlite:///")
    for store in opened(f"sqlite:///file:{path}?mode=ro&uri=true"):
        with pytest.raises(StoreUnavailable, match="только для чтения"):
            write(store)
        store.check()


def test_a_full_disk_under_sqlite_says_so_and_is_waited_out(sqlite: SqliteFiles) -> None:
    def fill(transaction: Connection) -> None:
        transaction.execute(text("PRAGMA max_page_count = 1"))
        for number in range(1000):
            leases.take_lease(transaction, f"{number}" * 50, "me", NOW, NOW)

    for store in opened(sqlite.fresh()):
        with pytest.raises(StoreUnavailable, match="кончилось место"):
            store.do(fill)
        write(store)


def test_a_sqlite_file_locked_by_another_program_says_so_and_is_waited_out(
    sqlite: SqliteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0)
    url = sqlite.fresh()
    other = sqlite3.connect(url.removeprefix("sqlite:///"))
    for store in opened(url):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="держит другая программа"):
            write(store)
        other.rollback()
        write(store)
    other.close()


def test_a_broken_constraint_is_no_fault_of_the_world(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as transaction:
        transaction.execute(text("INSERT INTO lease (name, holder, until) VALUES (NULL, NULL, NULL)"))
