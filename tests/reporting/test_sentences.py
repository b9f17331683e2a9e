"""Three sentences over a report: only what the figures show, right numbers and words, and no change made of few letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot.model import CaseState, ClockMark
from mailbot.model.case.log import LoggedCase
from mailbot.model.report.period import Period
from mailbot.model.report.report import PeriodFigures
from mailbot.reporting import report
from tests.reporting.material import DUE, WEEK, a_case, answered, at, figures_of, rulebook, trend_of

HOUR = timedelta(hours=1)
MONDAY = at("11-16 09:00")
KEPT, MISSED = at("11-20 17:00"), at("11-16 09:30")


def said(
    of: PeriodFigures,
    before: PeriodFigures | None = None,
    year_ago: PeriodFigures | None = None,
    opened: Sequence[int] = (5, 5, 5, 5),
) -> tuple[str, str, str]:
    found = report(of, before, year_ago, trend_of(*opened), rulebook()).sentences
    return tuple(one.replace("\u00a0", " ") for one in found)  # type: ignore[return-value]


def week(count: int, after: timedelta = HOUR, due: datetime = KEPT, **more: object) -> list[LoggedCase]:
    return [answered(id, MONDAY, after, respond_by=due, **more) for id in range(1, count + 1)]  # type: ignore[arg-type]


def before(count: int, after: timedelta = HOUR) -> PeriodFigures:
    """The week before: so many came, answered after so long and in time."""
    monday = MONDAY - timedelta(days=7)
    cases = [answered(id, monday, after, respond_by=monday + timedelta(days=4)) for id in range(1, count + 1)]
    return figures_of(cases, period=WEEK.previous, as_of=DUE - timedelta(days=7))


def test_a_plain_week_beside_the_one_before_and_the_last_year() -> None:
    changed, slow, decide = said(figures_of(week(21)), before(12, 2 * HOUR), before(7))
    assert changed == (
        "За неделю пришло 21 обращение, на 9 больше, чем неделей раньше (больше всего прибавилось по теме "
        "«холодные батареи»: +9), год назад было 7; в срок отвечено 100 %, 21 из 21, неделей раньше — 100 %; "
        "половина ждёт ответа по существу до 1 ч, неделей раньше — 2 ч."
    )
    assert slow == (
        "Срок не нарушен ни разу; дольше всего ждут ответа по теме «холодные батареи»: девять из десяти ждут до 1 ч."
    )
    assert decide == "Решений не требуется."


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 обращение"), (2, "2 обращения"), (5, "5 обращений"), (11, "11 обращений"), (22, "22 обращения")],
)
def test_the_word_goes_with_its_number(count: int, words: str) -> None:
    assert said(figures_of(week(count)))[0].startswith(f"За неделю пришло {words};")


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (0, 0, "За неделю обращений не было (неделей раньше — 0; мало для выводов)."),
        (0, 3, "За неделю обращений не было (неделей раньше — 3; мало для выводов)."),
        (0, 7, "За неделю обращений не было, на 7 меньше, чем неделей раньше."),
        (4, 1, "За неделю пришло 4 обращения (неделей раньше — 1; мало для выводов);"),
        (6, 6, "За неделю пришло 6 обращений, столько же, сколько неделей раньше;"),
        (6, 9, "За неделю пришло 6 обращений, на 3 меньше, чем неделей раньше;"),
        (9, 6, "За неделю пришло 9 обращений, на 3 больше, чем неделей раньше;"),
    ],
)
def test_a_change_is_told_of_enough_letters_only(now: int, then: int, words: str) -> None:
    assert said(figures_of(week(now)), before(then))[0].startswith(words)


def test_an_empty_week() -> None:
    assert said(figures_of([])) == (
        "За неделю обращений не было.", "Отвечать было не на что.", "Решений не требуется.",
    )  # fmt: skip


def test_a_week_of_one_case_claims_nothing() -> None:
    changed, slow, decide = said(figures_of(week(1)), before(1))
    assert changed == (
        "За неделю пришло 1 обращение (неделей раньше — 1; мало для выводов); в срок отвечено 100 %, 1 из 1, "
        "мало для выводов."
    )
    assert (
        slow == "Срок не нарушен ни разу; где отвечаем медленно, сказать нельзя: обращений мало для выводов."
    )
    assert decide == "Решений не требуется."


def test_one_case_that_missed_its_deadline_is_told_with_the_warning_that_it_is_one() -> None:
    slow = said(figures_of(week(1, due=MISSED)))[1]
    assert slow == "Чаще всего срок нарушен по теме «холодные батареи»: 1 из 1; обращений мало для выводов."


def test_a_week_to_come() -> None:
    early = figures_of([], as_of=at("11-10 12:00"))
    assert said(early)[0] == "Период ещё не начался, обращений в нём нет."


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-W47", "За неделю, пока неполную, пришло 2 обращения"),
        ("2026-11", "За месяц, пока неполный, пришло 2 обращения"),
        ("2026-Q4", "За квартал, пока неполный, пришло 2 обращения"),
    ],
)
def test_a_period_that_is_not_over_is_called_so(period: str, words: str) -> None:
    running = figures_of(week(2), period=Period.read(period), as_of=at("11-17 12:00"))
    assert said(running)[0].startswith(words)


def test_the_topic_that_misses_its_deadline_most_with_what_the_late_have_in_common() -> None:
    """Five came on Saturday and were late, two are open still; those of the other topic were in time."""
    saturday = at("11-21 12:00")
    late = [answered(id, saturday, 20 * HOUR, respond_by=saturday + HOUR) for id in range(1, 5)]
    open_ = [a_case(id, saturday, respond_by=saturday + HOUR) for id in (5, 6)]
    others = [answered(id, MONDAY, HOUR, topic="penalty", respond_by=KEPT) for id in range(11, 30)]
    _, slow, decide = said(figures_of([*late, *open_, *others]))
    assert slow == (
        "Чаще всего срок нарушен по теме «холодные батареи»: 6 из 6, каждый десятый ждёт уже 1 дн 20 ч или дольше; "
        "из этих 6 вне рабочих часов пришло 6 и до сих пор без ответа 2."
    )
    assert decide == "Нужно решение: ответ просрочен и не дан: 2 обращения."


def test_late_letters_without_a_topic_are_not_passed_over() -> None:
    slow = said(figures_of(week(6, due=MISSED, topic="")))[1]
    assert slow == "Чаще всего срок нарушен среди обращений без темы: 6 из 6, девять из десяти ждут до 1 ч."


def test_where_nothing_is_decided_yet_nothing_is_claimed() -> None:
    monday = at("11-22 20:00")
    running = [a_case(id, monday, respond_by=at("11-25 17:00")) for id in range(6)]
    changed, slow, _ = said(figures_of(running))
    assert changed == "За неделю пришло 6 обращений; сроки ответа ещё идут."
    assert slow.startswith("Сроки ещё идут, не нарушен ни один; дольше всего ждут ответа по теме")
    assert "каждый десятый ждёт уже 12 ч или дольше" in slow


def test_what_needs_a_decision_the_most_pressing_first() -> None:
    old = [a_case(50 + id, at("09-01 09:00"), respond_by=at("09-04 17:00")) for id in range(2)]
    wrong = a_case(
        60, MONDAY, CaseState.SILENCED, (MONDAY + HOUR, CaseState.AWAITING_REVIEW, "anna", None),
        (MONDAY + 2 * HOUR, CaseState.ANSWERED, "anna", ClockMark.ANSWERED), clause="2.2.email.1",
    )  # fmt: skip
    house = [answered(70 + id, MONDAY, HOUR, respond_by=KEPT, house="5") for id in range(4)]
    decide = said(figures_of([wrong, *house], old), opened=(3, 4, 6, 9))[2]
    assert decide == (
        "Нужно решение: ответ просрочен и не дан: 2 обращения; без ответа больше 30 дней: 2 обращения; "
        "очередь растёт третью неделю подряд, было 3, стало 9; автомат ошибся, люди поправили: 1 обращение; "
        "дом «Мира, 5» — 4 жалобы."
    )


@pytest.mark.parametrize(
    "opened",
    [(3, 4, 6, 6), (9, 4, 5, 6), (1, 2, 3, 4), (9,)],
    ids=["stands", "fell", "few", "one"],
)
def test_a_queue_that_does_not_grow_three_times_running_needs_no_decision(opened: tuple[int, ...]) -> None:
    decide = said(figures_of(week(5)), opened=opened)[2]
    assert "очередь" not in decide


def test_the_median_is_not_told_where_half_are_open() -> None:
    half = [*week(3), *(a_case(id, MONDAY, respond_by=KEPT) for id in range(10, 15))]
    assert "половина" not in said(figures_of(half))[0]


def test_no_sentence_ends_without_its_point_or_holds_a_figure_of_nothing() -> None:
    many = figures_of([*week(30), a_case(99, MONDAY)])
    for of in (many, replace(many, topics=()), figures_of([])):
        for one in said(of, before(9), before(0)):
            assert one.endswith(".")
            assert not one.endswith("..")
            assert "None" not in one
            assert "  " not in one
