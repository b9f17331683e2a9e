"""Pauses grow while nothing goes well, and begin anew with good work: what broke long ago costs no letter its time."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot import daemon, daemon_roles
from mailbot.config import load_settings
from mailbot.daemon import Daemon
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end import post
from tests.end_to_end.cutting_proxy import CuttingProxy
from tests.end_to_end.house import put
from tests.end_to_end.test_kill import configure, start, wait_for
from tests.end_to_end.test_main_job import settings
from tests.servers import ImapServer

CUTS = 6
"""The pause after the sixth failure without good work is 32 s."""


def taken(store: Store) -> int:
    return sum(store.ask(summaries.counts).values())


class Breaking:
    """Puts a letter into the mailbox, breaks something once it was taken in, and so on; then ends the daemon."""

    def __init__(self, store: Store, imap: ImapServer, break_it: Callable[[], object]) -> None:
        self._store, self._imap, self._break = store, imap, break_it
        self._letters = [(letter.content, letter.received_at) for letter in post.letters(CUTS + 1)]
        self._until = time.monotonic() + 240
        self.put = 0

    def tick(self) -> bool:
        assert time.monotonic() < self._until, f"{self.put} letters came, {taken(self._store)} were taken in"
        if taken(self._store) < self.put:
            return True
        if self.put:
            self._break()
        if self.put == len(self._letters):
            return False
        put(self._imap, [self._letters[self.put]])
        self.put += 1
        return True


def test_cuts_with_good_work_between_them_each_cost_the_first_pause(
    pymap: ImapServer, tmp_path: Path
) -> None:
    proxy, told = CuttingProxy(pymap.port), tmp_path / "told"
    with EmbeddedSmtp() as sink, told.open("w") as stderr:
        config = configure(tmp_path, replace(pymap, port=proxy.port), sink)
        store = daemon_roles.open_store(load_settings(config))
        store.migrate()
        process = start(config, pymap.password, stderr)
        try:
            breaking = Breaking(store, pymap, proxy.cut)
            wait_for(lambda: not breaking.tick(), 240, "every letter is taken in")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
        store.close()
    proxy.close()
    pauses = [int(seconds) for seconds in re.findall(r"Новая попытка через (\d+) с", told.read_text("utf-8"))]
    assert len(pauses) >= CUTS - 1
    assert set(pauses) == {1}


def test_a_process_that_did_good_work_starts_again_after_the_first_pause(
    pymap: ImapServer, tmp_path: Path
) -> None:
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink)
        store = daemon_roles.open_store(configured)
        store.migrate()

        def kill_the_collector() -> None:
            (collector, *_) = house._children
            assert collector.process is not None
            collector.process.kill()
            collector.process.join()

        house = Daemon(configured, tick=Breaking(store, pymap, kill_the_collector).tick)
        house.run()
        store.close()
    (collector, *_) = house._children
    assert collector.backoff.next() <= 2 * daemon.RESTART_SECONDS[0]


def test_a_process_that_lived_long_starts_again_at_once(
    pymap: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The deliverer has nothing to send, so it tells nothing; its pauses would grow with each death."""
    monkeypatch.setattr(daemon, "LONG_LIFE", 0.0)
    with EmbeddedSmtp() as sink:
        configured = settings(tmp_path, pymap, sink)
        daemon_roles.open_store(configured).migrate()
        deaths = 0

        def tick() -> bool:
            nonlocal deaths
            (deliverer,) = (child for child in house._children if child.name.endswith("/deliverer"))
            if deliverer.process is not None and deliverer.process.is_alive():
                deliverer.process.kill()
                deliverer.process.join()
                deaths += 1
            return deaths < CUTS

        house = Daemon(configured, tick=tick)
        house.run()
    pauses = re.findall(r"deliverer завершился.* через (\d+) с", caplog.text)
    assert len(pauses) >= CUTS - 1
    assert set(pauses) == {"0"}
