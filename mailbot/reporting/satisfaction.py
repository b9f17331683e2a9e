"""CSAT, NPS and CSI of each group of clients, with n, the formula in words and a 95 % confidence interval (chapter 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from mailbot.model.intervals import LEAST, Interval, mean_interval, one_place, ratio_interval, wilson
from mailbot.model.ledger import ClientGroup
from mailbot.model.survey import (
    POOR,
    Measure,
    Question,
    Questionnaire,
    Rate,
    Response,
    Satisfaction,
    SurveyForm,
)

Scored = tuple[tuple[Question, int], ...]
"""What one client answered to the questions of a measure."""

TOO_FEW = f"Ответов меньше {LEAST}: доверительный интервал не считается."
ALIKE = "Все ответы одинаковы: доверительный интервал не оценить."
INTERVAL = "Доверительный интервал 95 %"


def satisfaction(
    questionnaires: tuple[Questionnaire, ...],
    responses: tuple[Response, ...],
    asked: tuple[tuple[ClientGroup, int], ...],
) -> tuple[Satisfaction, ...]:
    """What the responses of a period come to, by group; a group that nobody asked and that said nothing is left out.

    `responses`: of an invitation the newest alone. `asked`: how many were asked by mail. A score under the name of a
    question that the questionnaire no longer has, or off its scale, counts for nothing.
    """
    invited = dict(asked)
    found = []
    for sheet in questionnaires:
        own = tuple(one for one in responses if one.group is sheet.group)
        if own or invited.get(sheet.group):
            found.append(_of_group(sheet, own, invited.get(sheet.group, 0)))
    return tuple(found)


def _of_group(sheet: Questionnaire, own: tuple[Response, ...], asked: int) -> Satisfaction:
    forms = Counter(one.form for one in own)
    rated = tuple(_rated(sheet, own))
    return Satisfaction(
        group=sheet.group,
        title=sheet.title,
        forms=tuple((form, forms[form]) for form in SurveyForm if forms[form]),
        asked=asked,
        rates=tuple(_rates(sheet, own)),
        words=tuple(one.words for one in own if one.words),
        cases=tuple(case_id for case_id, _ in rated),
        poor=tuple(case_id for case_id, score in rated if score <= POOR),
    )


def _rated(sheet: Questionnaire, own: tuple[Response, ...]) -> Iterator[tuple[int, int]]:
    """(case, score) of the answers that were rated by their mail."""
    for one in own:
        for question, score in _scored(sheet, one, Measure.CSAT):
            if one.case_id is not None and question.asked_by_mail:
                yield one.case_id, score


def _rates(sheet: Questionnaire, own: tuple[Response, ...]) -> Iterator[Rate]:
    """The figures to which somebody has answered, CSAT first."""
    for measure, reckon in _RECKONED.items():
        answers = [found for one in own if (found := _scored(sheet, one, measure))]
        if answers:
            yield reckon(answers)


def _scored(sheet: Questionnaire, one: Response, measure: Measure) -> Scored:
    questions = {question.name: question for question in sheet.questions if question.measure is measure}
    found = ((questions[name], score) for name, score in one.scores if name in questions)
    return tuple(
        (question, score) for question, score in found if question.scale[0] <= score <= question.scale[1]
    )


def _csat(answers: Sequence[Scored]) -> Rate:
    """The share of 4 and 5 (domain: CSAT), with Wilson's interval."""
    scores = [score for answer in answers for _, score in answer]
    good = sum(score >= 4 for score in scores)
    formula = f"Доля оценок 4 и 5: {good} из {len(scores)} × 100 %."
    value = Decimal(100) * good / len(scores)
    return _rate(Measure.CSAT, value, len(scores), wilson(good, len(scores)), formula, "по Уилсону")


def _nps(answers: Sequence[Scored]) -> Rate:
    """The share of 9 and 10 less that of 0 to 6: the mean of +1, 0 and −1, and so its interval."""
    scores = [score for answer in answers for _, score in answer]
    signs = [Decimal((score >= 9) - (score <= 6)) for score in scores]
    high, low, n = signs.count(Decimal(1)), signs.count(Decimal(-1)), len(scores)
    formula = f"Доля оценок 9–10 минус доля оценок 0–6: ({high} − {low}) из {n} × 100."
    value = 100 * sum(signs, Decimal(0)) / n
    return _rate(Measure.NPS, value, n, mean_interval(signs, Decimal(-1)), formula, "по разбросу ответов")


def _csi(answers: Sequence[Scored]) -> Rate:
    """Σ(weight × score) / (Σ weight × max) × 100 over all answers; n counts clients, whose indices give the interval."""
    given = [sum((question.weight * score for question, score in answer), Decimal(0)) for answer in answers]
    best = [
        sum((question.weight * question.scale[1] for question, _ in answer), Decimal(0)) for answer in answers
    ]
    total, most = sum(given, Decimal(0)), sum(best, Decimal(0))
    formula = f"Сумма «вес × оценка» к сумме «вес × наибольшая оценка»: {_figure(total)} из {_figure(most)} × 100 %."
    interval = ratio_interval(given, best)
    return _rate(Measure.CSI, 100 * total / most, len(answers), interval, formula, "по разбросу анкет")


_RECKONED: dict[Measure, Callable[[Sequence[Scored]], Rate]] = {
    Measure.CSAT: _csat,
    Measure.NPS: _nps,
    Measure.CSI: _csi,
}


def _rate(
    measure: Measure, value: Decimal, n: int, interval: Interval | None, formula: str, how: str
) -> Rate:
    if n < LEAST:
        return Rate(measure, one_place(value), n, None, None, f"{formula} {TOO_FEW}")
    if interval is None:
        return Rate(measure, one_place(value), n, None, None, f"{formula} {ALIKE}")
    low, high = (one_place(100 * bound) for bound in interval)
    return Rate(measure, one_place(value), n, low, high, f"{formula} {INTERVAL} — {how}.")


def _figure(value: Decimal) -> str:
    """A sum of weights as people write it: «46,5», «120»."""
    return f"{value.normalize():f}".replace(".", ",")
