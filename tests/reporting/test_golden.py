"""The clocks against 500 cases that were reckoned without them: to the second."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import holidays
import pytest

from mailbot.reporting import build_clock
from tests.reporting.golden.compose import HERE, composed, stretches
from tests.reporting.golden_cases import Golden, golden


@pytest.mark.parametrize("one", golden(), ids=lambda one: one.name)
def test_the_clocks_of_a_case_are_those_reckoned_by_hand(one: Golden) -> None:
    found = build_clock(one.case, one.timetable, one.as_of)
    assert (found.response.elapsed, found.response.working) == one.response
    assert (found.answer.elapsed, found.answer.working) == one.answer
    assert (found.outcome, found.kept, found.fault) == (one.outcome, one.kept, one.fault)


def test_there_are_five_hundred_and_none_stands_twice() -> None:
    assert len(golden()) == 500
    told = [(one.case.received_at, one.case.events, one.as_of) for one in golden()]
    assert len(set(told)) == 500


def test_every_outcome_is_among_them() -> None:
    assert set(Counter(one.outcome for one in golden())) == {
        "answered",
        "open",
        "asked",
        "silenced",
        "no_appeal",
    }
    assert set(Counter(one.kept for one in golden())) == {"kept", "broken", "running", "unknown"}
    years = {one.case.received_at.year for one in golden()}
    assert {2025, 2026, 2027, 2028} <= years


def test_the_composed_lines_are_what_their_parts_add_up_to() -> None:
    kept = (HERE / "composed.tsv").read_text(encoding="utf-8").splitlines()
    assert kept == ["\t".join(line) for line in composed()]


def test_the_listed_days_are_those_of_the_calendar_that_everybody_has() -> None:
    """The days were listed by hand: a slip of the pen is found here, not by the clocks."""
    for stretch in stretches():
        listed = {day for day, _ in stretch.days}
        first, last = min(listed), max(listed)
        known = holidays.country_holidays("RU", years=range(first.year, last.year + 1), expand=False)
        every = (first + timedelta(days=number) for number in range((last - first).days + 1))
        assert {day for day in every if known.is_working_day(day)} == listed, stretch.name


def test_the_letter_of_the_last_minute_before_the_holidays_waits_eleven_days_and_half_a_working_hour() -> (
    None
):
    found = next(one for one in golden() if "23:59 on 30 December 2026" in one.name)
    assert found.case.received_at.date() == date(2026, 12, 30)
    elapsed, working = found.answer
    assert (elapsed.seconds, working.seconds) == (272 * 3600 + 31 * 60, 30 * 60)
