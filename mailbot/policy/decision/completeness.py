"""The machine finishes a letter by itself only where all that the letter holds is accounted for.

Clause 2.2.email owes an answer to everything that is asked: whatever the finishing letter does not answer, a sentence
in a signature, a scan beside readings, words that were lost on the way, waits for a person, who sees it marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mailbot.model import (
    Action,
    AnswerRule,
    AttachmentText,
    ExtractedValue,
    LetterDamage,
    LetterKind,
    SegmentRole,
)
from mailbot.model.letter.facts import ASIDE
from mailbot.policy.answer_row_match import asks_for_row
from mailbot.policy.answers.delivery_change import STANDING
from mailbot.policy.case_folding import fold_case
from mailbot.policy.checks.unseen import TWO_LETTERS
from mailbot.policy.decision.doubts import propose_for_review
from mailbot.policy.routing import COURTESY, REFUSED, review_by_kind, review_of_the_rest
from mailbot.policy.verdict import LetterInContext, LetterWithReadings, Verdict

_FILES = {
    AttachmentText.UNREAD: "вложение «{name}» машина не прочитала",
    AttachmentText.PICTURE: "вложение «{name}» — изображение, его видит только сотрудник",
}
_DAMAGE = {
    LetterDamage.LOST_CHARACTERS: "часть букв в письме потеряна",
    LetterDamage.UNKNOWN_CHARSET: "кодировка части письма неизвестна",
    LetterDamage.BROKEN_STRUCTURE: "письмо собрано с ошибками и могло быть прочитано не целиком",
    LetterDamage.CUT: "письмо слишком большое и прочитано не целиком",
}


def finish_letter(verdict: Verdict, matter: LetterWithReadings) -> Verdict:
    """The verdict where it finishes the whole letter, or leaves it to a person anyway; else the letter waits for one.

    Readings that were accepted stay accepted, and the client hears so: the case stays open for the rest.
    """
    row = next((answer for answer in matter.rulebook.answers if answer.name == verdict.rule), None)
    if row is not None and row.when == REFUSED:
        return replace(
            verdict, doubts=(*verdict.doubts, *_doubts(row, matter))
        )  # a person has both before them
    if verdict.action is Action.REVIEW and matter.letter.beyond and TWO_LETTERS not in verdict.doubts:
        return replace(verdict, doubts=(*verdict.doubts, TWO_LETTERS))
    if row is None or not verdict.action.is_answer:
        return verdict  # a rule that asks for contacts is no row of answers: it finishes nothing
    if verdict.change is not None and matter.context.asked is not None:
        return verdict  # the whole letter is a clear yes to what we asked (`delivery_change.answered_by`)
    doubts = tuple(dict.fromkeys(_doubts(row, matter)))
    if not doubts:
        return verdict
    if verdict.change is not None or verdict.stops_reminders:
        return propose_for_review(verdict, doubts)
    if verdict.action is Action.ANSWER:
        because = "на всё письмо машина не ответит: решает сотрудник"
        if matter.facts.primary is LetterKind.OTHER:  # thanks, and more than thanks: no ready letter for that
            waiting = review_by_kind(matter, LetterKind.OTHER, because)
        else:
            waiting = replace(review_by_kind(matter, LetterKind.QUESTION, because), proposed=verdict.template)
    else:
        may_be_talk = all(piece.confidence < 1 for piece in matter.facts.remainder)
        waiting = review_of_the_rest(matter, may_be_talk=may_be_talk)
    return replace(waiting, doubts=(*waiting.doubts, *doubts))


def _doubts(row: AnswerRule, matter: LetterWithReadings) -> Iterator[str]:
    letter = matter.letter
    answered = " ".join(piece.value for piece in matter.facts.remainder if _is_answered(piece, row, matter))
    for sentence in matter.facts.remainder:
        named = _is_named(sentence, answered)
        if not (named or _is_answered(sentence, row, matter) or _is_known(sentence, matter)):
            yield f"на эти слова письма машина не отвечает: «{sentence.value}»"
    yield from _without_a_value(matter)
    yield from _of_others(matter)
    if letter.beyond:
        yield TWO_LETTERS
    for file in letter.attachments:
        if file.text in _FILES:
            yield _FILES[file.text].format(name=file.filename or file.media_type)
    for damage in letter.damage:
        if damage in _DAMAGE:
            yield _DAMAGE[damage]


def _without_a_value(matter: LetterWithReadings) -> Iterator[str]:
    """Accounts that the letter gives beside readings of others: «3370129 гвс как было»."""
    taken = {reading.account for reading in matter.readings.accepted}
    if len(taken) != 1 or None in taken:
        return
    for account in matter.facts.contacts.accounts:
        if account.confidence >= _MIN_CONFIDENCE and account.value.isdigit() and account.value not in taken:
            yield f"для счёта {account.value} показание в письме не найдено"


def _of_others(matter: LetterWithReadings) -> Iterator[str]:
    """A table of other people's accounts beside a reading in the text: a house's own meter, and its flats for nobody's bill?"""
    readings = matter.readings.accepted
    in_files = {
        reading.account for reading in readings if all(span.part.startswith(_FILE) for span in reading.spans)
    }
    in_text = {
        reading.account
        for reading in readings
        if any(not span.part.startswith(_FILE) for span in reading.spans)
    }
    if in_text and len(in_files) > 1 and not in_text & in_files:
        yield "во вложении показания по другим счетам, чем в тексте: чьи они и для чего присланы?"


def _is_answered(sentence: ExtractedValue[str], row: AnswerRule, matter: LetterInContext) -> bool:
    """Is the sentence the very question that the row answers: by its patterns, or as a plain question of its topic?"""
    if row.asks:
        return asks_for_row(row, fold_case(sentence.value))
    if row.when == STANDING:  # the wish that the rows of delivery know by their patterns
        return any(
            asks_for_row(wish, fold_case(sentence.value)) for wish in matter.rulebook.answers if wish.sets
        )
    topic = row.when.removeprefix("topic:")
    if topic == row.when:
        return False
    return any(
        question.value in {topic, ASIDE, *COURTESY} and question.spans == sentence.spans
        for question in matter.facts.plain_questions
    )


def _is_named(sentence: ExtractedValue[str], answered: str) -> bool:
    """A subject that only names what the answered question asks: «Вопрос», «Re: Оплата»."""
    if not answered or any(span.part != "subject" for span in sentence.spans):
        return False
    asked = {word[:_STEM] for word in _WORD.findall(fold_case(answered))} | _NAMES_OF_QUESTIONS
    words = _WORD.findall(fold_case(sentence.value))
    return len(words) <= _MAX_WORDS and all(len(word) < _STEM or word[:_STEM] in asked for word in words)


_MIN_CONFIDENCE = 0.8  # of an account
_FILE = "attachment:"
_WORD = re.compile(r"[^\W\d_]+")
_STEM = 4  # letters that the forms of a word share: «оплата», «оплатить»
_MAX_WORDS = 4  # words of a subject that names its matter and says nothing of it
_NAMES_OF_QUESTIONS = frozenset({"вопр", "прос", "обра"})
_BLANKS_AND_MARKS = re.compile(r"[\s>|]+")


def _is_known(sentence: ExtractedValue[str], matter: LetterInContext) -> bool:
    """Quoted words of an earlier letter of this conversation, the client's or ours: they had a case of their own."""
    if not all(matter.letter.role_at(span) is SegmentRole.QUOTED for span in sentence.spans):
        return False
    words = _joined(sentence.value)
    return any(
        words in _joined(text) for case in matter.context.earlier for text in (case.text, case.answer) if text
    )


def _joined(text: str) -> str:
    return _BLANKS_AND_MARKS.sub(" ", fold_case(text)).strip()
