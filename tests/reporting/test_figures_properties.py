"""What holds of the figures of any week: each has a key of its own, parts add up to wholes, the order of cases is nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import CaseLabels, CaseState, Channel, ClockMark
from mailbot.model.case.life_cycle import NO_LABELS
from mailbot.model.case.log import LoggedCase, LoggedReading, PeriodLog
from mailbot.model.report.report import CaseCount, WaitSummary
from mailbot.reporting import build_clock, figures, find_cell
from mailbot.reporting.cells import all_cells
from tests.reporting.material import DUE, WEEK, ZONE, a_case, line, logged_of, rulebook
from tests.reporting.test_clock_properties import timetable_at
from tests.scale import tries

BEGINS = WEEK.begins(ZONE)
STATES = (CaseState.AWAITING_REVIEW, CaseState.ANSWERED, CaseState.SILENCED, CaseState.IGNORED)
TOPICS = st.sampled_from([None, "", "penalty", "cold_radiators", "gone_from_the_rules"])
KINDS = st.sampled_from([None, "reading", "complaint", "question", "other"])
CLAUSES = st.sampled_from([None, "2.2.email.1", "2.2.email.4"])
WHO = st.sampled_from(["mailbot", "anna", "boris", "клиент"])


@st.composite
def any_case(draw: st.DrawFn, id: int, first: int, last: int) -> LoggedCase:
    """A case that came so many seconds after the week had begun, with any story up to the report."""
    received = BEGINS + timedelta(seconds=draw(st.integers(first, last)))
    due = draw(
        st.one_of(st.none(), st.integers(0, 5 * 86_400).map(lambda of: received + timedelta(seconds=of)))
    )
    case = a_case(
        id, received, draw(st.sampled_from(STATES)), kind=draw(KINDS), topic=draw(TOPICS), respond_by=due,
        clause=draw(CLAUSES), channel=draw(st.sampled_from(list(Channel))), repeat=draw(st.booleans()),
        house=draw(st.sampled_from(["", "5", "7"])),
    )  # fmt: skip
    events = list(case.events)
    for _ in range(draw(st.integers(0, 4))):
        at = min(DUE, events[-1].at + timedelta(seconds=draw(st.integers(0, 3 * 86_400))))
        mark = draw(st.one_of(st.none(), st.sampled_from(list(ClockMark))))
        said = draw(st.sampled_from([NO_LABELS, CaseLabels("question", "penalty")]))
        events.append(line(at, events[-1].became, draw(st.sampled_from(STATES)), draw(WHO), mark, said))
    return replace(case, events=tuple(events))


@st.composite
def weeks(draw: st.DrawFn) -> PeriodLog:
    came = [draw(any_case(id, 0, 7 * 86_400 - 1)) for id in range(draw(st.integers(0, 6)))]
    older = [draw(any_case(100 + id, -60 * 86_400, -1)) for id in range(draw(st.integers(0, 3)))]
    reasons = st.sampled_from(["", "счёта 12 нет", "счёта 7 нет", "меньше прошлого"])
    read = [LoggedReading(one.id, draw(st.booleans()), draw(reasons)) for one in came]
    return logged_of(came, older, tuple(read))


def held(value: object) -> list[CaseCount]:
    """Every cell that anything of the figures holds, found without being told where."""
    if isinstance(value, CaseCount):
        return [value]
    if isinstance(value, tuple):
        return [found for one in value for found in held(one)]
    if is_dataclass(value) and not isinstance(value, type):
        return [found for field in fields(value) for found in held(getattr(value, field.name))]
    return []


@settings(max_examples=tries(60), deadline=None)
@given(weeks())
def test_every_cell_is_found_by_its_key_and_no_key_names_two(logged: PeriodLog) -> None:
    found = figures(WEEK, logged, rulebook())
    for one in held(found):
        assert find_cell(found, one.key) == one
    keys = [one.key for one in all_cells(found)]
    assert len(keys) == len(set(keys))
    assert set(keys) == {one.key for one in held(found)}
    assert all(len(set(one.cases)) == one.count for one in all_cells(found))
    assert find_cell(found, "nothing") is None


@settings(max_examples=tries(60), deadline=None)
@given(weeks())
def test_parts_add_up_to_wholes(logged: PeriodLog) -> None:
    found = figures(WEEK, logged, rulebook())
    for parts in (found.by_kind, found.by_topic, found.by_channel, found.by_hour, found.by_weekday):
        assert sorted(id for one in parts for id in one.cases) == list(found.received.cases)
    assert found.received.count + found.not_appeals.count == len(logged.received)
    promise = found.promise
    outcomes = (promise.kept, promise.broken, promise.running, promise.unknown)
    owed = sorted(id for one in outcomes for id in one.cases)
    assert owed == list(found.answer.elapsed.cell.cases) == list(found.first_response.elapsed.cell.cases)
    timetable = timetable_at(logged.as_of)
    silenced = [
        one for one in logged.received if build_clock(one, timetable, logged.as_of).outcome == "silenced"
    ]
    assert len(owed) == found.received.count - len(silenced)
    assert sum(one.late.count for one in found.topics) == promise.broken.count
    assert sum(one.waits.elapsed.cell.count for one in found.topics) == len(owed)
    waiting = {id for one in found.unanswered for id in one.cases}
    assert {*found.overdue.cases, *found.asked.cases} <= waiting
    assert sum(one.answered.elapsed.cell.count for one in found.operators) == found.automation.by_people.count
    readings = found.readings
    assert readings.accepted + readings.refused == len(logged.readings)
    assert sum(count for count, _ in readings.reasons) == readings.refused


@settings(max_examples=tries(40), deadline=None)
@given(weeks(), st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_nothing(logged: PeriodLog, random: object) -> None:
    def mixed(cases: tuple[LoggedCase, ...]) -> tuple[LoggedCase, ...]:
        found = list(cases)
        random.shuffle(found)  # type: ignore[attr-defined]  # hypothesis' own Random
        return tuple(found)

    other = replace(
        logged, received=mixed(logged.received), answered=mixed(logged.answered), open=mixed(logged.open)
    )
    assert figures(WEEK, other, rulebook()) == figures(WEEK, logged, rulebook())


@settings(max_examples=tries(40), deadline=None)
@given(weeks())
def test_percentiles_are_waits_of_real_cases_in_their_order(logged: PeriodLog) -> None:
    found = figures(WEEK, logged, rulebook())
    spreads: list[WaitSummary] = [found.answer.elapsed, found.answer.working, found.first_response.elapsed]
    for one in spreads:
        if not one.cell.cases:
            assert (one.median, one.p90, one.longest, one.worst) == (None, None, None, None)
            continue
        assert one.median is not None
        assert one.p90 is not None
        assert one.longest is not None
        assert one.median.seconds <= one.p90.seconds <= one.longest.seconds
        assert one.worst in one.cell.cases
