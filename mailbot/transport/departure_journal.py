"""What left this machine, kept beside the database: a restored database does not know of letters that left since its backup.

A line a letter: the moment in UTC (ISO 8601), a tab, the Message-ID. Lines are only added, each on the disk before
the database is told. A file that is full is kept as `….1` until the next one is full.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from mailbot.model.letter.own_message_id import lasting_part_of

MOST_BYTES = 4_000_000
"""Of one file: some 40,000 letters."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A letter that a server took, and when."""

    message_id: str
    at: datetime


class DepartureJournal:
    """The journal of a machine. A line that a crash cut off is passed over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._older = path.with_name(f"{path.name}.1")

    @cached_property
    def _left(self) -> dict[str, Departure]:
        read = (departure for path in (self._older, self._path) for departure in _departures_in(path))
        return {lasting_part_of(departure.message_id): departure for departure in read}

    def add(self, departure: Departure) -> None:
        """A server has taken the letter. OSError where the journal cannot be written."""
        self._left[lasting_part_of(departure.message_id)] = departure
        if self._path.exists() and self._path.stat().st_size > MOST_BYTES:
            self._path.replace(self._older)
        with self._path.open("a", encoding="utf-8") as file:
            # begins a line of its own, whatever a crash has left before it
            file.write(f"\n{departure.at.isoformat()}\t{departure.message_id}\n")
            file.flush()
            os.fsync(file.fileno())

    def find(self, message_id: str) -> Departure | None:
        """When this letter left, also where it was composed anew under another number."""
        return self._left.get(lasting_part_of(message_id))

    def departures(self) -> tuple[Departure, ...]:
        """All that left, in the order of leaving."""
        return tuple(sorted(self._left.values(), key=lambda departure: departure.at))


def _departures_in(path: Path) -> Iterator[Departure]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    for line in lines:
        if match := _LINE.fullmatch(line):
            yield Departure(match["id"], datetime.fromisoformat(match["at"]))


_LINE = re.compile(r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?\+00:00)\t(?P<id><[^<>\s]+>)")
