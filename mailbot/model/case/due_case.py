"""A case whose deadline is near or has passed, as people are told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.model.case.emergency import EmergencySummary


@dataclass(frozen=True, slots=True)
class DueCase:
    """`topic` is the title of its topic, empty for none; `assignee` the name of who works on it, empty for nobody.

    `received_at` and `respond_by` are aware. `passed`: the deadline has passed when the warning is written. `gist`: who
    writes, from where and in what words.
    """

    number: str
    topic: str
    received_at: datetime
    respond_by: datetime
    assignee: str
    passed: bool
    gist: EmergencySummary = field(default_factory=EmergencySummary)
