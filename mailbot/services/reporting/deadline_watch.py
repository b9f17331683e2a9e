"""The watch over deadlines: people are warned before one passes, the manager is told after; once of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.composing import compose_warning
from mailbot.model import ClockMark, Rulebook
from mailbot.model.case.due_case import DueCase
from mailbot.model.case.emergency import EmergencySummary
from mailbot.model.rules.working_calendar import Timetable, add_working_time
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases import deadline_warnings, gists
from mailbot.store.cases.deadline_warnings import WatchedCase
from mailbot.store.reports import sent_reports
from mailbot.store.staff import members_and_sessions

MAX_CASES = 50
"""Cases in one letter; the others come with the next look at the calendar."""


@dataclass(frozen=True, slots=True)
class DeadlineWatch:
    """What is watched for: the mark that says people were told, whom, and which deadlines."""

    mark: ClockMark
    readers: tuple[str, ...]
    before: datetime


def watch_deadlines(store: Store, rules: ActiveRules, address: str, now: datetime) -> int:
    """Tell of deadlines that are near or have passed; how many cases were told of.

    The mark in the case's log and the letter stand or fall together, so nobody is told twice and nothing is marked
    that nobody was told of. Where nobody is named in rules/reports.toml nothing is marked: the queue and the board
    show it all the same.
    """
    reports = rules.rulebook.reports
    hours = Timetable(rules.rulebook.channels.hours, rules.rulebook.calendar, now)
    near = add_working_time(now, timedelta(hours=reports.warn_hours), hours)
    watches = (
        DeadlineWatch(ClockMark.ESCALATED, reports.escalated, now),
        DeadlineWatch(ClockMark.WARNED, reports.warned, near),
    )
    return sum(_tell(store, rules, watch, address, now) for watch in watches if watch.readers)


def _tell(store: Store, rules: ActiveRules, watch: DeadlineWatch, address: str, now: datetime) -> int:
    unwarned = store.ask(deadline_warnings.load_unwarned, watch.mark, watch.before, MAX_CASES)
    if watch.mark is ClockMark.WARNED:
        unwarned = tuple(case for case in unwarned if case.respond_by > now)
    if not unwarned:
        return 0
    with store.write() as transaction:
        warned = deadline_warnings.mark_warned(
            transaction, unwarned, watch.mark, ", ".join(watch.readers), now
        )
        if warned:
            _write(transaction, rules, watch, warned, address, now)
    return len(warned)


def _write(
    transaction: StoreTransaction,
    rules: ActiveRules,
    watch: DeadlineWatch,
    told: tuple[WatchedCase, ...],
    address: str,
    now: datetime,
) -> None:
    names = dict(members_and_sessions.names(transaction))
    known = gists.gists(transaction, tuple(case.id for case in told))
    cases = tuple(
        _due(case, rules.rulebook, names, known.get(case.id, EmergencySummary()), now) for case in told
    )
    for reader in watch.readers:
        outgoing = compose_warning(cases, rules.templates, to=reader, address=address, now=now)
        sent_reports.queue_house(transaction, outgoing, now)


def _due(
    one: WatchedCase, rulebook: Rulebook, names: dict[str, str], gist: EmergencySummary, now: datetime
) -> DueCase:
    topic = rulebook.topic(one.topic) if one.topic else None
    return DueCase(
        one.number or str(one.id),
        topic.title if topic else "",
        one.received_at,
        one.respond_by,
        names.get(one.assignee or "", one.assignee or ""),
        one.respond_by <= now,
        gist,
    )
