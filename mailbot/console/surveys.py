"""What questionnaires came to, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console

from mailbot.model.report.survey import SatisfactionFigures, SurveyResult
from mailbot.wording.survey_titles import SURVEY_FORMS, SURVEY_METRICS


def show_satisfaction(out: Console, period: str, found: Sequence[SatisfactionFigures]) -> None:
    """A group a paragraph: figures with n, interval and formula, then the clients' words."""
    if not found:
        out.print(f"За {period} анкет нет и никого не просили об оценке.", markup=False)
    for figures in found:
        forms = ", ".join(f"{SURVEY_FORMS[form]} {number}" for form, number in figures.forms) or "анкет нет"
        out.print(
            f"{figures.title}, {period}: {forms}; просили об оценке в письмах: {figures.asked}.", markup=False
        )
        for rate in figures.rates:
            out.print(f"  {format_rate(rate)}", markup=False, soft_wrap=True)
        if figures.cases:
            out.print(f"  Оценено ответов: {len(figures.cases)}, из них плохо (1–2): {len(figures.poor)}.")
        for words in figures.words:
            out.print(f"  «{' '.join(words.split())}»", markup=False, soft_wrap=True)


def format_rate(rate: SurveyResult) -> str:
    """«CSAT 70,0 % (от 39,7 до 89,2), n = 10. Доля оценок…»; NPS is in points."""
    unit = " %" if rate.measure.is_share else ""
    within = (
        "" if rate.low is None or rate.high is None else f" (от {_figure(rate.low)} до {_figure(rate.high)})"
    )
    return f"{SURVEY_METRICS[rate.measure]} {_figure(rate.value)}{unit}{within}, n = {rate.n}. {rate.formula}"


def _figure(value: Decimal) -> str:
    return f"{value}".replace(".", ",").replace("-", "−")
