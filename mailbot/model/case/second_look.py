"""The second look: a sample of what the machine left without an answer, put before a person week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SAMPLE = 20
"""Letters of a week and a group that are looked at again; all, where there are no more."""


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A case that the machine closed without an answer: `rule` is the short name of the rule that did it."""

    case_id: int
    rule: str


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """A drawn case. `owed`: the person found that an answer is owed after all; None while nobody has looked.

    `week` is an ISO week («2026-W47»), moments are aware.
    """

    case_id: int
    week: str
    rule: str
    drawn_at: datetime
    looked_at: datetime | None = None
    looked_by: str = ""
    owed: bool | None = None
