"""A questionnaire filled in on paper or by asking, entered in the office (chapter 6: written, oral and remote polls)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mailbot.model import RequestRefused
from mailbot.model.case.staff_act import OfficeAct
from mailbot.model.report.survey import Questionnaire, SurveyForm
from mailbot.services.surveys.answer_rating import MAX_WORDS
from mailbot.store import Store
from mailbot.store.staff import audit_log
from mailbot.store.surveys import responses
from mailbot.store.surveys.responses import FilledQuestionnaire


@dataclass(frozen=True, slots=True)
class SurveyEntryForm:
    """The form as it was typed: scores by the names of questions, empty where the client did not answer.

    `day` (ISO 8601) is when the client filled the sheet in; empty: now.
    """

    form: str
    scores: Mapping[str, str]
    words: str
    day: str


def enter(
    store: Store, sheet: Questionnaire, filled: SurveyEntryForm, zone: ZoneInfo, *, by: str, now: datetime
) -> None:
    """Keep the questionnaire; RequestRefused, with nothing kept, where something cannot be so."""
    if filled.form not in tuple(SurveyForm):
        raise RequestRefused("Выберите, как заполнена анкета: письменно, устно или заочно.")
    words = filled.words.replace("\r\n", "\n").replace("\0", "").strip()
    scores = tuple(_scores(sheet, filled.scores))
    if not scores and not words:
        raise RequestRefused("Анкета пуста: отметьте хотя бы одну оценку или впишите слова клиента.")
    if len(words) > MAX_WORDS:
        raise RequestRefused(f"Слова клиента длиннее {MAX_WORDS} знаков. Сократите их.")
    at = _moment(filled.day, zone, now)
    kept = FilledQuestionnaire(sheet.group, sheet.version, SurveyForm(filled.form), at, scores, words)
    with store.write() as transaction:
        responses.enter(transaction, kept, by, now)
        audit_log.log_act(
            transaction, by, OfficeAct.SURVEY, sheet.group, f"{filled.form}, оценок {len(scores)}", now
        )


def _scores(sheet: Questionnaire, typed: Mapping[str, str]) -> list[tuple[str, int]]:
    scores = []
    for question in sheet.questions:
        text = typed.get(question.name, "").strip()
        if not text:
            continue
        low, high = question.scale
        score = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else -1
        if not low <= score <= high:
            raise RequestRefused(f"«{question.words}»: оценка от {low} до {high}, а не «{text[:20]}».")
        scores.append((question.name, score))
    return scores


def _moment(day: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Noon of a day that is past; a day to come is a slip."""
    if not day.strip():
        return now
    try:
        filled = date.fromisoformat(day.strip())
    except ValueError:
        raise RequestRefused(f"«{day[:20]}» — не дата. Выберите день, когда заполнена анкета.") from None
    today = now.astimezone(zone).date()
    if filled > today:
        raise RequestRefused(f"{filled:%d.%m.%Y} ещё не наступило. Исправьте день, когда заполнена анкета.")
    if filled.year < today.year - 1:
        raise RequestRefused(f"{filled:%d.%m.%Y} — слишком давно. Исправьте день, когда заполнена анкета.")
    return now if filled == today else datetime.combine(filled, time(12), zone)
