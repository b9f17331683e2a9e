"""Long lists in parts that a statement can carry: both engines limit the values of one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MOST_VALUES = 5_000
"""SQLite takes 32,766 values in a statement, PostgreSQL 65,535."""


def batches(values: Iterable[str]) -> Iterator[list[str]]:
    """The distinct values in order, so many at a time."""
    whole = sorted(set(values))
    for at in range(0, len(whole), MOST_VALUES):
        yield whole[at : at + MOST_VALUES]
