"""Who did what: the machine by itself, and rightly or wrongly; people, each of them; what was silenced and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from mailbot.model import CaseState, ClockMark, Rulebook
from mailbot.model.case.life_cycle import CaseEvent
from mailbot.model.report.report import AutomationFigures, OperatorLine, SilencedFigures
from mailbot.reporting.case_clocks import labels_of
from mailbot.reporting.case_story import MACHINE
from mailbot.reporting.judged_cases import TimedCase, cell, group_by
from mailbot.reporting.waiting_times import waits


def automation(
    came: Sequence[TimedCase],
    answered: Sequence[TimedCase],
    moved: Sequence[TimedCase],
    begins: datetime,
    ends: datetime,
) -> AutomationFigures:
    """`came`: all letters of the period; `answered`: the cases whose standing answer left in it; `moved`: those of which
    something was said in it. A fault counts in the period in which a person found it, whenever the letter came."""
    machine = [case for case in answered if case.clock.answered_by == MACHINE]
    people = [case for case in answered if case.clock.answered_by != MACHINE]
    silenced = [case for case in came if decided_by_machine(case) is CaseState.SILENCED]
    ignored = [case for case in came if decided_by_machine(case) is CaseState.IGNORED]
    alone = [case for case in came if decided_by_machine(case) is not None]
    corrected = [
        case for case in alone if was_overturned(case, case.received_at, datetime.max.replace(tzinfo=UTC))
    ]
    return AutomationFigures(
        cell("by_machine", "Ответил автомат", machine),
        cell("by_people", "Ответили сотрудники", people),
        cell("auto_silenced", "Оставил без ответа", silenced),
        cell("auto_ignored", "Счёл не обращением", ignored),
        cell("alone", "Автомат закончил сам", alone),
        cell("corrected", "Люди поправили", corrected),
        cell("wrong", "Автомат ошибся", [case for case in moved if was_overturned(case, begins, ends)]),
    )


def decided_by_machine(one: TimedCase) -> CaseState | None:
    """What the machine did with the letter by itself; None where it put it before a person."""
    first = next((line for line in one.case.events if line.was is CaseState.COLLECTED), None)
    return first.became if first is not None and first.by == MACHINE and first.became.is_closed else None


def was_overturned(one: TimedCase, begins: datetime, ends: datetime) -> bool:
    """The machine closed the case by itself, and in that time a person took it back or said that it was another thing."""
    if decided_by_machine(one) is None:
        return False
    lines = one.case.events
    return any(begins <= line.at < ends and _corrects(line, lines[:at]) for at, line in enumerate(lines))


def _corrects(line: CaseEvent, earlier: Sequence[CaseEvent]) -> bool:
    """Does a person say here that what stood before was wrong? Who says the same again has found no fault."""
    if line.by == MACHINE or line.was is CaseState.COLLECTED:
        return False
    if line.was is not None and line.was.is_closed and line.became is CaseState.AWAITING_REVIEW:
        return True
    before, said = labels_of(earlier), line.labels
    if line.was is line.became and said.kind is not None:
        return (said.kind, said.topic or "") != (before.kind, before.topic or "")
    return line.mark is ClockMark.WITHDRAWN


def silenced(came: Sequence[TimedCase], rulebook: Rulebook) -> tuple[SilencedFigures, ...]:
    """By each clause that silences: what it silenced, and what of that a person took back."""
    groups = group_by((case for case in came if _clause(case)), _clause)
    clauses = dict.fromkeys((*(rule.clause for rule in rulebook.no_reply), *sorted(groups)))
    return tuple(
        SilencedFigures(
            clause,
            cell(f"silenced:{clause}", _wording(clause, rulebook), groups.get(clause, ())),
            cell(
                f"taken_back:{clause}",
                _wording(clause, rulebook),
                [case for case in groups.get(clause, ()) if _taken_back(case)],
            ),
        )
        for clause in clauses
    )


def _clause(one: TimedCase) -> str:
    """The clause by which the case was silenced at any time; empty where it never was."""
    said = [line.labels.clause for line in one.case.events if line.became is CaseState.SILENCED]
    return next((clause for clause in reversed(said) if clause), "")


def _taken_back(one: TimedCase) -> bool:
    """A person took it back; where the machine did (an earlier answer counts no longer) nobody said that it was wrong."""
    return any(
        line.was is CaseState.SILENCED and line.became is CaseState.AWAITING_REVIEW and line.by != MACHINE
        for line in one.case.events
    )


def _wording(clause: str, rulebook: Rulebook) -> str:
    known = rulebook.clause(clause)
    return known.wording if known else clause


def operators(
    answered: Sequence[TimedCase], reopened: Sequence[TimedCase], names: Sequence[tuple[str, str]]
) -> tuple[OperatorLine, ...]:
    """A line for each person whose answers stand, the busiest first; `names` are those of the logins."""
    known = dict(names)
    groups = group_by(
        (case for case in answered if case.clock.answered_by != MACHINE), lambda case: case.clock.answered_by
    )
    back = group_by(reopened, _withdrawn_from)
    logins = sorted(
        {*groups, *(login for login in back if login)}, key=lambda login: (-len(groups.get(login, ())), login)
    )
    return tuple(
        OperatorLine(
            login,
            waits(
                f"operator:{login}",
                known.get(login, login),
                groups.get(login, ()),
                lambda case: case.clock.answer,
            ),
            cell(f"operator_reopened:{login}", known.get(login, login), back.get(login, ())),
        )
        for login in logins
    )


def _withdrawn_from(one: TimedCase) -> str:
    """Whose answer was taken back last; empty where it was the machine's."""
    author = last = ""
    for line in one.case.events:
        if line.mark is ClockMark.ANSWERED:
            author = "" if line.by == MACHINE else line.by
        if line.mark is ClockMark.WITHDRAWN:
            last = author
    return last
