"""Two machines for one mailbox: the one that only waits says so once, and says when it takes over."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbot import daemon_roles
from mailbot.config import load_settings
from mailbot.store.database import leases
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end.test_kill import configure, start, wait_for
from tests.servers import ImapServer

WAITS, TAKES_OVER = "этот процесс ждёт", "теперь принимает этот процесс"


def test_who_stands_by_says_so_once_and_again_when_it_takes_over(pymap: ImapServer, tmp_path: Path) -> None:
    told = tmp_path / "told"
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, pymap, sink)
        settings = load_settings(config)
        store = daemon_roles.open_store(settings)
        store.migrate()
        name = f"mailbox:{daemon_roles.mailbox(settings).name}"
        first = start(config, pymap.password)
        wait_for(lambda: store.ask(leases.lease_of, name) is not None, 60, "the first has the mailbox")
        with told.open("w") as stderr:
            second = start(config, pymap.password, stderr)
        try:
            wait_for(lambda: WAITS in told.read_text("utf-8"), 60, "the second says that it waits")
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
            wait_for(lambda: TAKES_OVER in told.read_text("utf-8"), 60, "the second takes over")
        finally:
            os.killpg(second.pid, signal.SIGTERM)
            second.wait(timeout=30)
            store.close()
    assert told.read_text("utf-8").count(WAITS) == 1


def test_a_lease_left_behind_by_a_clock_a_day_ahead_is_told_and_not_waited_for(
    pymap: ImapServer, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, pymap, sink)
        settings = load_settings(config)
        store = daemon_roles.open_store(settings)
        store.migrate()
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        name = f"mailbox:{daemon_roles.mailbox(settings).name}"
        store.do(leases.take_lease, name, "fast:1/collector", tomorrow + timedelta(seconds=5), tomorrow)
        with told.open("w") as stderr:
            process = start(config, pymap.password, stderr)
        try:
            wait_for(lambda: "часы спешили" in told.read_text("utf-8"), 60, "it is told")
            wait_for(
                lambda: (held := store.ask(leases.lease_of, name)) is not None and held.until < tomorrow,
                60,
                "the mailbox is polled",
            )
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
            store.close()
    assert WAITS not in told.read_text("utf-8")
