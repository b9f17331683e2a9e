"""`python -m benchmarks.known_register [ACCOUNTS]`: the register as a dictionary: loaded out of the database, held, asked.

The floor of loading is the reading of the same rows; memory is that of a fresh process that does nothing else.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from mailbot.config import Settings, resource_folder
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.schema.ledger import account as accounts
from mailbot.store.schema.ledger import meter
from mailbot.store.schema.letters_and_cases import client, client_email
from tests.material.town import account

T = TypeVar("T")
MOST_SECONDS, MOST_MEGABYTES = 1.0, 60
LOOKED = 10_000


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = _opened(folder)
        store.migrate()
        with store.write() as transaction:
            register_import.import_register(transaction, [account(at) for at in range(count)])
        store.close()
        subprocess.run([sys.executable, "-m", "benchmarks.known_register", "--load", folder], check=True)


def load(folder: str) -> None:
    """In a process of its own, as a worker does it."""
    store = _opened(folder)
    store.ask(lambda connection: connection.execute(select(accounts.c.number).limit(1)).all())
    floor, _ = _timed(lambda: store.ask(_rows))
    before = _megabytes()
    took, register = _timed(store.register)
    held = _megabytes() - before
    print(f"{len(register.numbers):,} accounts, SQLite, CPU seconds")
    print(f"{'floor: the rows alone':40}{floor:8.2f}")
    print(f"{'loaded':40}{took:8.2f}   × {took / floor:.1f} of the floor (at most {MOST_SECONDS} s)")
    print(f"{'held, MB more a process':40}{held:8.1f}   (at most {MOST_MEGABYTES})")
    asked, _ = _timed(lambda: [register.accounts.of(str(1_000_000 + at)) for at in range(LOOKED)])
    print(f"{'a number asked about, microseconds':40}{asked / LOOKED * 1e6:8.1f}")
    again, _ = _timed(store.register)
    print(f"{'asked again whether it has changed':40}{again * 1e3:8.1f} ms")


def _rows(connection: object) -> int:
    execute = connection.execute  # type: ignore[attr-defined]
    queries = (
        select(accounts.c.number, accounts.c.address_key),
        select(client.c.id, client.c.name),
        select(meter.c.account, meter.c.serial),
        select(client_email.c.client_id, client_email.c.email),
    )
    return sum(len(execute(query).all()) for query in queries)


def _megabytes() -> float:
    """What the process holds now (resident), as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _opened(folder: str) -> Store:
    return Store(Settings(data_dir=Path(folder)).database, resource_folder("db"))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.process_time()
    done = work()
    return time.process_time() - begun, done


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        load(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
