"""One behaviour of two engines: transactions, patience, and errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from mailbot.config import resource_folder
from mailbot.model import Envelope
from mailbot.store import Store, StoreUnavailable
from mailbot.store.cases import summaries
from mailbot.store.database import leases
from mailbot.store.database.engine import open_engine, reading, writing
from mailbot.store.mail import incoming, outbox
from mailbot.store.schema.letters_and_cases import case, lease
from tests.engines import SqliteFiles
from tests.store.material import NOW, raw, take_in


def test_sqlite_keeps_a_commit_through_a_power_cut_and_waits_for_another_writer(sqlite: SqliteFiles) -> None:
    engine = open_engine(sqlite.fresh())
    with reading(engine) as connection:

        def pragma(name: str) -> object:
            return connection.execute(text(f"PRAGMA {name}")).scalar()

        full = 2
        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == full
        assert pragma("busy_timeout") == 10_000
        assert pragma("foreign_keys") == 1
    engine.dispose()


def test_a_sqlite_writer_holds_the_lock_from_its_first_moment(sqlite: SqliteFiles) -> None:
    url = sqlite.fresh()
    engine = open_engine(url)
    impatient = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)
    with writing(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        impatient.execute("BEGIN IMMEDIATE")
    impatient.execute("BEGIN IMMEDIATE")  # and lets it go at the end
    impatient.close()
    engine.dispose()


def test_readers_go_on_beside_a_writer(store: Store) -> None:
    with store.write():
        assert store.ask(summaries.counts) == {}


def test_an_exception_inside_a_transaction_leaves_nothing(store: Store, engine: Engine) -> None:
    def break_off() -> None:
        with writing(engine) as connection:
            connection.execute(lease.insert().values(name="a", holder="b", until=NOW))
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        break_off()
    with reading(engine) as connection:
        assert connection.execute(select(lease)).all() == []


def test_moments_come_back_aware_and_exact_in_utc(store: Store, engine: Engine) -> None:
    perm = timezone(timedelta(hours=5))
    moment = datetime(2026, 11, 23, 3, 4, 5, 678901, tzinfo=perm)
    store.do(leases.take_lease, "mailbox", "me", moment, NOW)
    with reading(engine) as connection:
        (found,) = connection.scalars(select(lease.c.until))
    assert found == moment
    assert found.tzinfo is UTC


def test_a_naive_moment_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"):
        store.do(outbox.mark_copied, 1, datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "sender",
    ["a\x00b@mail.example", "\ud83d@mail.example", "x" * 1_000_000 + "@mail.example"],
    ids=["nul", "half a character", "a megabyte"],
)
def test_a_sender_that_no_database_can_hold_loses_no_letter(store: Store, sender: str) -> None:
    letter = raw()
    kept = store.do(incoming.save_letter, letter, Envelope(sender, sender, sender), None, "test", NOW)
    assert store.ask(incoming.load_raw, kept.letter_id).content == letter.content
    (case_,) = store.ask(summaries.cases, None, 10)
    assert case_.sender
    assert "\x00" not in case_.sender


def test_the_database_itself_refuses_an_unknown_state(store: Store, engine: Engine) -> None:
    take_in(store)
    with pytest.raises(IntegrityError, match=r"ck_case__state|CHECK"), writing(engine) as connection:
        connection.execute(case.update().values(state="forgotten"))


def unreachable(folder: Path) -> Iterator[tuple[str, str]]:
    (folder / "letter.db").write_bytes(b"From: a@b\r\n" * 1000)
    yield f"sqlite:///{folder}/no/such/folder/mailbot.db", "папка"
    yield f"sqlite:///{folder}/letter.db", "файл цел"
    yield f"postgresql+psycopg://mailbot:secret@/mailbot?host={folder}", "PostgreSQL запущен"
    yield "postgresql+psycopg://mailbot:secret@127.0.0.1:1/mailbot", "PostgreSQL запущен"


def test_a_database_out_of_reach_is_a_typed_error_that_says_what_to_do(tmp_path: Path) -> None:
    for url, advice in unreachable(tmp_path):
        store = Store(url, resource_folder("db"))
        for verb in (store.check, store.migrate, store.is_empty):
            with pytest.raises(StoreUnavailable, match=advice) as caught:
                verb()
            assert "secret" not in str(caught.value)
        with pytest.raises(StoreUnavailable, match=advice):
            store.ask(summaries.counts)
        store.close()


@pytest.mark.parametrize("url", ["", "mailbot.db", "oracle9://x", "mysql+nothing://x"])
def test_a_url_nobody_can_read_is_told_with_an_example(url: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"postgresql\+psycopg://"):
        Store(url, resource_folder("db"))
