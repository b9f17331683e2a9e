"""The cases behind a figure of a report, as the list shows them: how long each has waited, and until when it may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot import reporting
from mailbot.model.report.report import Wait
from mailbot.model.rules.working_calendar import Timetable
from mailbot.reporting import CaseOutcome, DeadlineStatus
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.cases import review_queue
from mailbot.store.cases.review_queue import QueueLine
from mailbot.store.reports import period_log


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case of the list, its clock as of the moment of the report. `respond_by` is None where none was set."""

    line: QueueLine
    outcome: CaseOutcome
    answer: Wait
    respond_by: datetime | None
    late: bool


def opened(store: Store, rules: ActiveRules, ids: tuple[int, ...], as_of: datetime) -> tuple[OpenedCase, ...]:
    """The cases of these ids, the newest first; at most a page of them."""
    timetable = Timetable(rules.rulebook.channels.hours, rules.rulebook.calendar, as_of)
    logged = store.ask(period_log.cases_of, ids, as_of)
    clocks = {case.id: reporting.build_clock(case, timetable, as_of) for case in logged}
    return tuple(
        OpenedCase(
            line,
            clocks[line.id].outcome,
            clocks[line.id].answer.elapsed,
            clocks[line.id].labels.respond_by,
            clocks[line.id].kept is DeadlineStatus.BROKEN,
        )
        for line in store.ask(review_queue.lines_of, ids)
        if line.id in clocks
    )
