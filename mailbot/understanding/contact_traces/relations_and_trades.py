"""Who the writer is to a person whom the company may know, or by trade: «жена вашего слесаря», «я здесь почтальон»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailbot.understanding.contact_traces.noun_phrases import around, head_after, is_adjective, may_be, of
from mailbot.understanding.contact_traces.trace_vocabulary import TraceWords
from mailbot.understanding.contact_traces.unexplained_words import TraceToken
from mailbot.understanding.names.name_parts import is_only_first_name
from mailbot.understanding.text.morphology import lemmas

_WORKS = frozenset("работать трудиться служить подрабатывать устроиться".split())
_SPEAKERS = frozenset("я мы пишет пишут пишу беспокоит обращается обращаюсь".split())
_HERE = frozenset("здесь тут сам сама ведь же всего лишь не вам вот это к".split())
_ELDER = frozenset("старший ответственный главный уполномоченный".split())
_BY_HOUSE = frozenset(
    "дом подъезд этаж корпус улица двор секция барак квартал микрорайон поселок общежитие".split()
)
_YOURS = frozenset({"ваш", "твой"})

KIN = "родня или знакомые человека, которого компания может знать"
TRADE = "кем назван пишущий"


def relation_traces(sentence: Sequence[TraceToken], words: TraceWords) -> Iterator[tuple[str, TraceToken]]:
    """Each word by which somebody may know the writer, in the order of the sentence."""
    for at, token in enumerate(sentence):
        if _is_of_somebody(sentence, at, words) or _works_here(sentence, at, words):
            yield KIN, token
        elif _is_elder(sentence, at) or _names_a_trade(sentence, at, words):
            yield TRADE, token


def _is_of_somebody(sentence: Sequence[TraceToken], at: int, words: TraceWords) -> bool:
    """«жена вашего слесаря», «мама Серёжи», «мой сын ваш кочегар», but not «мама двоих детей», nor «мама Серёжи» alone."""
    token, head = sentence[at], head_after(sentence, at)
    if (
        not (of(token, words.relatives) and may_be(token, "NOUN"))
        or head is None
        or of(head, words.relatives)
    ):
        return False
    near_us = any(of(token, words.offices | _YOURS) or token.folded == "вас" for token in sentence)
    named = near_us and is_only_first_name(head.folded) and may_be(head, "Name", "gent")
    other = may_be(head, "anim", "gent") and not of(head, words.everybody) and not may_be(head, "Name")
    yours = any(of(token, _YOURS) for token in sentence[at + 1 : at + 3])
    return named or other or (yours and of(head, words.staff) and may_be(head, "nomn"))


def _works_here(sentence: Sequence[TraceToken], at: int, words: TraceWords) -> bool:
    """«сын работает у вас», «я работаю в котельной»; an office that works does not count."""
    if not (of(sentence[at], _WORKS) and may_be(sentence[at], "VERB")):
        return False
    near = around(sentence, at)
    folded = [token.folded for token in near]
    here = any(first == "у" and second == "вас" for first, second in pairwise(folded))
    here = here or any(of(token, words.offices) and may_be(token, "loct") for token in near)
    who = may_be(sentence[at], "VERB", "1per") or any(
        (of(token, words.relatives) and may_be(token, "nomn"))
        or token.folded in ("я", "который", "которая", "мы")
        or is_only_first_name(token.folded)
        for token in sentence[:at]
    )
    return here and who


def _is_elder(sentence: Sequence[TraceToken], at: int) -> bool:
    """«старшая по дому», «ответственный за подъезд»."""
    if not of(sentence[at], _ELDER) or not may_be(sentence[at], "nomn"):
        return False
    follows = sentence[at + 1 : at + 4]
    return bool(follows) and any(of(token, _BY_HOUSE) for token in follows[:2])


def _names_a_trade(sentence: Sequence[TraceToken], at: int, words: TraceWords) -> bool:
    """«я здесь почтальон», «пишет учительница», «как домком»; what everybody may be tells nobody apart."""
    token = sentence[at]
    if not may_be(token, "NOUN", "anim", "nomn", "sing") or is_only_first_name(token.folded):
        return False
    if lemmas(token.folded) & words.everybody or of(token, words.relatives):
        return False
    for word in reversed(sentence[max(0, at - 4) : at]):
        if word.folded in _SPEAKERS:
            return True
        if word.folded == "как":
            return not any(token.folded in ("так", "же") for token in sentence[max(0, at - 4) : at])
        if not (is_adjective(word) or word.folded in _HERE):
            return False
    return False
