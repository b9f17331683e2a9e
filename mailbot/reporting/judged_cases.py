"""The cases of a period with their clocks, and the cells that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import Rulebook
from mailbot.model.case.log import LoggedCase, PeriodLog
from mailbot.model.report.report import CaseCount
from mailbot.model.rules.working_calendar import Timetable
from mailbot.reporting.case_clocks import CaseClock, CaseOutcome, build_clock


@dataclass(frozen=True, slots=True)
class TimedCase:
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
        return self.clock.outcome.owes_answer

    @property
    def correspondent(self) -> str:
        """The group of `correspondents.toml` that its writer is of; empty for a client."""
        return self.clock.labels.correspondent or ""

    @property
    def repeated(self) -> bool:
        """Has its writer been here with the same matter: in the same thread, or lately about the same topic?"""
        return self.case.follows is not None or self.case.repeat


@dataclass(frozen=True, slots=True)
class CaseCohorts:
    """`appeals` came in the period and are no other letters; `moved` had a mark of the clocks in it; `open` at its end."""

    came: tuple[TimedCase, ...]
    moved: tuple[TimedCase, ...]
    open: tuple[TimedCase, ...]

    @property
    def clients(self) -> CaseCohorts:
        """The same of clients' letters alone."""
        return self._of(lambda case: not case.correspondent)

    @property
    def correspondents(self) -> CaseCohorts:
        """The same of all other letters."""
        return self._of(lambda case: bool(case.correspondent))

    def _of(self, wanted: Callable[[TimedCase], bool]) -> CaseCohorts:
        return CaseCohorts(*(tuple(filter(wanted, part)) for part in (self.came, self.moved, self.open)))

    @property
    def appeals(self) -> tuple[TimedCase, ...]:
        return tuple(case for case in self.came if case.clock.outcome is not CaseOutcome.NO_APPEAL)

    @property
    def owed(self) -> tuple[TimedCase, ...]:
        return tuple(case for case in self.came if case.owed)


def judge_cases(logged: PeriodLog, rulebook: Rulebook) -> CaseCohorts:
    """The clocks of all cases, each reckoned once, by the calendar as it was known at the moment of the report."""
    channels = rulebook.channels
    timetable = Timetable(channels.hours, rulebook.calendar, logged.as_of)
    zone = ZoneInfo(channels.time_zone)
    every = {case.id: case for case in (*logged.received, *logged.answered, *logged.open)}
    judged = {
        id: TimedCase(case, build_clock(case, timetable, logged.as_of), case.received_at.astimezone(zone))
        for id, case in every.items()
    }
    return CaseCohorts(*(_of(cases, judged) for cases in (logged.received, logged.answered, logged.open)))


def _of(cases: tuple[LoggedCase, ...], judged: dict[int, TimedCase]) -> tuple[TimedCase, ...]:
    return tuple(judged[id] for id in sorted({case.id for case in cases}))


def cell(key: str, title: str, found: Iterable[TimedCase]) -> CaseCount:
    """The cell of these cases, by number."""
    return CaseCount(key, title, tuple(sorted(case.id for case in found)))


def group_by(found: Iterable[TimedCase], by: Callable[[TimedCase], str]) -> dict[str, list[TimedCase]]:
    """The cases by what `by` says of them."""
    groups: dict[str, list[TimedCase]] = {}
    for case in found:
        groups.setdefault(by(case), []).append(case)
    return groups
