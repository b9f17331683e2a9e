"""The cases of a period as rows of the workbook: for whoever wants to reckon on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot import reporting
from mailbot.model import CaseLabels, Rulebook
from mailbot.model.case.log import LoggedCase
from mailbot.model.report.case_row import CaseRow
from mailbot.model.report.period import Period
from mailbot.model.rules.working_calendar import Timetable
from mailbot.reporting import CaseClock, CaseOutcome, DeadlineStatus
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.reports import period_log
from mailbot.wording.report.cell_titles import CHANNELS, KINDS, NO_TOPIC, OUTCOMES, UNREAD


def case_rows(store: Store, rules: ActiveRules, period: Period, as_of: datetime) -> Iterator[CaseRow]:
    """A row for each case that came in the period, in their order; what was no appeal has none."""
    rulebook = rules.rulebook
    zone = ZoneInfo(rulebook.channels.time_zone)
    timetable = Timetable(rulebook.channels.hours, rulebook.calendar, as_of)
    for case in store.ask(period_log.logged, period, as_of, zone).received:
        clock = reporting.build_clock(case, timetable, as_of)
        if clock.outcome is not CaseOutcome.NO_APPEAL:
            yield _row(case, clock, rulebook, zone)


def _kind(labels: CaseLabels, rulebook: Rulebook) -> str:
    """The client's kind, or who writes that is none."""
    if labels.correspondent:
        group = rulebook.correspondent(labels.correspondent)
        return group.title if group else labels.correspondent
    return next((title for kind, title in KINDS.items() if kind == labels.kind), UNREAD)


def _row(one: LoggedCase, clock: CaseClock, rulebook: Rulebook, zone: ZoneInfo) -> CaseRow:
    labels, owed = clock.labels, clock.outcome is not CaseOutcome.SILENCED
    topic = rulebook.topic(labels.topic) if labels.topic else None
    due = labels.respond_by
    return CaseRow(
        number=one.number or str(one.id),
        received_at=one.received_at.astimezone(zone),
        kind=_kind(labels, rulebook),
        topic=topic.title if topic else labels.topic or NO_TOPIC,
        channel=CHANNELS[one.channel],
        respond_by=due.astimezone(zone) if due is not None and owed else None,
        response=clock.response.elapsed if owed else None,
        response_working=clock.response.working if owed else None,
        answer=clock.answer.elapsed if owed else None,
        answer_working=clock.answer.working if owed else None,
        outcome=OUTCOMES[clock.outcome.value]
        + (", срок нарушен" if owed and clock.kept is DeadlineStatus.BROKEN else ""),
    )
