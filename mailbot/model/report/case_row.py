"""A case as a row of the workbook beside a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model.report.report import Wait


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case of the sheet «Обращения». `received_at` and `respond_by` are shown in the zone that they have; the waits are
    None where there was nothing to wait for, `working` ones count working hours. The rest is Russian."""

    number: str
    received_at: datetime
    kind: str
    topic: str
    channel: str
    respond_by: datetime | None
    response: Wait | None
    response_working: Wait | None
    answer: Wait | None
    answer_working: Wait | None
    outcome: str
