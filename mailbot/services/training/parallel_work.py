"""Work side by side: a process for each core, and in each process one thread of arithmetic.

Several threads add up in another order than one, so that a model would depend on how many cores a machine has; and small
models wait for each other longer than they work.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

Piece = TypeVar("Piece")
Made = TypeVar("Made")


class ParallelMap(Protocol):
    """Like `map`: what a function makes of each piece, in the order of the pieces."""

    def __call__(self, make: Callable[[Piece], Made], pieces: Iterable[Piece], /) -> Iterable[Made]: ...


_KEPT = 2**28
"""Bytes that a process keeps where it needs them no more: the system clears what it gives anew, at each step of a network."""


@contextmanager
def process_pool() -> Iterator[Executor]:
    """Started afresh, not forked: threads of the libraries for arithmetic do not survive a fork. What they are given is
    done in the order in which it is given; after a fault nothing more is begun."""
    os.environ.setdefault("MALLOC_TOP_PAD_", str(_KEPT))  # of glibc; it reads this as it starts
    crew = ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn"))
    try:
        yield crew
    finally:
        crew.shutdown(cancel_futures=True)


def one_thread() -> AbstractContextManager[object]:
    """Of the libraries that are loaded by now."""
    from threadpoolctl import threadpool_limits

    limited: AbstractContextManager[object] = threadpool_limits(1)
    return limited
