"""Figures of questionnaires, each reckoned by hand beside the test."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mailbot.model import Rulebook
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import (
    Questionnaire,
    SurveyForm,
    SurveyMetric,
    SurveyQuestion,
    SurveyResponse,
    SurveyResult,
)
from mailbot.reporting.satisfaction import calculate_satisfaction

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
FLAT, SHOP = ClientGroup.INDIVIDUAL, ClientGroup.BUSINESS
SHEET = Questionnaire(
    FLAT,
    "Анкета",
    (
        SurveyQuestion("answer", "Довольны?", SurveyMetric.CSAT, asked_by_mail=True),
        SurveyQuestion("heat", "Тепло?", SurveyMetric.CSI, Decimal(3)),
        SurveyQuestion("bill", "Понятно?", SurveyMetric.CSI, Decimal(1)),
        SurveyQuestion("recommend", "Посоветуете?", SurveyMetric.NPS),
    ),
    "0" * 12,
)
ASKED = ((FLAT, 9),)


def said(id: int = 1, words: str = "", case_id: int | None = None, **scores: int) -> SurveyResponse:
    """A sheet with these scores."""
    form = SurveyForm.REMOTE if case_id else SurveyForm.WRITTEN
    return SurveyResponse(id, AT, form, FLAT, tuple(scores.items()), words, case_id)


def scored(name: str, score: int) -> SurveyResponse:
    return SurveyResponse(1, AT, SurveyForm.WRITTEN, FLAT, ((name, score),), "", None)


def rate(measure: SurveyMetric, *responses: SurveyResponse) -> SurveyResult:
    (found,) = calculate_satisfaction((SHEET,), responses, ())
    return next(one for one in found.rates if one.measure is measure)


def test_csat_is_the_share_of_four_and_five_with_wilsons_interval() -> None:
    """7 of 10. p=0.7, z²/n=0.384146; centre (0.7+0.192073)/1.384146=0.644493;
    half 1.959964·√((0.21+0.0960365)/10)/1.384146=0.247713."""
    found = rate(SurveyMetric.CSAT, *(said(answer=score) for score in (5, 5, 5, 5, 4, 4, 4, 3, 2, 1)))
    assert (found.value, found.n) == (Decimal("70.0"), 10)
    assert (found.low, found.high) == (Decimal("39.7"), Decimal("89.2"))
    assert found.formula.startswith("Доля оценок 4 и 5: 7 из 10 × 100 %.")


def test_all_content_is_no_proof_that_everybody_is() -> None:
    """5 of 5 by Wilson: lower bound n/(n+z²) = 5/8.841459 = 0.56552."""
    found = rate(SurveyMetric.CSAT, *(said(answer=5) for _ in range(5)))
    assert (found.value, found.low, found.high) == (Decimal("100.0"), Decimal("56.6"), Decimal("100.0"))


def test_nps_is_nines_and_tens_less_those_up_to_six() -> None:
    """10 10 9 9 9 8 7 6 0 3: 5 − 3 of 10 = 20. Mean 0.2; Σ(x−0.2)² = 5·0.64+2·0.04+3·1.44 = 7.6;
    s² = 7.6/9 = 0.844444; half 1.959964·√0.0844444 = 0.569551."""
    found = rate(SurveyMetric.NPS, *(said(recommend=score) for score in (10, 10, 9, 9, 9, 8, 7, 6, 0, 3)))
    assert (found.value, found.n) == (Decimal("20.0"), 10)
    assert (found.low, found.high) == (Decimal("-37.0"), Decimal("77.0"))
    assert "(5 − 3) из 10" in found.formula


def test_nps_may_be_below_zero() -> None:
    found = rate(SurveyMetric.NPS, *(said(recommend=score) for score in (0, 1, 2, 3, 10)))
    assert found.value == Decimal("-60.0")
    assert found.low == Decimal("-100.0"), "a bound never lies off the scale"


def test_csi_weighs_the_scores() -> None:
    """Each client 3·heat + 1·bill of 20: 5,5→20; 4,4→16; 3,5→14; 2,2→8; 5,1→16. Sum 74 of 100 = 74 %.
    Indices 1.0 0.8 0.7 0.4 0.8; s² = (0.0676+0.0036+0.0016+0.1156+0.0036)/4 = 0.048; half 1.959964·√0.0096 = 0.192037."""
    pairs = ((5, 5), (4, 4), (3, 5), (2, 2), (5, 1))
    found = rate(SurveyMetric.CSI, *(said(heat=heat, bill=bill) for heat, bill in pairs))
    assert (found.value, found.n) == (Decimal("74.0"), 5)
    assert (found.low, found.high) == (Decimal("54.8"), Decimal("93.2"))
    assert "74 из 100" in found.formula


def test_a_question_left_out_weighs_nothing() -> None:
    """4·3 of 15 and 2·1 of 5: 14 of 20 = 70 %."""
    found = rate(SurveyMetric.CSI, said(heat=4), said(bill=2))
    assert (found.value, found.n) == (Decimal("70.0"), 2)


@pytest.mark.parametrize(
    ("measure", "name"),
    [(SurveyMetric.CSAT, "answer"), (SurveyMetric.NPS, "recommend"), (SurveyMetric.CSI, "heat")],
)
def test_four_answers_are_too_few_for_an_interval_and_it_is_said(measure: SurveyMetric, name: str) -> None:
    found = rate(measure, *(scored(name, score) for score in (1, 3, 4, 5)))
    assert found.n == 4
    assert (found.low, found.high) == (None, None)
    assert "Ответов меньше 5" in found.formula


def test_answers_all_alike_have_no_spread_to_tell_an_interval_from() -> None:
    found = rate(SurveyMetric.NPS, *(said(recommend=10) for _ in range(6)))
    assert (found.value, found.low) == (Decimal("100.0"), None)
    assert "Все ответы одинаковы" in found.formula


def test_a_figure_that_nobody_answered_to_is_left_out_rather_than_nought() -> None:
    (found,) = calculate_satisfaction((SHEET,), (said(answer=5),), ASKED)
    assert [one.measure for one in found.rates] == [SurveyMetric.CSAT]
    assert found.asked == 9


def test_scores_of_strange_questions_and_off_the_scale_count_for_nothing() -> None:
    found = rate(SurveyMetric.CSAT, said(answer=5, taste=1), said(answer=0), said(answer=6))
    assert (found.value, found.n) == (Decimal("100.0"), 1)


def test_rated_cases_and_poor_ones_are_told_and_words_kept() -> None:
    responses = (
        said(1, case_id=71, answer=5),
        said(2, "Не ответили", 72, answer=2),
        said(3, "Спасибо", answer=1),
    )
    (found,) = calculate_satisfaction((SHEET,), responses, ASKED)
    assert (found.cases, found.poor) == ((71, 72), (72,)), "a sheet of the office is of no case"
    assert found.words == ("Не ответили", "Спасибо")
    assert found.forms == ((SurveyForm.WRITTEN, 1), (SurveyForm.REMOTE, 2))


def test_each_group_has_its_own_and_a_silent_one_is_left_out(rulebook: Rulebook) -> None:
    shop = SurveyResponse(1, AT, SurveyForm.ORAL, SHOP, (("documents", 4), ("recommend", 9)), "", None)
    found = calculate_satisfaction(rulebook.questionnaires, (shop, said(answer=5)), ())
    assert [one.group for one in found] == [FLAT, SHOP]
    assert [one.measure for one in found[1].rates] == [SurveyMetric.NPS, SurveyMetric.CSI]
    assert calculate_satisfaction(rulebook.questionnaires, (), ()) == ()
