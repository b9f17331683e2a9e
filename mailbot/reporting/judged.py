"""The cases of a period with their clocks, and the cells that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import Rulebook
from mailbot.model.logged import Logged, LoggedCase
from mailbot.model.report import Cell
from mailbot.model.working_time import Timetable
from mailbot.reporting.clocks import CaseClock, CaseOutcome, clock


@dataclass(frozen=True, slots=True)
class Judged:
    """A case, its log and its clocks. `received_at` is in the company's zone."""

    case: LoggedCase
    clock: CaseClock
    received_at: datetime

    @property
    def id(self) -> int:
        return self.case.id

    @property
    def owed(self) -> bool:
        """Is, or was, an answer owed?"""
        return self.clock.outcome not in (CaseOutcome.NO_APPEAL, CaseOutcome.SILENCED)

    @property
    def correspondent(self) -> str:
        """The group of `correspondents.toml` that its writer is of; empty for a client."""
        return self.clock.labels.correspondent or ""

    @property
    def repeated(self) -> bool:
        """Has its writer been here with the same matter: in the same thread, or lately about the same topic?"""
        return self.case.follows is not None or self.case.repeat


@dataclass(frozen=True, slots=True)
class Cohorts:
    """`appeals` came in the period and are no other letters; `moved` had a mark of the clocks in it; `open` at its end."""

    came: tuple[Judged, ...]
    moved: tuple[Judged, ...]
    open: tuple[Judged, ...]

    @property
    def clients(self) -> Cohorts:
        """The same of clients' letters alone."""
        return self._of(lambda one: not one.correspondent)

    @property
    def correspondents(self) -> Cohorts:
        """The same of all other letters."""
        return self._of(lambda one: bool(one.correspondent))

    def _of(self, wanted: Callable[[Judged], bool]) -> Cohorts:
        return Cohorts(*(tuple(filter(wanted, part)) for part in (self.came, self.moved, self.open)))

    @property
    def appeals(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.came if one.clock.outcome is not CaseOutcome.NO_APPEAL)

    @property
    def owed(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.came if one.owed)


def judge(logged: Logged, rulebook: Rulebook) -> Cohorts:
    """The clocks of all cases, each reckoned once, by the calendar as it was known at the moment of the report."""
    channels = rulebook.channels
    timetable = Timetable(channels.hours, rulebook.calendar, logged.as_of)
    zone = ZoneInfo(channels.time_zone)
    every = {one.id: one for one in (*logged.received, *logged.answered, *logged.open)}
    judged = {
        id: Judged(one, clock(one, timetable, logged.as_of), one.received_at.astimezone(zone))
        for id, one in every.items()
    }
    return Cohorts(*(_of(cases, judged) for cases in (logged.received, logged.answered, logged.open)))


def _of(cases: tuple[LoggedCase, ...], judged: dict[int, Judged]) -> tuple[Judged, ...]:
    return tuple(judged[id] for id in sorted({one.id for one in cases}))


def cell(key: str, title: str, found: Iterable[Judged]) -> Cell:
    """The cell of these cases, by number."""
    return Cell(key, title, tuple(sorted(one.id for one in found)))


def grouped(found: Iterable[Judged], by: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    """The cases by what `by` says of them."""
    groups: dict[str, list[Judged]] = {}
    for one in found:
        groups.setdefault(by(one), []).append(one)
    return groups
