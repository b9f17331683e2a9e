"""The cases behind a figure of a report, as the list shows them: how long each has waited, and until when it may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot import reporting
from mailbot.model.report import Wait
from mailbot.model.working_time import Timetable
from mailbot.reporting import CaseOutcome, DeadlineStatus
from mailbot.services.desk.settings import ActiveRules
from mailbot.store import Store, desk, report_queries
from mailbot.store.desk import QueueLine


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case of the list, its clock as of the moment of the report. `respond_by` is None where none was set."""

    line: QueueLine
    outcome: CaseOutcome
    answer: Wait
    respond_by: datetime | None
    late: bool


def opened(store: Store, house: ActiveRules, ids: tuple[int, ...], as_of: datetime) -> tuple[OpenedCase, ...]:
    """The cases of these ids, the newest first; at most a page of them."""
    timetable = Timetable(house.rulebook.channels.hours, house.rulebook.calendar, as_of)
    logged = store.ask(report_queries.cases_of, ids, as_of)
    clocks = {one.id: reporting.build_clock(one, timetable, as_of) for one in logged}
    return tuple(
        OpenedCase(
            line,
            clocks[line.id].outcome,
            clocks[line.id].answer.elapsed,
            clocks[line.id].labels.respond_by,
            clocks[line.id].kept is DeadlineStatus.BROKEN,
        )
        for line in store.ask(desk.lines_of, ids)
        if line.id in clocks
    )
