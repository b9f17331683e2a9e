"""Growing pauses between attempts at a server that is away."""

from __future__ import annotations


class Backoff:
    """Doubling pauses in seconds, from `first` up to `last`; `reset` after a success."""

    def __init__(self, *, first: float, last: float) -> None:
        self._first, self._last, self._failures = first, last, 0

    def next(self) -> float:
        """The pause before the next attempt."""
        pause = min(self._last, self._first * 2 ** min(self._failures, 30))
        self._failures += 1
        return float(pause)

    def reset(self) -> None:
        self._failures = 0
