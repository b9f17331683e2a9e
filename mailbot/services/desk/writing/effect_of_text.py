"""What a text does to its case: the letters and phrases of the house are known by their words, a person's own is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from mailbot.composing import MailTemplates, classify_non_answer
from mailbot.model import ReplyEffect, RequestRefused
from mailbot.services.desk.case_file.told_readings import as_written
from mailbot.services.desk.writing.proposed_letter import mail_view
from mailbot.store import StoreTransaction
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.review_queue import CaseReading, QueueLine


class ClosingInsistence(StrEnum):
    """How firmly a person wants a case closed by a text of their own."""

    ASKED = "asked"  # closed, unless the text seems to answer nothing: then they are asked once more
    ENCLOSING = "enclosing"  # papers go along: they answer, whatever is written over them
    INSISTED = "insisted"  # they were asked, and it is an answer all the same


class AnswerLacksSubstance(RequestRefused):
    """A person's own text seems to answer nothing: they are asked once more. `does`: what it seems to do instead."""

    def __init__(self, does: ReplyEffect) -> None:
        super().__init__(_WHY[does])
        self.does = does


_WHY = {
    ReplyEffect.ASKS: "Похоже, это не ответ, а вопрос клиенту. Если закрыть обращение, срок будет считаться выполненным, "
    "а клиент останется без ответа.",
    ReplyEffect.ACKNOWLEDGES: "Похоже, это не ответ по существу: текст только здоровается, подтверждает получение или обещает "
    "ответить. Если закрыть обращение, клиент останется без ответа.",
}
INSISTED = "сотрудник закрыл обращение, хотя программа не нашла в тексте ответа по существу"
"""The line of the log that tells of a person's insisting."""


def determine_effect(
    text: str, line: QueueLine, readings: Iterable[CaseReading], templates: MailTemplates, now: datetime
) -> ReplyEffect | None:
    """What the text does: one of the house, word for word, what it says; a person's own as far as it answers nothing.

    None where the words are a person's own and may answer.
    """
    known = tuple(_known(line, tuple(readings), templates, now))
    return _of_the_house(text, known) or _of_a_person(text, line, known)


def check_closing(
    transaction: StoreTransaction,
    case_id: int,
    text: str,
    templates: MailTemplates,
    now: datetime,
    closing: ClosingInsistence,
) -> bool:
    """RequestRefused where a text of the house only acknowledges or asks: such a letter closes nothing (clause 2.2.email.4).

    AnswerLacksSubstance where a person's own text seems to do no more, and they have not insisted; True where they have.
    """
    line, readings = review_queue.line_of(transaction, case_id), review_queue.readings(transaction, case_id)
    shown = (readings, as_written(readings, summaries.judged(transaction, line.reference), ""))
    known = tuple(
        effect
        for shown_readings in dict.fromkeys(shown)
        for effect in _known(line, shown_readings, templates, now)
    )
    if (does := _of_the_house(text, known)) is not None:
        if does is ReplyEffect.ANSWERS:
            return False
        raise RequestRefused(
            "Этот текст не отвечает по существу: он только подтверждает, обещает или спрашивает. "
            "Отправьте его, не закрывая обращение, или допишите ответ."
        )
    return _insisted(_of_a_person(text, line, known), closing)


def check_told_closing(
    transaction: StoreTransaction, case_id: int, text: str, closing: ClosingInsistence
) -> bool:
    """The same of what a client is said to have been told by telephone, in person or on paper."""
    return _insisted(_of_a_person(text, review_queue.line_of(transaction, case_id), ()), closing)


def _insisted(does: ReplyEffect | None, closing: ClosingInsistence) -> bool:
    if does is None or closing is ClosingInsistence.ENCLOSING:
        return False
    if closing is ClosingInsistence.ASKED:
        raise AnswerLacksSubstance(does)
    return True


def _of_the_house(text: str, known: Iterable[tuple[ReplyEffect, str]]) -> ReplyEffect | None:
    wanted = _plain(text)
    return next((effect for effect, words in known if wanted and _plain(words) == wanted), None)


def _of_a_person(text: str, line: QueueLine, known: Iterable[tuple[ReplyEffect, str]]) -> ReplyEffect | None:
    return classify_non_answer(text, f"{line.subject}\n{line.snippet}", known) if text.strip() else None


def _known(
    line: QueueLine, readings: tuple[CaseReading, ...], templates: MailTemplates, now: datetime
) -> Iterator[tuple[ReplyEffect, str]]:
    view = mail_view(line, readings, templates, now)
    for snippet in templates.snippets:
        yield snippet.does, templates.phrase(snippet, view)
    for name, effect in templates.effects.items():
        if effect is not ReplyEffect.ANSWERS:  # those that answer may need what only the ledger knows
            yield effect, templates.words(name, view)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
