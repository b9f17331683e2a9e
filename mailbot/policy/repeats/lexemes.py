"""What a Russian word is in itself: its dictionary form, and whether it says anything by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from mailbot.language.dictionary import parse_word

MAX_WORD_LENGTH = 40


class WordSort(StrEnum):
    """Whether a word says anything by itself."""

    FUNCTION = "function"  # joins words; says nothing by itself
    NUMERAL = "numeral"  # told by `figures`
    TELLING = "telling"  # all else


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`time` is a verb's tense or mood, empty for other words."""

    lemma: str
    sort: WordSort
    time: str


@lru_cache(maxsize=50_000)
def lexeme(word: str) -> Lexeme:
    """The likeliest reading of a folded word."""
    word = word[:MAX_WORD_LENGTH]
    parse = parse_word(word)[0]
    lemma = parse.normal_form.replace("ё", "е")
    time = next((tense for tense in ("past", "futr", "pres", "impr") if tense in parse.tag), "")
    return Lexeme(lemma, _sort(lemma, parse.tag), time)


_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"})
_AUXILIARY = frozenset({"быть", "есть", "бывать", "мочь", "стать", "являться"})


def _sort(lemma: str, tag: Any) -> WordSort:
    part = str(tag.POS)
    if part in _FUNCTION or "Apro" in tag or lemma in _AUXILIARY:
        return WordSort.FUNCTION
    if part == "NUMR" or "Anum" in tag or lemma in ("тысяча", "миллион"):
        return WordSort.NUMERAL
    return WordSort.TELLING
