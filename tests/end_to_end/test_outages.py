"""The world's faults: a server that is away, a wrong password, several workers on one PostgreSQL."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from mailbot.config import Settings
from mailbot.model import CaseState
from mailbot.store import Store, StoreUnavailable
from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests import engines
from tests.end_to_end import post
from tests.end_to_end.house import put, replies_to, run_until
from tests.end_to_end.planted import FAILOVER, die_as_postgres_turns_read_only, is_read_only
from tests.end_to_end.test_kill import configure, start, wait_for
from tests.end_to_end.test_main_job import all_done, settings
from tests.engines import PostgresServer
from tests.servers import HOST, ImapServer

postgres = pytest.fixture(scope="session", name="postgres")(engines.postgres_server)


class LateServer:
    """A port that refuses everybody at first, and later leads to the real server."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.socket()
        self._listener.bind((HOST, 0))
        self.port = self._listener.getsockname()[1]

    def open(self) -> None:
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection((HOST, self._target))
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    @staticmethod
    def _pump(one: socket.socket, other: socket.socket) -> None:
        try:
            while piece := one.recv(65536):
                other.sendall(piece)
        except OSError:
            pass
        other.close()

    def close(self) -> None:
        self._listener.close()


def moved(configured: Settings, **ports: int) -> Settings:
    """The settings with other ports."""
    return configured.model_copy(
        update={
            name: getattr(configured, name).model_copy(update={"port": port}) for name, port in ports.items()
        }
    )


def test_servers_that_come_late_are_waited_for_and_nothing_is_lost(pymap: ImapServer, tmp_path: Path) -> None:
    letters = [letter for letter in post.letters(16) if letter.owed]
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    with EmbeddedSmtp() as sink:
        imap, smtp = LateServer(pymap.port), LateServer(sink.port)
        configured = moved(settings(tmp_path, pymap, sink), imap=imap.port, smtp=smtp.port)
        timers = [threading.Timer(4, imap.open), threading.Timer(7, smtp.open)]
        for timer in timers:
            timer.start()
        store = run_until(configured, all_done(len(letters)))
        assert set(replies_to([item.content for item in sink.received])) == {
            letter.message_id for letter in letters
        }
        assert all(case.state is not CaseState.COLLECTED for case in store.ask(summaries.cases, None, 100))
        store.close()
        imap.close()
        smtp.close()


def test_a_wrong_password_is_one_clear_line_without_the_password(pymap: ImapServer, tmp_path: Path) -> None:
    told = tmp_path / "told"
    with EmbeddedSmtp() as sink, told.open("w") as stderr:
        process = start(configure(tmp_path, pymap, sink), "hunter2-wrong", stderr)
        try:
            wait_for(lambda: "не принял пароль" in told.read_text("utf-8"), 60, "the fault is told")
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # as a service manager ends all of a service at once
            ended = process.wait(timeout=30)
    said = told.read_text("utf-8")
    assert ended == 0
    assert "завершился" not in said, "no process went before its supervisor let it"
    assert said.count("не принял пароль") == 1
    assert "MAILBOT_IMAP_PASSWORD" in said
    assert "hunter2-wrong" not in said
    assert "Traceback" not in said


@pytest.mark.postgres
def test_two_workers_on_postgresql_decide_each_letter_once(
    postgres: PostgresServer, pymap: ImapServer, tmp_path: Path
) -> None:
    letters = list(post.letters(32))
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink, workers=2).model_copy(
            update={"database_url": postgres.fresh(), "imap_password": SecretStr(pymap.password)}
        )
        store = run_until(configured, all_done(32))
        replies = replies_to([item.content for item in sink.received])
    assert set(replies) == {letter.message_id for letter in letters if letter.owed}
    assert all(len(answers) == 1 for answers in replies.values())
    numbers = sorted(case.number for case in store.ask(summaries.cases, None, 100) if case.number)
    assert numbers == [f"26-{number:06}" for number in range(1, len(numbers) + 1)]
    store.close()


@pytest.mark.postgres
def test_a_postgresql_that_turns_read_only_is_waited_out_by_all_and_ends_nobody(
    postgres: PostgresServer, pymap: ImapServer, tmp_path: Path
) -> None:
    letters = [letter for letter in post.letters(12) if letter.owed]
    planted_letter = b"From: a@mail.example\r\n" + FAILOVER + b"\r\n\r\n" + "Когда дадут тепло?".encode()
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    put(pymap, [(planted_letter, letters[0].received_at)])
    seen: list[float] = []
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink, workers=1, handle_seconds=6).model_copy(
            update={"database_url": postgres.fresh(), "imap_password": SecretStr(pymap.password)}
        )

        def done(store: Store) -> bool:
            try:
                if store.ask(is_read_only):
                    seen.append(time.monotonic())
                if seen and time.monotonic() - seen[0] > 4:
                    name = store._engine.url.database
                    postgres.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
                    store._engine.dispose()
                return bool(seen) and all_done(len(letters) + 1)(store)
            except StoreUnavailable:
                return False  # every connection was cut, ours too

        store = run_until(configured, done, handle=die_as_postgres_turns_read_only)
        replies = replies_to([item.content for item in sink.received])
    assert {letter.message_id for letter in letters} <= set(replies)
    assert all(len(answers) == 1 for answers in replies.values())
    store.close()
