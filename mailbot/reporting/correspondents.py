"""Letters that are not from clients: how many came, were answered, and in time; by group, beside the clients' figures."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.model import Rulebook
from mailbot.model.report.report import CorrespondentLine
from mailbot.reporting.case_clocks import CaseOutcome, DeadlineStatus
from mailbot.reporting.judged_cases import CaseCohorts, TimedCase, cell, group_by


def correspondent_lines(cohorts: CaseCohorts, rulebook: Rulebook) -> tuple[CorrespondentLine, ...]:
    """A line for each group of which any letter came or is open, in the order of the rules; and one for all of them."""
    came, waiting = cohorts.appeals, [case for case in cohorts.open if case.clock.outcome is CaseOutcome.OPEN]
    by_came, by_open = group_by(came, _group), group_by(waiting, _group)
    known = {group.name: group.title for group in rulebook.correspondents}
    groups = [
        name
        for name in (*known, *sorted({*by_came, *by_open} - {*known}))
        if name in by_came or name in by_open
    ]
    lines = [
        _line(name, known.get(name, name), by_came.get(name, ()), by_open.get(name, ())) for name in groups
    ]
    return (*lines, _line("", "Всего", came, waiting)) if len(lines) > 1 else tuple(lines)


def _group(one: TimedCase) -> str:
    return one.correspondent


def _line(
    group: str, title: str, came: Sequence[TimedCase], waiting: Sequence[TimedCase]
) -> CorrespondentLine:
    answered = [case for case in came if case.clock.outcome is CaseOutcome.ANSWERED]
    return CorrespondentLine(
        group,
        cell(f"correspondents:{group}", title, came),
        cell(f"correspondents_answered:{group}", title, answered),
        cell(
            f"correspondents_kept:{group}",
            title,
            [case for case in answered if case.clock.kept is DeadlineStatus.KEPT],
        ),
        cell(f"correspondents_open:{group}", title, waiting),
        cell(
            f"correspondents_overdue:{group}",
            title,
            [case for case in waiting if case.clock.kept is DeadlineStatus.BROKEN],
        ),
    )
