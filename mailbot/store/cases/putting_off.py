"""Which waiting cases are out of sight until their time, and which never are, whatever was put off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from mailbot.model import Priority
from mailbot.store.cases.queue_filters import LATER
from mailbot.store.schema.letters_and_cases import case

NORMAL = Priority.NORMAL.rank


def is_deferred(now: datetime, of: Any = case) -> ColumnElement[bool]:
    """Put off, neither urgent, nor due within that time, nor due within hours: all others stay in every list."""
    until, due = of.c.put_off_until, of.c.respond_by
    in_time = and_(due > until, due > now + LATER)
    return and_(until > now, of.c.rank >= NORMAL, or_(due.is_(None), in_time))


def is_not_deferred(now: datetime, of: Any = case) -> ColumnElement[bool]:
    """The opposite, of the same columns: what one index of the queue holds."""
    until, due = of.c.put_off_until, of.c.respond_by
    return or_(until.is_(None), until <= now, of.c.rank < NORMAL, due <= until, due <= now + LATER)
