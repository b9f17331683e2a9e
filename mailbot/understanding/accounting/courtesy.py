"""Greetings, wishes and signatures by their form, whatever their words: nobody can list what people wish one another.

A wish gives things in the genitive («мирного неба и достойных зарплат вам!») or congratulates on something in the
instrumental («с наступающей весной вас!»); a greeting names those who are greeted; a signature says who somebody is.
None of them tells, asks, denies or compares, and none names a thing of the company's trade: where one does, a person reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from mailbot.understanding.accounting.vocabulary import Vocabulary
from mailbot.understanding.morphology import forms, is_known

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TELLS = re.compile(
    r"(?<!\w)(?:не|нет|ни|без|никак|нельзя|но|а|чтоб|чтобы|если|хотя|только|однако|зато|что|как|когда|котор\w+|пока|где|куда|почему|зачем"
    r"|опять|снова|еще|уже|наконец|побольше|поменьше|больше|меньше)(?!\w)|[?\d%°₽$€]"
)
"""What turns a wish or a greeting into a matter: denial, comparison, a clause of its own, a number."""

_WISHES = frozenset({"желаю", "желаем", "поздравляю", "поздравляем"})
_TO_YOU = frozenset(
    {
        "вам",
        "вас",
        "всем",
        "всех",
        "тебе",
        "ваш",
        "ваша",
        "ваше",
        "вашим",
        "вашей",
        "вашему",
        "вашего",
        "ваших",
    }
)
_GREETS = re.compile(
    r"^\W*(?:здравствуй(?:те)?|здраст\w+|здрасьте|приветству\w+|привет|салют|доброго?е?|добрый|доброй|уважаем\w+|глубокоуважаем\w+|дорог\w+|мил\w+)(?!\w)"
)
_OURS = frozenset(
    {
        "администрация",
        "бухгалтерия",
        "компания",
        "организация",
        "служба",
        "отдел",
        "контора",
        "коллектив",
        "дирекция",
        "руководство",
        "экострой",
    }
)
"""Those of the company who are no persons to a dictionary."""

_LONGEST = 16
"""Words of a courtesy: whoever writes more tells something."""


def is_courtesy(folded: str, trade: re.Pattern[str], plain: Vocabulary) -> bool:
    """Is the folded sentence a greeting or a wish? `trade` finds words of the company's trade, which no courtesy names."""
    words = _WORD.findall(folded)
    if not words or len(words) > _LONGEST or _TELLS.search(folded) or trade.search(folded):
        return False
    return _is_wish(words, plain) or (
        _GREETS.match(folded) is not None and _all(words, _may_be_greeted, plain)
    )


def _is_wish(words: Sequence[str], plain: Vocabulary) -> bool:
    """To somebody, of something; a congratulation has «с» before it."""
    rest = [word for word in words if word not in _WISHES]
    congratulates = "с" in words or "со" in words
    if len(rest) == len(words) and not _TO_YOU & set(words):
        return False
    return _all(rest, _may_be_congratulated_on if congratulates else _may_be_wished, plain)


def is_who(folded: str, trade: re.Pattern[str], plain: Vocabulary) -> bool:
    """Does the sentence only say who somebody is: «психолог, мама двоих сыновей», «баба Шура», «ветеран труда»?"""
    words = _WORD.findall(folded)
    if not words or len(words) > _SHORT or _TELLS.search(folded) or trade.search(folded):
        return False
    names = [word for word in words if _is_person(word)]
    return bool(names) and _all(words, _may_stand_in_a_signature, plain)


_SHORT = 7


def _all(words: Sequence[str], fits: Callable[[str], bool], plain: Vocabulary) -> bool:
    return all(plain.holds(word) or fits(word) for word in words)


@lru_cache(maxsize=20_000)
def _may_be_wished(word: str) -> bool:
    """A noun or an adjective in the genitive, or those whom it is wished, in the dative; never a verb."""
    return _is_nominal(word, "gent", "datv")


@lru_cache(maxsize=20_000)
def _may_be_congratulated_on(word: str) -> bool:
    """In the instrumental, with what belongs to it in the genitive, and those who are congratulated."""
    return _is_nominal(word, "ablt", "gent", "datv")


@lru_cache(maxsize=20_000)
def _may_be_greeted(word: str) -> bool:
    """People in the nominative, what they belong to in the genitive, the company's own parts."""
    if word in _OURS:
        return True
    likely = forms(word)
    people = any({"NOUN", "anim", "nomn"} <= form for form in likely)
    return (
        people
        or any({"ADJF", "nomn"} <= form or {"PRTF", "nomn"} <= form for form in likely)
        or _is_nominal(word, "gent")
    )


@lru_cache(maxsize=20_000)
def _may_stand_in_a_signature(word: str) -> bool:
    return (
        _is_person(word) or _is_nominal(word, "gent") or any({"ADJF", "nomn"} <= form for form in forms(word))
    )


def _is_person(word: str) -> bool:
    return any({"NOUN", "anim", "nomn"} <= form for form in forms(word))


def _is_nominal(word: str, *cases: str) -> bool:
    """May the word be a noun or an adjective in one of the cases, and is it known and likely no verb at all?"""
    likely = forms(word)
    if not is_known(word) or {"VERB", "INFN", "GRND", "PRTS", "ADJS"} & likely[0]:
        return False
    return any(({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"} & form) and (set(cases) & form) for form in likely)
