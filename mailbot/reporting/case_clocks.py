"""The clocks of a case, from the lines of its log alone: the same lines give the same seconds, years later too.

received ──────── asked ═══ heard ──────── answered        ─ runs   ═ paused
    └ first response ┘                          └ answer on substance
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from mailbot.model import CaseLabels, CaseState
from mailbot.model.case.life_cycle import CaseEvent
from mailbot.model.case.log import LoggedCase
from mailbot.model.report.report import Wait
from mailbot.model.rules.working_calendar import Timetable, working_seconds
from mailbot.reporting.case_story import CaseStory, Span


class CaseOutcome(StrEnum):
    """How a case stands as of a moment."""

    NO_APPEAL = "no_appeal"  # не обращение
    SILENCED = "silenced"  # no reply is owed, by a clause
    ANSWERED = "answered"  # on substance
    ASKED = "asked"  # the machine asked for what is missing, and closed it until the client writes
    OPEN = "open"

    @property
    def owes_answer(self) -> bool:
        """Is, or was, an answer owed?"""
        match self:
            case CaseOutcome.ANSWERED | CaseOutcome.ASKED | CaseOutcome.OPEN:
                return True
            case CaseOutcome.NO_APPEAL | CaseOutcome.SILENCED:
                return False
            case _:
                assert_never(self)

    @property
    def is_answered(self) -> bool:
        return self is CaseOutcome.ANSWERED


class DeadlineStatus(StrEnum):
    """What became of the deadline."""

    KEPT = "kept"
    BROKEN = "broken"
    RUNNING = "running"  # not answered, and there is time yet
    UNKNOWN = "unknown"  # nobody has decided yet what the deadline is


@dataclass(frozen=True, slots=True)
class WaitDuration:
    """A wait by the clock on the wall and by the company's hours, less the pauses."""

    elapsed: Wait
    working: Wait


@dataclass(frozen=True, slots=True)
class CaseClock:
    """All clocks of a case as of a moment; moments are aware and of whole seconds.

    `responded_at`, `answered_at` are None where there was none; `answered_by` a login, the machine, or empty. `asked`: a
    pause runs. `fault`: a line of the log is older than the letter, so some clock was wrong.
    """

    received_at: datetime
    responded_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    pauses: tuple[Span, ...]
    asked: bool
    outcome: CaseOutcome
    response: WaitDuration
    answer: WaitDuration
    labels: CaseLabels
    kept: DeadlineStatus
    fault: bool


def build_clock(case: LoggedCase, timetable: Timetable, as_of: datetime) -> CaseClock:
    """The clocks of the case as of that moment (aware); lines of the log after it are not looked at."""
    received, until = _whole(case.received_at), _whole(as_of)
    lines = [line for line in case.events if line.at <= as_of]
    story, fault = CaseStory(received), False
    for line in lines:
        at = _whole(line.at)
        fault = fault or (at < received and (line.mark is not None or line.became is not CaseState.COLLECTED))
        story.at = max(story.at, at)  # a server's clock that was set back cannot undo what happened
        story.take(line)
    running = ((story.asked.at, max(story.asked.at, until)),) if story.asked is not None else ()
    pauses = (*story.pauses, *running)
    answered = story.answer.at if story.answer is not None else None
    wait = _Reckoning(received, until, pauses, timetable)
    labels = labels_of(lines)
    return CaseClock(
        received_at=received,
        responded_at=story.responded_at,
        answered_at=answered,
        answered_by=story.answer.by if story.answer is not None else "",
        pauses=pauses,
        asked=story.asked is not None,
        outcome=_outcome(lines, story),
        response=wait.to(story.responded_at),
        answer=wait.to(answered),
        labels=labels,
        kept=_kept(labels.respond_by, answered, wait, until),
        fault=fault,
    )


@dataclass(frozen=True, slots=True)
class _Reckoning:
    received: datetime
    until: datetime
    pauses: tuple[Span, ...]
    timetable: Timetable

    def to(self, moment: datetime | None) -> WaitDuration:
        """From the letter to that moment, or (None) up to now and on."""
        end = max(self.received, moment if moment is not None else self.until)
        going_on = moment is None
        elapsed = int((end - self.received).total_seconds())
        working = working_seconds(self.received, end, self.timetable)
        if self.pauses:
            elapsed -= self.paused(end)
            working -= sum(
                working_seconds(start, min(stop, end), self.timetable) for start, stop in self.pauses
            )
        return WaitDuration(Wait(elapsed, going_on), Wait(working, going_on))

    def paused(self, end: datetime) -> int:
        """Seconds of the pauses that lie before `end`."""
        if not self.pauses:
            return 0
        spans = ((min(stop, end) - start).total_seconds() for start, stop in self.pauses if start < end)
        return sum(int(span) for span in spans)


def _outcome(lines: list[CaseEvent], story: CaseStory) -> CaseOutcome:
    state = lines[-1].became if lines else CaseState.COLLECTED
    match state:
        case CaseState.IGNORED:
            return CaseOutcome.NO_APPEAL
        case CaseState.SILENCED:
            return CaseOutcome.SILENCED
        case CaseState.ANSWERED | CaseState.COLLECTED | CaseState.AWAITING_REVIEW:
            if story.answer is not None:
                return CaseOutcome.ANSWERED
            # «answered» without an answer that has left is open still, unless the letter asked the client
            asked = story.asked is not None and state is CaseState.ANSWERED
            return CaseOutcome.ASKED if asked else CaseOutcome.OPEN
        case _:
            assert_never(state)


def _kept(
    due: datetime | None, answered: datetime | None, wait: _Reckoning, until: datetime
) -> DeadlineStatus:
    """The deadline moves on by the time for which the client was asked."""
    if due is None:
        return DeadlineStatus.UNKNOWN
    end = answered if answered is not None else until
    in_time = end - timedelta(seconds=wait.paused(end)) <= due
    if answered is not None:
        return DeadlineStatus.KEPT if in_time else DeadlineStatus.BROKEN
    return DeadlineStatus.RUNNING if in_time else DeadlineStatus.BROKEN


def labels_of(lines: Sequence[CaseEvent]) -> CaseLabels:
    """What the case is after these lines: of each label the last that was said."""
    kind = topic = clause = due = writer = None
    for line in lines:
        said = line.labels
        kind = said.kind if said.kind is not None else kind
        topic = said.topic if said.topic is not None else topic
        clause = said.clause if said.clause is not None else clause
        due = said.respond_by if said.respond_by is not None else due
        writer = said.correspondent if said.correspondent is not None else writer
    return CaseLabels(kind, topic, clause, due, writer)


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
