"""Cases with a log written by hand: local time of Chaikovsky, a line a step."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from mailbot.model import CaseEvent, CaseLabels, CaseState, Channel, ClockMark
from mailbot.model.case.log import LoggedCase
from mailbot.model.rules.working_calendar import NO_CALENDAR, Timetable, WorkCalendar, WorkingHours
from mailbot.reporting import CaseClock, build_clock

ZONE = ZoneInfo("Asia/Yekaterinburg")
HOURS = WorkingHours((1, 2, 3, 4, 5), time(8), time(17), "Asia/Yekaterinburg")
HOUR, DAY = 3600, 86400


def local(text: str) -> datetime:
    """«2026-11-16 10:00» in Chaikovsky."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def timetable(calendar: WorkCalendar = NO_CALENDAR, known_at: str = "2027-06-01") -> Timetable:
    return Timetable(HOURS, calendar, local(known_at))


def line(
    at: str,
    mark: ClockMark | None = None,
    *,
    by: str = "mailbot",
    was: CaseState | None = CaseState.AWAITING_REVIEW,
    became: CaseState = CaseState.AWAITING_REVIEW,
    labels: CaseLabels | None = None,
) -> CaseEvent:
    """A line of the log; without more words it leaves the case with the people."""
    return CaseEvent(local(at), was, became, by, "", mark, labels or CaseLabels())


def step(
    at: str,
    was: CaseState,
    became: CaseState,
    by: str = "mailbot",
    *,
    kind: str | None = None,
    topic: str | None = None,
    clause: str | None = None,
) -> CaseEvent:
    return CaseEvent(local(at), was, became, by, "", None, CaseLabels(kind, topic, clause))


def logged(received: str, *events: CaseEvent) -> LoggedCase:
    return LoggedCase(1, "2611-1", local(received), Channel.MAIL, None, False, "", "", events)


def clocked(received: str, *events: CaseEvent, as_of: str = "2026-11-23 08:00") -> CaseClock:
    """The clocks of a case with this log, by a calendar without short days."""
    return build_clock(logged(received, *events), timetable(), local(as_of))
