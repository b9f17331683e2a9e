"""kill -9 in the middle of a run, again and again, then to the end: the same bytes as a run nobody disturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger.tables.charges_table import write_charges
from mailbot.store import Store
from mailbot.store.ledger import charges
from tests.engines import PostgresServer, SqliteFiles
from tests.material.town import build
from tests.scale import scale
from tests.services.ledger.town import close
from tests.store.conftest import databases, postgres, sqlite

__all__ = ["databases", "postgres", "sqlite"]

ROOT = Path(__file__).parents[2]
ACCOUNTS = scale(600, 2000)
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def command(folder: Path, url: str) -> list[str]:
    config = folder / "mailbot.toml"
    config.write_text(f'database_url = "{url}"\n', encoding="utf-8")
    return [sys.executable, "-m", "mailbot", "bill", "run", "--month", str(OCTOBER), "-c", str(config)]


def dump(store: Store, path: Path) -> bytes:
    write_charges(store, OCTOBER, path)
    return path.read_bytes()


@pytest.mark.timeout(300)
def test_a_run_that_is_killed_again_and_again_ends_as_one_that_was_not(
    databases: SqliteFiles | PostgresServer, tmp_path: Path
) -> None:
    url, undisturbed = databases.fresh(), databases.fresh()
    killed = 0
    for at in (url, undisturbed):
        store = Store(at, resource_folder("db"))
        build(store, ACCOUNTS, Month(2026, 6), OCTOBER)
        close(store, SEPTEMBER)
        store.close()
    store = Store(url, resource_folder("db"))
    for share in scale((0.3,), (0.1, 0.4, 0.7)):
        process = subprocess.Popen(
            command(tmp_path, url), cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
        )
        while process.poll() is None and store.ask(charges.count, OCTOBER)[0] < ACCOUNTS * share:
            time.sleep(0.01)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
    charged, _ = store.ask(charges.count, OCTOBER)
    assert killed, "nothing was disturbed: the test shows nothing"
    assert charged < ACCOUNTS
    subprocess.run(command(tmp_path, url), cwd=ROOT, check=True, capture_output=True)
    assert store.ask(charges.count, OCTOBER) == (ACCOUNTS, ACCOUNTS)
    whole = Store(undisturbed, resource_folder("db"))
    close(whole, OCTOBER)
    assert dump(store, tmp_path / "killed.csv") == dump(whole, tmp_path / "whole.csv")
    store.close()
    whole.close()
