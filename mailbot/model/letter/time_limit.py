"""How long there is for an answer: what a letter demands, and the units in which rules and letters count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class DayKind(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"
    HOURS = "hours"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class PeriodFromReceipt:
    """`amount` (≥ 1) of `unit`, counted from receipt."""

    amount: int
    unit: DayKind


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Until when a letter demands something of us; `words` are the letter's own, on one line.

    Exactly one of `day` and `allowance` is given. `at` is the hour of `day`, in the company's time zone; None: the day
    ends when the company closes.
    """

    words: str
    day: date | None = None
    at: time | None = None
    allowance: PeriodFromReceipt | None = None
