"""Cases as their log tells them up to a moment: all that a report is reckoned from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model.case.life_cycle import CaseEvent
from mailbot.model.letter.channel import Channel


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """A case and the lines of its log up to the moment the report is as of, in the order in which they were written.

    `received_at` is the mailbox's own moment (INTERNALDATE). `repeat`: its writer has asked about the same topic
    within the thirty days before. `street` and `house` are empty where nothing told them.
    """

    id: int
    number: str | None
    received_at: datetime
    channel: Channel
    follows: str | None
    repeat: bool
    street: str
    house: str
    events: tuple[CaseEvent, ...]


@dataclass(frozen=True, slots=True)
class LoggedReading:
    """A reading that came in, and the machine's first word on it; `reason` (Russian) where it was refused."""

    case_id: int
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PeriodLog:
    """What the database knows of a period, as of a moment: each part read by its own index.

    `received` came in the period; `answered` had a mark of the clocks in it, whenever they came; `open` were owed an
    answer at `as_of`. A case may stand in several. `backlog` is how many were open at the first moment of the period.
    `names` are the members of staff by login.
    """

    as_of: datetime
    received: tuple[LoggedCase, ...]
    answered: tuple[LoggedCase, ...]
    open: tuple[LoggedCase, ...]
    readings: tuple[LoggedReading, ...]
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFlow:
    """Of a period: how many came that are owed an answer, how many were closed, how many were open at its end."""

    came: int
    closed: int
    open: int
