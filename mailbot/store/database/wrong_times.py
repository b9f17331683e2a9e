"""Moments that some clock which ran ahead has written: no pause of ours reaches so far, so nobody waits for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, or_

SLACK = timedelta(minutes=5)
"""By so much the clocks of two machines may differ, and both be right."""


def farthest(now: datetime, longest: timedelta) -> datetime:
    """The last moment to which a pause, or a lease, of that length can have been set by a clock that is not wrong."""
    return now + 2 * longest + SLACK


def is_over(column: Column[datetime], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Is there none, has it passed, or can it not be true? `longest` is what it was set to at most."""
    return or_(column.is_(None), column <= now, column > farthest(now, longest))
