"""The report of a period: every figure with the cases behind it, so that it can be opened down to its letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model.case.log import CaseFlow
from mailbot.model.report.period import Period
from mailbot.model.report.survey import SatisfactionFigures


@dataclass(frozen=True, slots=True)
class CaseCount:
    """A count and what is counted. `key` names it in addresses («topic:no_heating»), `title` is Russian."""

    key: str
    title: str
    cases: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.cases)


@dataclass(frozen=True, slots=True)
class Wait:
    """So many seconds. `at_least`: the case is not answered yet, and will have waited longer."""

    seconds: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class WaitSummary:
    """How long the cases of `cell` waited; those without an answer are counted in with their age so far.

    None where there is no case. `worst` is the case that waited longest. Nearest-rank percentiles: each is the wait
    of a real case.
    """

    cell: CaseCount
    median: Wait | None
    p90: Wait | None
    longest: Wait | None
    worst: int | None


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """The same waits by the clock on the wall and by the company's working hours, less the time the client was asked."""

    elapsed: WaitSummary
    working: WaitSummary


@dataclass(frozen=True, slots=True)
class DeadlineFigures:
    """The deadlines of the cases that came in the period and are owed an answer (rules/deadlines.toml).

    `kept`: answered in time. `broken`: answered late, or not answered though the deadline has passed. `running`: not
    answered, and there is time yet. `unknown`: nobody has decided yet what the deadline is.
    """

    kept: CaseCount
    broken: CaseCount
    running: CaseCount
    unknown: CaseCount

    @property
    def judged(self) -> int:
        """Those whose outcome is known."""
        return self.kept.count + self.broken.count


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic's cases: how long they waited for the answer on substance, and how many missed the deadline."""

    waits: WaitFigures
    late: CaseCount


@dataclass(frozen=True, slots=True)
class SilencedFigures:
    """What was silenced by a clause of the standard, and how many of those a person took back."""

    clause: str
    cell: CaseCount
    taken_back: CaseCount


@dataclass(frozen=True, slots=True)
class SecondLookFigures:
    """What second looks of a period came to, for one rule.

    `checked` were looked at in the period, `wrong` of them are owed an answer. `waiting` were drawn and not looked at as
    of the report. `title` is Russian.
    """

    rule: str
    title: str
    checked: CaseCount
    wrong: CaseCount
    waiting: CaseCount


@dataclass(frozen=True, slots=True)
class AutomationFigures:
    """What the machine did by itself. `wrong`: a person took it back, or said that the letter was another thing.

    `by_machine` were answered on substance in the period without a person, `by_people` with one. `silenced` and `ignored`
    came in it; `alone` are all that came in it and that the machine finished without a person, `corrected` those of
    them that people have corrected since. `wrong` are the faults found in the period, whenever the letters came.
    """

    by_machine: CaseCount
    by_people: CaseCount
    silenced: CaseCount
    ignored: CaseCount
    alone: CaseCount
    corrected: CaseCount
    wrong: CaseCount


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """A member of staff: cases answered on substance in the period, how long those had waited, how many came back."""

    login: str
    answered: WaitFigures
    reopened: CaseCount


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """Readings that came in: counts are of readings, the cells' cases are the letters they came in."""

    accepted: int
    refused: int
    letters: CaseCount
    reasons: tuple[tuple[int, CaseCount], ...]


@dataclass(frozen=True, slots=True)
class CorrespondentLine:
    """A group that writes but is no client; `group` is empty in the line of them all.

    `came` in the period, `answered` of those, `kept` of these in time; `open` at the end, whenever they came.
    """

    group: str
    came: CaseCount
    answered: CaseCount
    kept: CaseCount
    open: CaseCount
    overdue: CaseCount


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """All figures of one period, as of a moment.

    All figures but `correspondents` and `clock_faults` are of clients' letters alone.
    `received` are appeals (обращения): what was ignored as no client's letter stands in `not_appeals`. `by_hour` has
    24 cells, `by_weekday` 7, in the company's time zone. `unanswered` are all cases open at `as_of`, by age, whenever
    they came; `asked` of them wait for the client. `clock_faults` are cases whose log has a line before the letter
    itself: some clock was wrong. Their waits count from the letter all the same, and none is below nothing.
    """

    period: Period
    as_of: datetime
    received: CaseCount
    not_appeals: CaseCount
    by_kind: tuple[CaseCount, ...]
    by_topic: tuple[CaseCount, ...]
    by_channel: tuple[CaseCount, ...]
    by_hour: tuple[CaseCount, ...]
    by_weekday: tuple[CaseCount, ...]
    first_response: WaitFigures
    answer: WaitFigures
    topics: tuple[TopicLine, ...]
    promise: DeadlineFigures
    unanswered: tuple[CaseCount, ...]
    overdue: CaseCount
    asked: CaseCount
    repeats: CaseCount
    reopened: CaseCount
    silenced: tuple[SilencedFigures, ...]
    automation: AutomationFigures
    readings: ReadingFigures
    places: tuple[CaseCount, ...]
    operators: tuple[OperatorLine, ...]
    satisfaction: tuple[SatisfactionFigures, ...]
    clock_faults: CaseCount
    second_looks: tuple[SecondLookFigures, ...] = ()
    correspondents: tuple[CorrespondentLine, ...] = ()

    @property
    def open(self) -> int:
        """How many cases wait for an answer in all."""
        return sum(cell.count for cell in self.unanswered)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A period of the trend."""

    period: Period
    flow: CaseFlow


@dataclass(frozen=True, slots=True)
class Report:
    """The report: this period, the one before, the same of the last year, and the trend up to now.

    `sentences` are three in Russian: what changed, where it is slow and why, what needs a decision. `complete` is
    False where the period had not ended at `as_of`. A period compared with is None where nothing is known of it (it
    lies before the first letter).
    """

    figures: PeriodFigures
    before: PeriodFigures | None
    year_ago: PeriodFigures | None
    trend: tuple[TrendPoint, ...]
    sentences: tuple[str, str, str]
    complete: bool

    @property
    def period(self) -> Period:
        return self.figures.period
