"""Growing pauses between attempts at a server that is away."""

from __future__ import annotations

from collections.abc import Callable


class Backoff:
    """Doubling pauses in seconds, from `first` up to `last`; `reset` after a success.

    `chance` gives 0…1: that share of a quarter is taken off each pause, so that several machines do
    not come back to a server all at once. Without it the pauses are exact.
    """

    def __init__(self, *, first: float, last: float, chance: Callable[[], float] = lambda: 0.0) -> None:
        self._first, self._last, self._failures = first, last, 0
        self._chance = chance

    def next(self) -> float:
        """The pause before the next attempt."""
        pause = min(self._last, self._first * 2 ** min(self._failures, 30))
        self._failures += 1
        return float(pause * (1 - 0.25 * self._chance()))

    def reset(self) -> None:
        self._failures = 0
