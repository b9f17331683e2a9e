"""A database that is restored from a backup: what left since leaves no second time, and no number is given to two."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from mailbot import look_for_restore
from mailbot.config import Settings
from mailbot.daemon import Daemon
from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests import engines
from tests.end_to_end import post
from tests.end_to_end.house import put, replies_to, run_until
from tests.end_to_end.test_main_job import all_done, settings
from tests.engines import PostgresServer
from tests.servers import ImapServer

postgres = pytest.fixture(scope="session", name="postgres")(engines.postgres_server)


def copy_database(source: Path, target: Path) -> None:
    for end in ("-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()


def numbers_told(content: bytes) -> str:
    told = re.search(rb"Message-ID:\s*<mailbot\.(\d\d-\d+)\.", content)
    assert told is not None
    return told[1].decode()


@dataclass
class Office:
    """A database with a copy of a while ago, on either engine, and the letters that came before the copy and since."""

    configured: Settings
    take_copy: Callable[[], None]
    put_back: Callable[[], None]


def sqlite_office(folder: Path, imap: ImapServer, sink: EmbeddedSmtp) -> Office:
    database, backup = folder / "mailbot.db", folder / "backup.db"
    return Office(
        settings(folder, imap, sink, workers=1),
        lambda: copy_database(database, backup),
        lambda: copy_database(backup, database),
    )


def postgres_office(folder: Path, imap: ImapServer, sink: EmbeddedSmtp, postgres: PostgresServer) -> Office:
    url = postgres.fresh()
    name = make_url(url).database
    placed = {"database_url": url, "imap_password": SecretStr(imap.password)}
    return Office(
        settings(folder, imap, sink, workers=1).model_copy(update=placed),
        lambda: postgres.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name}"),
        lambda: postgres.execute(
            f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {name}_copy"
        ),
    )


def lose_journal(folder: Path) -> None:
    (folder / "departures.log").unlink()


def lose_newest_lines(folder: Path) -> None:
    """As if another machine had sent what left since the copy: it is in a journal of its own."""
    journal = folder / "departures.log"
    lines = [line for line in journal.read_text("utf-8").splitlines() if line]
    journal.write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")


def keep_journal(folder: Path) -> None:
    assert (folder / "departures.log").exists()


@pytest.mark.parametrize("happens_to_journal", [keep_journal, lose_journal, lose_newest_lines])
def test_after_a_restore_no_letter_leaves_twice_and_no_number_is_given_twice(
    pymap: ImapServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    happens_to_journal: Callable[[Path], None],
) -> None:
    with EmbeddedSmtp() as sink:
        restore_and_go_on(sqlite_office(tmp_path, pymap, sink), pymap, sink, caplog, happens_to_journal)


@pytest.mark.postgres
def test_a_restored_postgresql_is_known_by_what_lies_in_sent(
    postgres: PostgresServer, pymap: ImapServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with EmbeddedSmtp() as sink:
        office = postgres_office(tmp_path, pymap, sink, postgres)
        restore_and_go_on(office, pymap, sink, caplog, lose_newest_lines)


def restore_and_go_on(
    office: Office,
    imap: ImapServer,
    sink: EmbeddedSmtp,
    caplog: pytest.LogCaptureFixture,
    happens_to_journal: Callable[[Path], None],
) -> None:
    letters = [letter for letter in post.letters(40) if letter.owed][:9]
    before, since, after = letters[:3], letters[3:6], letters[6:]
    put(imap, ((letter.content, letter.received_at) for letter in before))
    run_until(office.configured, all_done(3)).close()
    office.take_copy()
    put(imap, ((letter.content, letter.received_at) for letter in since))
    run_until(office.configured, all_done(6)).close()
    assert "восстановлена из копии" not in caplog.text
    office.put_back()
    happens_to_journal(office.configured.data_dir)
    put(imap, ((letter.content, letter.received_at) for letter in after))
    with caplog.at_level(logging.WARNING):
        store = run_until(office.configured, all_done(9))
    assert "база восстановлена из копии: она не знает об отправленных письмах (3)" in caplog.text
    answered_once(sink, letters)
    numbers = [case.number for case in store.ask(summaries.cases, None, 100) if case.number]
    assert len(set(numbers)) == len(numbers) == len(letters)
    store.close()


def answered_once(sink: EmbeddedSmtp, letters: list[post.Posted]) -> None:
    sent = [item.content for item in sink.received]
    replies = replies_to(sent)
    assert set(replies) == {letter.message_id for letter in letters}
    assert all(len(answers) == 1 for answers in replies.values())
    told = [numbers_told(content) for content in sent]
    assert len(set(told)) == len(told) == len(letters)


def test_after_the_whole_data_directory_is_lost_sent_keeps_letters_and_numbers_from_a_second_time(
    pymap: ImapServer, tmp_path: Path
) -> None:
    letters = [letter for letter in post.letters(40) if letter.owed][:6]
    with EmbeddedSmtp() as sink:
        put(pymap, ((letter.content, letter.received_at) for letter in letters[:3]))
        run_until(settings(tmp_path / "first", pymap, sink, workers=1), all_done(3)).close()
        put(pymap, ((letter.content, letter.received_at) for letter in letters[3:]))
        run_until(settings(tmp_path / "second", pymap, sink, workers=1), all_done(6)).close()
        answered_once(sink, letters)


def test_nothing_leaves_until_sent_is_read_where_the_journal_is_gone(
    pymap: ImapServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    letters = [letter for letter in post.letters(40) if letter.owed][:3]
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink, workers=1)
        run_until(configured, all_done(3)).close()
        lose_journal(tmp_path)
        away = configured.model_copy(update={"imap": configured.imap.model_copy(update={"port": 1})})
        daemon = Daemon(away, tick=lambda: pytest.fail("a role was started"))
        threading.Timer(3, daemon.stop).start()
        with caplog.at_level(logging.WARNING):
            daemon.run()
    assert "пока «Отправленные» не прочитаны, ничего не отправляется" in caplog.text


def test_a_mailbox_that_stays_away_keeps_the_work_waiting_for_a_while_only(
    pymap: ImapServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [letter for letter in post.letters(40) if letter.owed][:3]
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    monkeypatch.setattr(look_for_restore, "LONGEST_WAIT", 2.0)
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink, workers=1)
        run_until(configured, all_done(3)).close()
        lose_journal(tmp_path)
        away = configured.model_copy(update={"imap": configured.imap.model_copy(update={"port": 1})})
        started = threading.Event()

        def end_once_started() -> bool:
            started.set()
            return False

        Daemon(away, tick=end_once_started).run()
    assert started.is_set()
    assert "некоторые письма могут уйти второй раз" in caplog.text
