"""`python -m benchmarks.register [ROWS]`: a table of clients read, taken in, and taken in again.

The floor is the standard library's reading of the same file.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mailbot.config import Settings, resource_folder
from mailbot.services.ledger.tables.register_table import COLUMNS, read_clients
from mailbot.store import Store
from mailbot.store.accounts import register_import

T = TypeVar("T")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clients.csv"
        _write(path, rows)
        store = Store(Settings(data_dir=Path(folder)).database, resource_folder("db"))
        store.migrate()
        print(f"{rows:,} rows, SQLite, CPU seconds")
        floor, _ = _timed(lambda: sum(1 for _ in csv.reader(path.open(encoding="utf-8"), delimiter=";")))
        _told("floor: csv.reader", floor, floor)
        took, found = _timed(lambda: read_clients(path, ("Прикамский",)))
        _told("read and checked", took, floor)
        for name in ("taken in", "taken in again"):

            def work() -> object:
                with store.write() as writing:
                    return register_import.import_register(writing, found)

            took, done = _timed(work)
            _told(f"{name}: {done}", took, floor)
        store.close()


def _write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(COLUMNS)
        for at in range(rows):
            number = str(1_000_000 + at)
            table.writerow(
                [
                    number,
                    f"Клиент {at}",
                    "ФЛ",
                    f"Мира, {at // 100}-{at % 100}",
                    "54,3",
                    "2",
                    "Прикамский",
                    "отопление, ГВС",
                    f"k{at}@b.ru",
                    "",
                    "почта",
                    "",
                    f"9{at:07}",
                    "ГВС",
                    "м3",
                    "5",
                    "01.02.2024",
                    "31.01.2030",
                    "",
                ]
            )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.process_time()
    done = work()
    return time.process_time() - begun, done


def _told(name: str, took: float, floor: float) -> None:
    print(f"{name:70}{took:8.2f}   × {took / floor:6.1f} of the floor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
