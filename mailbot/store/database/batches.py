"""Long lists in parts that a statement can carry: both engines limit the values of one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MAX_VALUES = 5_000
"""SQLite takes 32,766 values in a statement, PostgreSQL 65,535."""


def batches(values: Iterable[str]) -> Iterator[Sequence[str]]:
    """The distinct values in order, so many at a time."""
    return split_in_batches(sorted(set(values)))


def split_in_batches(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """The same, so many at a time, as they stand."""
    for at in range(0, len(many), MAX_VALUES):
        yield many[at : at + MAX_VALUES]
