"""Who is told of an emergency, and what they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class AlarmRules:
    """`rules/alarm.toml`: addresses of `people`, the first told at once; after `wait` unread, the next, and round again.

    Without people nobody hears of an emergency: then no letter promises that somebody acts by an hour.
    """

    people: tuple[str, ...] = ()
    wait: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class EmergencySummary:
    """Who writes, where it is and in what words: enough to act on without opening the page. Empty where not known.

    `phone` is `+7…` where ten digits are known. `words` are the writer's own, shortened.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    account: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency that no member of staff has opened. `alarms` counts those already sent.

    `topic` is a row of `topics.toml`, None where a person marked the case. Moments are aware.
    """

    case_id: int
    number: str
    topic: str | None
    subject: str
    received_at: datetime
    respond_by: datetime | None
    gist: EmergencySummary
    alarms: int = 0
