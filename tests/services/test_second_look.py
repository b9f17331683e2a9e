"""The second look: a week's silences are drawn once, a person says whether they were right, and the report says how often not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import CaseState, RequestRefused
from mailbot.model.case.second_look import SAMPLE, ClosedCase
from mailbot.model.report.period import Period
from mailbot.reporting.second_looks import sample
from mailbot.services.desk import second_look
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext, undo
from mailbot.services.reporting.reports import report_of
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.casework import second_looks
from mailbot.wording.report.tables.all_tables import build_tables
from tests.services.reporting.test_sending import receive, shipped
from tests.store.conftest import databases, opened, postgres, sqlite, store, url

__all__ = ["databases", "opened", "postgres", "sqlite", "store", "url"]

TUESDAY = datetime(2026, 11, 17, 6, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 3, tzinfo=UTC)
"""08:00 in Yekaterinburg after week 47."""

W47, W48 = Period.read("2026-W47"), Period.read("2026-W48")
NAMELESS = "From: anon{n}@bk.ru\r\n\r\nЗдравствуйте! Когда дадут отопление? Очень холодно.\r\n"


def silenced(store: Store, count: int) -> list[str]:
    """So many letters without contact data, each of another sender, silenced by the machine."""
    numbers = [
        receive(store, TUESDAY + timedelta(minutes=at), NAMELESS.replace("{n}", str(at)))
        for at in range(count)
    ]
    assert {store.ask(summaries.case_of, number).state for number in numbers} == {CaseState.SILENCED}
    return numbers


def page(number: str, now: datetime = MONDAY) -> ActContext:
    return ActContext(number, None, "anna", now)


def test_a_finished_week_is_drawn_once_and_all_of_it_where_there_are_few(store: Store) -> None:
    silenced(store, 3)
    assert second_look.draw_due(store, shipped(), TUESDAY + timedelta(days=2)) == ()
    assert second_look.draw_due(store, shipped(), MONDAY) == (W47,)
    assert second_look.draw_due(store, shipped(), MONDAY) == ()
    assert len(store.ask(second_looks.waiting)) == 3


def test_whoever_finds_an_answer_owed_brings_the_letter_back(store: Store) -> None:
    first, second, third = silenced(store, 3)
    second_look.draw_due(store, shipped(), MONDAY)
    second_look.overrule(store, page(first))
    second_look.confirm(store, page(second))
    assert store.ask(summaries.case_of, first).state is CaseState.AWAITING_REVIEW
    assert store.ask(summaries.case_of, second).state is CaseState.SILENCED
    (left,) = store.ask(second_looks.waiting)
    assert left.case_id == store.ask(summaries.case_of, third).id


def test_two_people_cannot_both_say(store: Store) -> None:
    (number,) = silenced(store, 1)
    second_look.draw_due(store, shipped(), MONDAY)
    second_look.confirm(store, page(number))
    with pytest.raises(RequestRefused, match="уже посмотрели"):
        second_look.overrule(store, page(number))
    assert store.ask(summaries.case_of, number).state is CaseState.SILENCED


def test_an_undone_word_leaves_the_letter_waiting_where_it_was(store: Store) -> None:
    (number,) = silenced(store, 1)
    second_look.draw_due(store, shipped(), MONDAY)
    second_look.overrule(store, page(number))
    undo(store, page(number, MONDAY + timedelta(seconds=10)))
    assert store.ask(summaries.case_of, number).state is CaseState.SILENCED
    assert len(store.ask(second_looks.waiting)) == 1


def test_what_was_taken_back_before_or_elsewhere_counts_as_looked_at_and_wrong(store: Store) -> None:
    before, after, _ = silenced(store, 3)
    acts.take_back(store, ActContext(before, None, "boris", TUESDAY + timedelta(hours=2)), "ответим")
    second_look.draw_due(store, shipped(), MONDAY)
    acts.take_back(store, ActContext(after, None, "boris", MONDAY + timedelta(hours=1)), "ответим")
    assert len(store.ask(second_looks.waiting)) == 1
    assert rate(store, W48, MONDAY + timedelta(days=8)) == ("2", "2", "100 %")


def rate(store: Store, week: Period, now: datetime) -> tuple[str, str, str]:
    """(looked at, wrong, rate) of the first line of the report's table."""
    report = report_of(store, shipped(), week, now)
    (table,) = (made for made in build_tables(report) if made.key == "second_looks")
    return tuple(cell.text.replace("\u00a0", " ") for cell in table.rows[0][1:4])  # type: ignore[return-value]


def test_the_report_tells_the_rate_with_its_n_and_never_nought_where_nobody_looked(store: Store) -> None:
    first, *others = silenced(store, 6)
    second_look.draw_due(store, shipped(), MONDAY)
    assert rate(store, W48, MONDAY + timedelta(hours=1))[2] == "ещё не проверено"
    second_look.overrule(store, page(first, MONDAY + timedelta(hours=2)))
    for number in others[:3]:
        second_look.confirm(store, page(number, MONDAY + timedelta(hours=3)))
    assert rate(store, W48, MONDAY + timedelta(days=8)) == ("4", "1", "25 %")


def test_the_report_of_then_is_the_same_after_later_looks(store: Store) -> None:
    first, second = silenced(store, 2)
    second_look.draw_due(store, shipped(), MONDAY)
    second_look.confirm(store, page(first, MONDAY + timedelta(hours=2)))
    then = report_of(store, shipped(), W48, MONDAY + timedelta(days=8)).figures.second_looks
    second_look.overrule(store, page(second, MONDAY + timedelta(days=20)))
    assert report_of(store, shipped(), W48, MONDAY + timedelta(days=30)).figures.second_looks == then


def test_a_week_without_silences_has_nothing_to_look_at(store: Store) -> None:
    receive(store, TUESDAY)
    assert second_look.draw_due(store, shipped(), MONDAY) == (W47,)
    assert store.ask(second_looks.waiting) == ()


RULES = st.sampled_from(["no_contacts", "abuse", "unreadable", "repeat"])
CLOSED = st.lists(RULES, max_size=90).map(
    lambda rules: [ClosedCase(at, rule) for at, rule in enumerate(rules)]
)


@given(CLOSED)
def test_a_sample_is_the_same_in_any_order_and_misses_no_rule(closed: list[ClosedCase]) -> None:
    drawn = sample(closed, "2026-W47", SAMPLE)
    assert drawn == sample(list(reversed(closed)), "2026-W47", SAMPLE)
    assert len(drawn) == min(SAMPLE, len(closed)) == len(set(drawn))
    assert {case.rule for case in drawn} == {case.rule for case in closed}
