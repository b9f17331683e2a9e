"""Long lists in parts that a statement can carry: both engines limit the values of one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST_VALUES = 5_000
"""SQLite takes 32,766 values in a statement, PostgreSQL 65,535."""


def batches(values: Iterable[str]) -> Iterator[Sequence[str]]:
    """The distinct values in order, so many at a time."""
    return portions(sorted(set(values)))


def portions(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """The same, so many at a time, as they stand."""
    for at in range(0, len(many), MOST_VALUES):
        yield many[at : at + MOST_VALUES]
