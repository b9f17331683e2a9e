"""What a Russian word is in itself: its dictionary form, and whether it tells an event, a thing or a wish."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

LONGEST_WORD = 40


class Sort(StrEnum):
    """What a word adds to a letter if nobody has said it before."""

    FUNCTION = "function"  # joins words; says nothing by itself
    NUMERAL = "numeral"  # told by `figures`
    PAST = "past"  # one person or thing did something: «пришла», «отказал»
    EVENT = "event"  # what goes on, or was done by you or them: «течёт», «начислили», «опломбирован»
    THING = "thing"
    WISH = "wish"  # «верните», «платить», «плачу», «снимете»: asked for, or the writer's habit
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`known` tells whether the dictionary holds the word in this very form; `time` is a verb's tense or mood."""

    lemma: str
    sort: Sort
    known: bool
    time: str


@cache
def _analyzer() -> Any:
    import pymorphy3  # 0.1–0.3 s to open: only letters with an earlier answer pay for it

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def lexeme(word: str) -> Lexeme:
    """The likeliest reading of a folded word."""
    word = word[:LONGEST_WORD]
    parse = _analyzer().parse(word)[0]
    lemma = parse.normal_form.replace("ё", "е")
    time = next((one for one in ("past", "futr", "pres", "impr") if one in parse.tag), "")
    return Lexeme(lemma, _sort(lemma, parse.tag), bool(_analyzer().word_is_known(word)), time)


_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"})
_AUXILIARY = frozenset({"быть", "есть", "бывать", "мочь", "стать", "являться"})
_QUALITY = frozenset({"ADJF", "ADJS", "PRTF", "ADVB"})


def _sort(lemma: str, tag: Any) -> Sort:
    part = str(tag.POS)
    if part in _FUNCTION or "Apro" in tag or lemma in _AUXILIARY:
        return Sort.FUNCTION
    if part == "NUMR" or "Anum" in tag or lemma in ("тысяча", "миллион"):
        return Sort.NUMERAL
    if part in ("PRTS", "GRND"):
        return Sort.EVENT
    if part == "INFN":
        return Sort.WISH
    if part == "VERB":
        return _verb(tag)
    return Sort.QUALITY if part in _QUALITY else Sort.THING  # a comparison («хуже») is a finding


def _verb(tag: Any) -> Sort:
    if "past" in tag:
        return Sort.EVENT if "plur" in tag else Sort.PAST
    return Sort.EVENT if "3per" in tag else Sort.WISH
