"""A client rates an answer by the link in its mail; what they write with a poor rating is an appeal of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model import Channel, RequestRefused
from mailbot.model.report.survey import POOR, CaseRating, Invitation, Questionnaire, SurveyQuestion
from mailbot.services.desk.office_appeals import Appeal, ParsedAppeal, enter_appeal, understand_appeal
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import NoSuchCase, Store
from mailbot.store.cases import summaries
from mailbot.store.surveys import invitations, responses

MAX_WORDS = 1000
"""Characters of the word that goes with a rating."""

BY = "оценка ответа"
"""Who registers an appeal that came with a poor rating."""


@dataclass(frozen=True, slots=True)
class RatingRequest:
    """The answer that a link is for: its question, and how it was rated before."""

    invited: Invitation
    question: SurveyQuestion
    version: str
    rating: CaseRating | None


def rateable(store: Store, rules: ActiveRules, number: str) -> RatingRequest | None:
    """What the link of that case leads to; None where nobody was asked to rate its answer."""
    invited = store.ask(invitations.invitation, number)
    if invited is None:
        return None
    sheet = _questionnaire(rules, invited)
    if sheet is None or sheet.by_mail is None:
        return None
    rating = store.ask(responses.rating_of, invited.case_id)
    return RatingRequest(invited, sheet.by_mail, sheet.version, rating)


def _questionnaire(rules: ActiveRules, invited: Invitation) -> Questionnaire | None:
    return next(
        (
            questionnaire
            for questionnaire in rules.rulebook.questionnaires
            if questionnaire.group is invited.group
        ),
        None,
    )


def appeal_of(store: Store, one: RatingRequest, number: str) -> str:
    """The number, where it is that of an appeal which follows the rated case; else empty."""
    try:
        return number if store.ask(summaries.case_of, number).follows == one.invited.number else ""
    except NoSuchCase:
        return ""


def rate(
    store: Store, rules: ActiveRules, one: RatingRequest, score: int, words: str | None, now: datetime
) -> str | None:
    """Keep the rating; the number of the appeal that its words became, None where they became none.

    The same rating twice adds nothing. A poor one (1, 2) with words is registered as an appeal that follows the rated
    case: in the same transaction, so nothing a client wrote is lost, and once for each text. `words` None: those said
    before stand. RequestRefused for a score that is none, or too long a word.
    """
    said = _checked(one, score, words)
    appeal = _appeal(store, rules, one, score, said, now) if said and score <= POOR else None
    with store.write() as transaction:
        kept = responses.rate(
            transaction,
            one.invited,
            question=one.question.name,
            score=score,
            words=said,
            version=one.version,
            now=now,
        )
        if not kept.complaint or appeal is None:
            return None
        return enter_appeal(transaction, rules.rulebook, rules.templates, appeal, by=BY, now=now).number


def stop_asking(store: Store, one: RatingRequest, now: datetime) -> None:
    """No more such questions to the address."""
    store.do(invitations.refuse, one.invited.email, now)


def _checked(one: RatingRequest, score: int, words: str | None) -> str | None:
    """The word that was given with the rating, trimmed; None where the form asked for none."""
    low, high = one.question.scale
    if not low <= score <= high:
        raise RequestRefused(f"Оценка — число от {low} до {high}. Выберите одну из кнопок.")
    if words is None:
        return None
    said = words.replace("\r\n", "\n").replace("\0", "").strip()
    if len(said) > MAX_WORDS:
        raise RequestRefused(
            f"Комментарий длиннее {MAX_WORDS} знаков. Сократите его или ответьте на наше письмо."
        )
    return said


def _appeal(
    store: Store, rules: ActiveRules, one: RatingRequest, score: int, words: str, now: datetime
) -> ParsedAppeal:
    """People decide on it: the machine's answer may be the very thing that did not content."""
    appeal = Appeal(
        Channel.SITE,
        f"Оценка {score} за ответ на обращение № {one.invited.number}",
        words,
        email=one.invited.email,
        answers=one.invited.message_id,
    )
    return understand_appeal(store, appeal, rules.rulebook, now)
