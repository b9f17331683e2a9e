"""An empty questionnaire to hand out: the same questions as in the rules, with boxes to tick (chapter 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.documents.typesetting import DocumentTemplates, render_pdf
from mailbot.model import ContactChannels
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import Questionnaire, SurveyMetric, SurveyQuestion

QUESTIONNAIRE: Final = "questionnaire.typ"

HINTS = {SurveyMetric.NPS: "(0\u00a0—\u00a0точно\u00a0нет, 10\u00a0—\u00a0точно\u00a0да)"}
"""What the ends of a scale mean where it is not 1 to 5."""


@dataclass(frozen=True, slots=True)
class _Row:
    words: str
    hint: str
    scores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    company: str
    office: str
    phones: str
    questions: tuple[_Row, ...]


def render_questionnaire(
    sheet: Questionnaire, channels: ContactChannels, documents: DocumentTemplates, day: date
) -> bytes:
    """The sheet as PDF, dated `day`; the same in, the same bytes out."""
    page = _Page(
        title=sheet.title,
        company=channels.company,
        office=f"{channels.office} ({channels.office_hours})",
        phones=", ".join(channels.phones),
        questions=tuple(_row(question) for question in sheet.questions),
    )
    return render_pdf(documents.files, QUESTIONNAIRE, page, day)


def _row(question: SurveyQuestion) -> _Row:
    low, high = question.scale
    return _Row(
        question.words, HINTS.get(question.measure, ""), tuple(str(rate) for rate in range(low, high + 1))
    )


def specimen() -> Questionnaire:
    """A sheet with both scales, which the template must set."""
    questions = (
        SurveyQuestion("answer", "Насколько вы довольны ответом?", SurveyMetric.CSAT, asked_by_mail=True),
        SurveyQuestion("heat", "Тепло ли у вас дома?", SurveyMetric.CSI, Decimal(3)),
        SurveyQuestion("recommend", "Хорошо ли вы о нас отзовётесь?", SurveyMetric.NPS),
    )
    return Questionnaire(ClientGroup.INDIVIDUAL, "Анкета для жителей", questions, "0" * 12)
