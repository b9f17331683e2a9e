"""What holds of every log: no wait is below nothing, a pause never lengthens one, and what comes later changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import CaseState, ClockMark
from mailbot.model.case.life_cycle import CaseEvent
from mailbot.model.case.log import LoggedCase
from mailbot.model.rules.working_calendar import Timetable
from mailbot.reporting import build_clock
from tests.reporting.golden_cases import HOURS, calendar
from tests.reporting.material import a_case, line

FIRST = datetime.fromisoformat("2025-01-01T00:00:00+05:00")
MOMENTS = st.integers(0, 3 * 365 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds))
GAPS = st.one_of(st.integers(0, 7200), st.integers(0, 40 * 86_400), st.integers(-86_400, -1))
STATES = (CaseState.AWAITING_REVIEW, CaseState.ANSWERED, CaseState.SILENCED, CaseState.IGNORED)
WHO = st.sampled_from(["mailbot", "anna", "клиент"])


def timetable_at(moment: datetime) -> Timetable:
    return Timetable(HOURS, calendar(), moment)


@st.composite
def logs(draw: st.DrawFn) -> LoggedCase:
    """Any lines in any order, clocks set back among them."""
    received = draw(MOMENTS)
    case = a_case(
        1,
        received,
        draw(st.sampled_from(STATES)),
        respond_by=received + timedelta(days=draw(st.integers(0, 9))),
    )
    events, now = list(case.events), received
    for _ in range(draw(st.integers(0, 8))):
        now += timedelta(seconds=draw(GAPS))
        mark = draw(st.one_of(st.none(), st.sampled_from(list(ClockMark))))
        events.append(line(now, events[-1].became, draw(st.sampled_from(STATES)), draw(WHO), mark))
    return replace(case, events=tuple(events))


@given(logs(), MOMENTS)
def test_no_wait_is_below_nothing_and_none_works_longer_than_it_lasts(
    case: LoggedCase, as_of: datetime
) -> None:
    found = build_clock(case, timetable_at(as_of), as_of)
    for waited in (found.response, found.answer):
        assert 0 <= waited.working.seconds <= waited.elapsed.seconds
    assert found.answer.elapsed.at_least is (found.answered_at is None)
    assert found.response.elapsed.at_least is (found.responded_at is None)


@given(logs(), MOMENTS, st.lists(GAPS, max_size=3))
def test_what_the_log_is_told_later_changes_nothing_of_an_earlier_moment(
    case: LoggedCase, as_of: datetime, gaps: list[int]
) -> None:
    timetable = timetable_at(as_of)
    now = build_clock(case, timetable, as_of)
    later: list[CaseEvent] = []
    for gap in gaps:
        moment = as_of + timedelta(seconds=abs(gap) + 1)
        later.append(line(moment, CaseState.ANSWERED, CaseState.ANSWERED, "anna", ClockMark.ANSWERED))
    grown = replace(case, events=(*case.events, *later))
    assert build_clock(grown, timetable_at(as_of), as_of) == now
    assert build_clock(case, timetable, as_of) == now


@given(MOMENTS, st.lists(st.integers(1, 20 * 86_400), min_size=3, max_size=3))
def test_a_pause_never_lengthens_a_wait(received: datetime, gaps: list[int]) -> None:
    asked, heard, answered = (received + timedelta(seconds=sum(gaps[: at + 1])) for at in range(3))
    end = (answered, CaseState.ANSWERED, "anna", ClockMark.ANSWERED)
    state = CaseState.AWAITING_REVIEW
    plain = a_case(1, received, state, end)
    paused = a_case(
        1,
        received,
        state,
        (asked, state, "anna", ClockMark.ASKED),
        (heard, state, "клиент", ClockMark.HEARD),
        end,
    )
    timetable = timetable_at(answered)
    whole, less = (
        build_clock(plain, timetable, answered).answer,
        build_clock(paused, timetable, answered).answer,
    )
    assert whole.elapsed.seconds - less.elapsed.seconds == gaps[1]
    assert less.working.seconds <= whole.working.seconds
