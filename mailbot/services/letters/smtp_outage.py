"""The mail server is away: one letter at a time looks whether it is back, at growing pauses; the others wait untouched."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from mailbot.transport import Backoff

FIRST_PAUSE, LAST_PAUSE = 2.0, 180.0
"""Seconds between two looks. A server that is back is noticed in minutes, whoever waits for it and however long it was away."""

LAST_LOOK = timedelta(seconds=LAST_PAUSE)
"""Longer no letter waits under which the connection broke, though it may be what breaks it."""


class SmtpOutage:
    """What one sender knows of the server. Pauses run by a clock that nobody sets (`monotonic`, in seconds)."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._pauses = Backoff(first=FIRST_PAUSE, last=LAST_PAUSE)
        self._next_look = 0.0
        self.away = True
        """Until a letter has met with an answer: what an earlier process met with, nobody has told us."""

    @property
    def waits(self) -> bool:
        """Is it too early for the next look?"""
        return self.away and self._monotonic() < self._next_look

    def begin_or_go_on(self) -> None:
        """The server was away, for the first time or again."""
        self.away = True
        self._next_look = self._monotonic() + self._pauses.next()

    def end(self) -> bool:
        """The server has answered; was it away before?"""
        was_away, self.away = self.away, False
        self._pauses.reset()
        return was_away
