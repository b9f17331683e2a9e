"""`rules/reports.toml`: who reads the reports, and who hears of deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class ReportRules:
    """`rules/reports.toml`: who reads the reports, and who hears of deadlines.

    `readers` get the weekly report on ISO weekday `weekday` at `at`, local time; empty: nobody is sent one. `warned`
    hear `warn_hours` working hours before a deadline passes, `escalated` after it has passed.
    """

    readers: tuple[str, ...] = ()
    weekday: int = 1
    at: time = time(8)
    warned: tuple[str, ...] = ()
    warn_hours: int = 4
    escalated: tuple[str, ...] = ()
