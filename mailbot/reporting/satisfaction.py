"""CSAT, NPS and CSI of each group of clients, with n, the formula in words and a 95 % confidence interval (chapter 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.confidence_intervals import (
    MIN_SAMPLE,
    Interval,
    mean_interval,
    ratio_interval,
    round_to_tenth,
    wilson_interval,
)
from mailbot.model.report.survey import (
    POOR,
    Questionnaire,
    SatisfactionFigures,
    SurveyForm,
    SurveyMetric,
    SurveyQuestion,
    SurveyResponse,
    SurveyResult,
)

Scored = tuple[tuple[SurveyQuestion, int], ...]
"""What one client answered to the questions of a measure."""

TOO_FEW = f"Ответов меньше {MIN_SAMPLE}: доверительный интервал не считается."
ALIKE = "Все ответы одинаковы: доверительный интервал не оценить."
INTERVAL = "Доверительный интервал 95 %"


def calculate_satisfaction(
    questionnaires: tuple[Questionnaire, ...],
    responses: tuple[SurveyResponse, ...],
    asked: tuple[tuple[ClientGroup, int], ...],
) -> tuple[SatisfactionFigures, ...]:
    """What the responses of a period come to, by group; a group that nobody asked and that said nothing is left out.

    `responses`: of an invitation the newest alone. `asked`: how many were asked by mail. A score under the name of a
    question that the questionnaire no longer has, or off its scale, counts for nothing.
    """
    invited = dict(asked)
    groups = []
    for sheet in questionnaires:
        own = tuple(response for response in responses if response.group is sheet.group)
        if own or invited.get(sheet.group):
            groups.append(_of_group(sheet, own, invited.get(sheet.group, 0)))
    return tuple(groups)


def _of_group(sheet: Questionnaire, own: tuple[SurveyResponse, ...], asked: int) -> SatisfactionFigures:
    forms = Counter(response.form for response in own)
    rated = tuple(_rated(sheet, own))
    return SatisfactionFigures(
        group=sheet.group,
        title=sheet.title,
        forms=tuple((form, forms[form]) for form in SurveyForm if forms[form]),
        asked=asked,
        rates=tuple(_rates(sheet, own)),
        words=tuple(response.words for response in own if response.words),
        cases=tuple(case_id for case_id, _ in rated),
        poor=tuple(case_id for case_id, score in rated if score <= POOR),
    )


def _rated(sheet: Questionnaire, own: tuple[SurveyResponse, ...]) -> Iterator[tuple[int, int]]:
    """(case, score) of the answers that were rated by their mail."""
    for response in own:
        for question, score in _scored(sheet, response, SurveyMetric.CSAT):
            if response.case_id is not None and question.asked_by_mail:
                yield response.case_id, score


def _rates(sheet: Questionnaire, own: tuple[SurveyResponse, ...]) -> Iterator[SurveyResult]:
    """The figures to which somebody has answered, CSAT first."""
    for measure, reckon in _RECKONED.items():
        answers = [scored for response in own if (scored := _scored(sheet, response, measure))]
        if answers:
            yield reckon(answers)


def _scored(sheet: Questionnaire, one: SurveyResponse, measure: SurveyMetric) -> Scored:
    questions = {question.name: question for question in sheet.questions if question.measure is measure}
    answers = ((questions[name], score) for name, score in one.scores if name in questions)
    return tuple(
        (question, score) for question, score in answers if question.scale[0] <= score <= question.scale[1]
    )


def _csat(answers: Sequence[Scored]) -> SurveyResult:
    """The share of 4 and 5 (domain: CSAT), with Wilson's interval."""
    scores = [score for answer in answers for _, score in answer]
    good = sum(score >= 4 for score in scores)
    formula = f"Доля оценок 4 и 5: {good} из {len(scores)} × 100 %."
    value = Decimal(100) * good / len(scores)
    return _rate(
        SurveyMetric.CSAT, value, len(scores), wilson_interval(good, len(scores)), formula, "по Уилсону"
    )


def _nps(answers: Sequence[Scored]) -> SurveyResult:
    """The share of 9 and 10 less that of 0 to 6: the mean of +1, 0 and −1, and so its interval."""
    scores = [score for answer in answers for _, score in answer]
    signs = [Decimal((score >= 9) - (score <= 6)) for score in scores]
    high, low, n = signs.count(Decimal(1)), signs.count(Decimal(-1)), len(scores)
    formula = f"Доля оценок 9–10 минус доля оценок 0–6: ({high} − {low}) из {n} × 100."
    value = 100 * sum(signs, Decimal(0)) / n
    return _rate(
        SurveyMetric.NPS, value, n, mean_interval(signs, Decimal(-1)), formula, "по разбросу ответов"
    )


def _csi(answers: Sequence[Scored]) -> SurveyResult:
    """Σ(weight × score) / (Σ weight × max) × 100 over all answers; n counts clients, whose indices give the interval."""
    given = [sum((question.weight * score for question, score in answer), Decimal(0)) for answer in answers]
    best = [
        sum((question.weight * question.scale[1] for question, _ in answer), Decimal(0)) for answer in answers
    ]
    total, most = sum(given, Decimal(0)), sum(best, Decimal(0))
    formula = f"Сумма «вес × оценка» к сумме «вес × наибольшая оценка»: {_figure(total)} из {_figure(most)} × 100 %."
    interval = ratio_interval(given, best)
    return _rate(SurveyMetric.CSI, 100 * total / most, len(answers), interval, formula, "по разбросу анкет")


_RECKONED: dict[SurveyMetric, Callable[[Sequence[Scored]], SurveyResult]] = {
    SurveyMetric.CSAT: _csat,
    SurveyMetric.NPS: _nps,
    SurveyMetric.CSI: _csi,
}


def _rate(
    measure: SurveyMetric, value: Decimal, n: int, interval: Interval | None, formula: str, how: str
) -> SurveyResult:
    if n < MIN_SAMPLE:
        return SurveyResult(
            measure=measure,
            value=round_to_tenth(value),
            n=n,
            low=None,
            high=None,
            formula=f"{formula} {TOO_FEW}",
        )
    if interval is None:
        return SurveyResult(
            measure=measure,
            value=round_to_tenth(value),
            n=n,
            low=None,
            high=None,
            formula=f"{formula} {ALIKE}",
        )
    low, high = (round_to_tenth(100 * bound) for bound in interval)
    return SurveyResult(
        measure=measure,
        value=round_to_tenth(value),
        n=n,
        low=low,
        high=high,
        formula=f"{formula} {INTERVAL} — {how}.",
    )


def _figure(value: Decimal) -> str:
    """A sum of weights as people write it: «46,5», «120»."""
    return f"{value.normalize():f}".replace(".", ",")
