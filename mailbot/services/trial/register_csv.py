"""The client register as a file."""

from __future__ import annotations

import csv
from pathlib import Path

from mailbot.model import Client


def read_register(path: Path) -> tuple[Client, ...]:
    """The client register as a CSV of `email,account,name`."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Client(row["name"], (row["account"],), (row["email"].lower(),), None)
            for row in csv.DictReader(file)
        )
