"""Two versions of the program at one database: the older one stops where the newer one has changed the tables.

What an older program writes lacks what the newer one reads: a case would miss its place in a report. So it claims and sends
nothing from then on; letters wait for a program that knows the tables, and the log says what to do.
"""

from __future__ import annotations

import time

from mailbot.store import Store

PAUSE = 1.0
"""Seconds between two looks."""


class SchemaWatch:
    """Of one process. Of a version that it knows one small query is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: str | None = None
        self._next = 0.0

    def look(self) -> None:
        """StoreUnavailable, with what to do, where the tables are not those of this program."""
        if time.monotonic() < self._next:
            return
        version = self._store.schema_version()
        if version is None or version != self._known:
            self._store.check()
            self._known = version
        self._next = time.monotonic() + PAUSE
