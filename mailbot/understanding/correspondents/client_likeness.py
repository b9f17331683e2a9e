"""Does it look like a client's letter: several signs of advertising against a client's own words.

NO needs a clear sum of signs and not one word of a client; the press, bailiffs, job seekers and
suppliers with a bill ask something of the company and are never NO.
"""

from __future__ import annotations

import re

from mailbot.model import (
    Certainty,
    Contacts,
    Judgement,
    Letter,
    Reading,
    Rulebook,
    Span,
)
from mailbot.model.letter.writer import is_from_own_form, is_internal_letter
from mailbot.understanding.patterns.word_cues import cue_spans, distinct
from mailbot.understanding.text.morphology import share_of
from mailbot.understanding.text.passages import Passage

_STRONG, _WEAK = 2, 1
_ENOUGH_FOR_NO, _ENOUGH_FOR_DOUBT = 3, 2
_GREETING = 120
"""Characters in which a letter greets."""
_SURELY = 0.5
_WORD = re.compile(r"[а-я]{5,}")
_LOOKED = (
    "признаки рекламы и рассылки",
    "слова клиента: лицевой счёт, показания, просьба",
    "контактные данные",
)


def judge_client(
    letter: Letter,
    texts: tuple[Passage, ...],
    contacts: Contacts,
    readings: tuple[Reading, ...],
    rulebook: Rulebook,
) -> Judgement:
    """YES, NO or DOUBT, with the signs seen and the reason in Russian for staff."""
    own = rulebook.channels.own_addresses
    if letter.from_.email not in own:
        return _by_the_words(texts, contacts, readings, rulebook)
    if not is_from_own_form(letter, own) and not is_internal_letter(letter, own):
        return Judgement(Certainty.NO, "письмо пришло с нашего собственного адреса", (), _LOOKED)
    judged = _by_the_words(texts, contacts, readings, rulebook)
    if judged.answer is not Certainty.YES:
        return judged
    because = "письмо пришло с нашего адреса, но похоже на форму сайта, которую заполнил клиент"
    return Judgement(Certainty.DOUBT, because, judged.spans, _LOOKED)


def _by_the_words(
    texts: tuple[Passage, ...], contacts: Contacts, readings: tuple[Reading, ...], rulebook: Rulebook
) -> Judgement:
    signs, weight = _weigh(texts, rulebook)
    own = tuple(
        sorted({*cue_spans(rulebook.words("client"), texts), *cue_spans(rulebook.words("to_us"), texts)})
    )
    own_count = distinct(own, texts) + 2 * bool(contacts.accounts or readings) + bool(contacts.addresses)
    if weight < _ENOUGH_FOR_DOUBT:
        return Judgement(Certainty.YES, "признаков рекламы или рассылки нет", (), _LOOKED)
    if weight >= _ENOUGH_FOR_NO and addresses_a_person(texts):
        because = "есть признаки рекламы, но письмо обращено к человеку по имени-отчеству: возможно, с ним уже говорили"
        return Judgement(Certainty.DOUBT, because, signs, _LOOKED)
    if weight >= _ENOUGH_FOR_NO and own_count == 0:
        return Judgement(
            Certainty.NO, "несколько признаков рекламы или рассылки, слов клиента нет", signs, _LOOKED
        )
    if own_count >= weight:
        return Judgement(Certainty.YES, "слова клиента перевешивают похожее на рекламу", own, _LOOKED)
    return Judgement(Certainty.DOUBT, "есть признаки и рекламы, и письма клиента", signs, _LOOKED)


def addresses_a_person(texts: tuple[Passage, ...]) -> bool:
    """Does a text begin by greeting somebody by name and patronymic? Who sends to thousands does not know ours."""
    return any(
        share_of(word, "Patr") >= _SURELY for text in texts for word in _WORD.findall(text.folded[:_GREETING])
    )


def _weigh(texts: tuple[Passage, ...], rulebook: Rulebook) -> tuple[tuple[Span, ...], int]:
    strong = cue_spans(rulebook.words("advertising"), texts)
    weak = cue_spans(rulebook.words("advertising_hint"), texts)
    weight = _STRONG * distinct(strong, texts) + _WEAK * distinct(weak, texts)
    return tuple(sorted({*strong, *weak})), weight
