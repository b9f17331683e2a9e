"""Cases and figures for the tests of reports, built by hand: the week from 16 to 22 November 2026 unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailbot.model import CaseLabels, CaseState, Channel, ClockMark, Rulebook
from mailbot.model.case.life_cycle import NO_LABELS, CaseEvent
from mailbot.model.case.log import CaseFlow, LoggedCase, LoggedReading, PeriodLog
from mailbot.model.report.period import Period
from mailbot.model.report.report import PeriodFigures, TrendPoint
from mailbot.reporting import figures, find_cell
from tests.policy.builders import small_rulebook

ZONE = ZoneInfo("Asia/Yekaterinburg")
WEEK = Period.read("2026-W47")
DUE = datetime(2026, 11, 23, 8, tzinfo=ZONE)
"""When the report of that week is due."""


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    return small_rulebook()


def at(text: str, year: int = 2026) -> datetime:
    """«11-16 09:00» in Chaikovsky."""
    return datetime.fromisoformat(f"{year}-{text}").replace(tzinfo=ZONE)


def line(
    moment: datetime,
    was: CaseState | None,
    became: CaseState,
    by: str,
    mark: ClockMark | None = None,
    labels: CaseLabels = NO_LABELS,
) -> CaseEvent:
    return CaseEvent(moment, was, became, by, "проба", mark, labels)


def a_case(
    id: int,
    received: datetime,
    first: CaseState = CaseState.AWAITING_REVIEW,
    *told: tuple[datetime, CaseState, str, ClockMark | None]
    | tuple[datetime, CaseState, str, ClockMark | None, CaseLabels],
    kind: str | None = "complaint",
    topic: str | None = "cold_radiators",
    respond_by: datetime | None = None,
    clause: str | None = None,
    channel: Channel = Channel.MAIL,
    follows: str | None = None,
    repeat: bool = False,
    house: str = "",
    correspondent: str | None = None,
) -> LoggedCase:
    """A case that the machine has put into state `first`, and what happened then; `house` stands in «мира»."""
    labels = CaseLabels(kind, topic, clause, respond_by, correspondent)
    events = [
        line(received, None, CaseState.COLLECTED, "mailbot"),
        line(received, CaseState.COLLECTED, first, "mailbot", None, labels),
    ]
    for moment, became, by, mark, *said in told:
        events.append(line(moment, events[-1].became, became, by, mark, *said))
    street = "мира" if house else ""
    return LoggedCase(id, f"26-{id:06}", received, channel, follows, repeat, street, house, tuple(events))


def answered(
    id: int, received: datetime, after: timedelta, by: str = "anna", *, machine: bool = False, **more: object
) -> LoggedCase:
    """A case that was answered on substance so much later."""
    first = CaseState.ANSWERED if machine else CaseState.AWAITING_REVIEW
    told = (received + after, CaseState.ANSWERED, "mailbot" if machine else by, ClockMark.ANSWERED)
    return a_case(id, received, first, told, **more)  # type: ignore[arg-type]  # a test's own words


def logged_of(
    cases: Sequence[LoggedCase],
    older: Sequence[LoggedCase] = (),
    readings: tuple[LoggedReading, ...] = (),
    as_of: datetime = DUE,
) -> PeriodLog:
    """`cases` came in the period; `older` before it and are in the log of it all the same."""
    every = (*cases, *older)
    names = (("anna", "Анна Зуева"), ("boris", "Борис Лунин"))
    return PeriodLog(as_of, tuple(cases), every, every, readings, names)


def figures_of(
    cases: Sequence[LoggedCase],
    older: Sequence[LoggedCase] = (),
    period: Period = WEEK,
    as_of: datetime = DUE,
) -> PeriodFigures:
    return figures(period, logged_of(cases, older, as_of=as_of), rulebook())


def ids(found: PeriodFigures, key: str) -> tuple[int, ...]:
    """The cases of the figure of that key."""
    one = find_cell(found, key)
    assert one is not None, key
    return one.cases


def trend_of(*opened: int) -> tuple[TrendPoint, ...]:
    """Periods at whose ends so many were open, the last that of the week."""
    periods = WEEK.back(len(opened))
    return tuple(TrendPoint(one, CaseFlow(0, 0, count)) for one, count in zip(periods, opened, strict=True))
