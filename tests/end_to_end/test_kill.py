"""kill -9 at any moment, then a restart: nothing is lost and nothing is answered twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from mailbot import daemon_roles
from mailbot.config import Settings, load_settings
from mailbot.model import CaseState
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import outbox
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end import post
from tests.end_to_end.house import confirmed_rules, put, replies_to
from tests.scale import scale
from tests.servers import ImapServer

ROOT = Path(__file__).parents[2]
LETTERS = 60
SECONDS_TO_THE_LAST = 150.0
"""A dialogue that a busy machine stretches past the time limit is tried again after a minute, then after two."""


def decided(store: Store) -> int:
    return sum(
        number for state, number in store.ask(summaries.counts).items() if state != CaseState.COLLECTED
    )


MOMENTS: dict[str, Callable[[Store, EmbeddedSmtp], bool]] = {
    "collect": lambda store, _: 0 < sum(store.ask(summaries.counts).values()) < LETTERS,
    "handle": lambda store, _: 3 < decided(store) < LETTERS,
    "deliver": lambda _, sink: len(sink.received) > 3,
}


ALL, ALONE = True, False
KILLS = scale(
    (("collect", ALONE), ("handle", ALL), ("deliver", ALONE)),
    tuple((moment, group) for moment in MOMENTS for group in (ALL, ALONE)),
)
"""At each moment, and each way: the whole group of processes, or the supervisor alone."""


def configure(folder: Path, imap: ImapServer, sink: EmbeddedSmtp) -> Path:
    confirmed_rules(folder)
    path = folder / "mailbot.toml"
    path.write_text(
        f"""
rules_dir = "rules"
[imap]
host = "{imap.host}"
port = {imap.port}
security = "plain"
login = "{imap.login}"
poll_seconds = 0.5
start_date = 2026-01-01
timeout_seconds = 4
[smtp]
host = "{sink.host}"
port = {sink.port}
security = "plain"
login = ""
timeout_seconds = 0.5
[daemon]
handle_seconds = 4
retry_seconds = 0.1
[web]
enabled = false
""",
        encoding="utf-8",
    )
    return path


def start(config: Path, password: str, stderr: IO[str] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mailbot", "run", "-c", str(config)],
        cwd=ROOT,
        env={**os.environ, "MAILBOT_IMAP_PASSWORD": password},
        stderr=stderr,
        start_new_session=True,
    )


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.02)


@pytest.mark.parametrize(("moment", "whole_group"), KILLS)
def test_kill_9_in_the_middle_loses_nothing_and_answers_nothing_twice(
    moment: str, whole_group: bool, pymap: ImapServer, tmp_path: Path
) -> None:
    letters = list(post.letters(LETTERS))
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, pymap, sink)
        settings: Settings = load_settings(config)
        store = daemon_roles.open_store(settings)
        store.migrate()
        process = start(config, pymap.password)
        try:
            wait_for(lambda: MOMENTS[moment](store, sink), 40, moment)
        finally:
            (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
        process = start(config, pymap.password)
        try:
            wait_for(
                lambda: (
                    decided(store) == LETTERS
                    and not store.ask(summaries.pending)
                    and not store.ask(outbox.to_copy, 1)
                ),
                SECONDS_TO_THE_LAST,
                f"all handled: {store.ask(summaries.counts)}",
            )
        finally:
            process.terminate()
            process.wait(timeout=30)
        replies = replies_to([item.content for item in sink.received])
        cases = {case.digest: case for case in store.ask(summaries.cases, None, 1000)}
        store.close()
    assert len(cases) == LETTERS
    assert all(len(answers) == 1 for answers in replies.values())
    owed = {letter.message_id for letter in letters if letter.owed}
    assert set(replies) <= owed
    lost = owed - set(replies)
    uncertain = {case.message_id for case in cases.values() if case.state is CaseState.AWAITING_REVIEW}
    assert lost <= uncertain, "a letter not sent must be before a person"
