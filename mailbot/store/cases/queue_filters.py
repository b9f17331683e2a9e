"""The queue by deadline and by age: the same conditions for the lists and for the counts of the board."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from sqlalchemy import ColumnElement, and_

from mailbot.store.schema.letters_and_cases import case
from mailbot.wording.report.cell_titles import AGE_LIMITS

SOON, LATER = timedelta(hours=1), timedelta(hours=4)


class DueBucket(StrEnum):
    """When a case must be answered. `BOARD` are those that hold each case once."""

    OVERDUE = "overdue"  # the deadline has passed
    HOUR = "hour"  # within an hour
    FOUR = "four"  # within four hours, not within one
    DAY = "day"  # today still, not within four hours
    LATER = "later"  # another day, not within four hours
    NONE = "none"  # nobody has decided yet what the deadline is
    SOON = "soon"  # within four hours
    AHEAD = "ahead"  # any deadline that has not passed
    TODAY = "today"  # by the end of today, the overdue counted in


BOARD = (DueBucket.OVERDUE, DueBucket.HOUR, DueBucket.FOUR, DueBucket.DAY, DueBucket.LATER, DueBucket.NONE)

AGES = (*(timedelta(days=limit) for limit in AGE_LIMITS), None)
"""How old the cases of each group are at most: the same groups as in the reports."""


def due_in(due: DueBucket, now: datetime, day_end: datetime) -> ColumnElement[bool]:
    """The cases so due; `day_end` is the first moment of tomorrow."""
    until = case.c.respond_by
    day = max(now + LATER, day_end)
    match due:
        case DueBucket.OVERDUE:
            return until < now
        case DueBucket.HOUR:
            return and_(until >= now, until < now + SOON)
        case DueBucket.FOUR:
            return and_(until >= now + SOON, until < now + LATER)
        case DueBucket.DAY:
            return and_(until >= now + LATER, until < day)
        case DueBucket.LATER:
            return until >= day
        case DueBucket.NONE:
            return until.is_(None)
        case DueBucket.SOON:
            return and_(until >= now, until < now + LATER)
        case DueBucket.AHEAD:
            return until >= now
        case DueBucket.TODAY:
            return until < day_end
        case _:
            assert_never(due)


def aged(age: int, now: datetime) -> ColumnElement[bool]:
    """The cases of that age: a case of exactly a day is «up to a day» old."""
    longest, shortest = AGES[age], AGES[age - 1] if age else None
    conditions = []
    if longest is not None:
        conditions.append(case.c.received_at >= now - longest)
    if shortest is not None:
        conditions.append(case.c.received_at < now - shortest)
    return and_(*conditions)
