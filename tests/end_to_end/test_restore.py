"""A database that is restored from a backup: what left since leaves no second time, and no number is given to two."""

from __future__ import annotations

import logging
import re
import sqlite3
from pathlib import Path

import pytest

from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end import post
from tests.end_to_end.house import put, replies_to, run_until
from tests.end_to_end.test_main_job import all_done, settings
from tests.servers import ImapServer


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


def test_after_a_restore_no_letter_leaves_twice_and_no_number_is_given_twice(
    pymap: ImapServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    letters = [letter for letter in post.letters(40) if letter.owed][:9]
    before, since, after = letters[:3], letters[3:6], letters[6:]
    database, backup = tmp_path / "mailbot.db", tmp_path / "backup.db"
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink, workers=1)
        put(pymap, ((letter.content, letter.received_at) for letter in before))
        run_until(configured, all_done(3)).close()
        copy_database(database, backup)
        put(pymap, ((letter.content, letter.received_at) for letter in since))
        run_until(configured, all_done(6)).close()
        assert "восстановлена из копии" not in caplog.text
        copy_database(backup, database)
        put(pymap, ((letter.content, letter.received_at) for letter in after))
        with caplog.at_level(logging.WARNING):
            store = run_until(configured, all_done(9))
        sent = [item.content for item in sink.received]
    assert "база восстановлена из копии: она не знает об отправленных письмах (3)" in caplog.text
    replies = replies_to(sent)
    assert set(replies) == {letter.message_id for letter in letters}
    assert all(len(answers) == 1 for answers in replies.values())
    told = [numbers_told(content) for content in sent]
    assert len(set(told)) == len(told) == len(letters)
    numbers = [case.number for case in store.ask(summaries.cases, None, 100) if case.number]
    assert len(set(numbers)) == len(numbers) == len(letters)
    store.close()
