"""The watch over deadlines: people are warned before one passes, the manager is told after; once of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.composing import compose_warning
from mailbot.model import Mark, Rulebook
from mailbot.model.alarm import Gist
from mailbot.model.due_case import DueCase
from mailbot.model.working_time import Timetable, add_working
from mailbot.services.desk.settings import House
from mailbot.store import Store, Work, deadline_watch, gists, report_letters, staff
from mailbot.store.deadline_watch import WatchedCase

MOST = 50
"""Cases in one letter; the others come with the next look at the calendar."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched for: the mark that says people were told, whom, and which deadlines."""

    mark: Mark
    readers: tuple[str, ...]
    before: datetime


def watch_deadlines(store: Store, house: House, address: str, now: datetime) -> int:
    """Tell of deadlines that are near or have passed; how many cases were told of.

    The mark in the case's log and the letter stand or fall together, so nobody is told twice and nothing is marked
    that nobody was told of. Where nobody is named in rules/reports.toml nothing is marked: the queue and the board
    show it all the same.
    """
    rules = house.rulebook.reports
    hours = Timetable(house.rulebook.channels.hours, house.rulebook.calendar, now)
    near = add_working(now, timedelta(hours=rules.warn_hours), hours)
    watches = (Watch(Mark.ESCALATED, rules.escalated, now), Watch(Mark.WARNED, rules.warned, near))
    return sum(_tell(store, house, one, address, now) for one in watches if one.readers)


def _tell(store: Store, house: House, watch: Watch, address: str, now: datetime) -> int:
    found = store.ask(deadline_watch.untold, watch.mark, watch.before, MOST)
    if watch.mark is Mark.WARNED:
        found = tuple(one for one in found if one.respond_by > now)
    if not found:
        return 0
    with store.write() as work:
        told = work.do(deadline_watch.tell, found, watch.mark, ", ".join(watch.readers), now)
        if told:
            _write(work, house, watch, told, address, now)
    return len(told)


def _write(
    work: Work, house: House, watch: Watch, told: tuple[WatchedCase, ...], address: str, now: datetime
) -> None:
    names = dict(work.do(staff.names))
    known = work.do(gists.gists, tuple(one.id for one in told))
    cases = tuple(_due(one, house.rulebook, names, known.get(one.id, Gist()), now) for one in told)
    for reader in watch.readers:
        outgoing = compose_warning(cases, house.templates, to=reader, address=address, now=now)
        work.do(report_letters.queue_house, outgoing, now)


def _due(one: WatchedCase, rulebook: Rulebook, names: dict[str, str], gist: Gist, now: datetime) -> DueCase:
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
