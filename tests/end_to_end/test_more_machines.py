"""Workers on further machines, that come and go; and an older program beside a newer one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from mailbot.cli import app
from mailbot.config import ConfigError
from mailbot.model import RawLetter
from mailbot.model.daemon_role import DaemonRole
from mailbot.parsing import read_envelope
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from mailbot.transport.embedded import EmbeddedSmtp
from tests import engines
from tests.end_to_end import post
from tests.end_to_end.house import confirmed_rules, put, replies_to, run_until
from tests.end_to_end.test_kill import ROOT, decided, wait_for
from tests.end_to_end.test_main_job import all_done, settings
from tests.engines import PostgresServer
from tests.servers import ImapServer

postgres = pytest.fixture(scope="session", name="postgres")(engines.postgres_server)

LETTERS = 24
WITHOUT_WORKERS = (DaemonRole.COLLECTOR, DaemonRole.DELIVERER)


def further_machine(folder: Path, url: str) -> subprocess.Popen[bytes]:
    """`mailbot work` with a data directory of its own: it knows nothing but the database."""
    folder.mkdir()
    confirmed_rules(folder)
    config = folder / "mailbot.toml"
    config.write_text(
        f'database_url = "{url}"\nrules_dir = "rules"\n[daemon]\nretry_seconds = 0.1\n', "utf-8"
    )
    told = (folder / "told.txt").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "mailbot", "work", "-c", str(config)],
        cwd=ROOT,
        env={**os.environ, "MAILBOT_IMAP_PASSWORD": "x"},
        stderr=told,
        start_new_session=True,
    )


@pytest.mark.postgres
def test_letters_are_decided_on_further_machines_and_one_that_dies_loses_none(
    postgres: PostgresServer, pymap: ImapServer, tmp_path: Path
) -> None:
    letters = list(post.letters(LETTERS))
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    url = postgres.fresh()
    machines = [further_machine(tmp_path / "second", url)]
    killed: list[int] = []

    def done(store: Store) -> bool:
        if not killed and decided(store) > 3:
            os.killpg(machines[0].pid, signal.SIGKILL)
            killed.append(decided(store))
            machines.append(further_machine(tmp_path / "third", url))
        return all_done(LETTERS)(store)

    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink).model_copy(
            update={"database_url": url, "imap_password": SecretStr(pymap.password)}
        )
        try:
            store = run_until(configured, done, roles=WITHOUT_WORKERS, patience=150)
        finally:
            for machine in machines:
                machine.terminate()
                machine.wait(timeout=30)
        replies = replies_to([item.content for item in sink.received])
    assert killed
    assert killed[0] < LETTERS, "the second machine died with letters left to decide"
    assert set(replies) == {letter.message_id for letter in letters if letter.owed}
    assert all(len(answers) == 1 for answers in replies.values())
    numbers = [case.number for case in store.ask(summaries.cases, None, 100) if case.number]
    assert len(set(numbers)) == len(numbers)
    store.close()


def test_further_machines_need_postgresql(tmp_path: Path) -> None:
    config = tmp_path / "mailbot.toml"
    config.write_text(f'data_dir = "{tmp_path}"\n', "utf-8")
    result = CliRunner().invoke(app, ["work", "-c", str(config)])
    assert isinstance(result.exception, ConfigError)
    assert "задайте database_url" in str(result.exception)


@pytest.mark.postgres
def test_an_older_program_decides_nothing_where_a_newer_one_has_changed_the_tables(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    url = postgres.fresh()
    store = Store(url, ROOT / "db")
    ours = str(store.schema_version())
    older = further_machine(tmp_path / "older", url)
    told = tmp_path / "older" / "told.txt"
    letters = list(post.letters(6))

    def take_in(some: list[post.Posted]) -> None:
        for letter in some:
            raw = RawLetter(letter.content, letter.received_at)
            store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", letter.received_at)

    try:
        take_in(letters[:3])
        wait_for(lambda: decided(store) == 3, 60, "the first are decided")
        store.do(call_version, "9999")
        wait_for(lambda: "новее программы" in told.read_text("utf-8"), 30, "it is told")
        take_in(letters[3:])
        time.sleep(5)
        assert decided(store) == 3, "they wait for a program that knows the tables"
        store.do(call_version, ours)
        wait_for(lambda: decided(store) == 6, 60, "it goes on once it knows the tables")
    finally:
        older.terminate()
        older.wait(timeout=30)
        store.close()
    assert "Обновите mailbot" in told.read_text("utf-8")


def call_version(connection: Connection, version: str) -> None:
    """As a newer program does that migrates the tables."""
    connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
