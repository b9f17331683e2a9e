"""The dictionary of Russian words (OpenCorpora by pymorphy3): opened once a process, at the first word looked up."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

REPLACEMENT_CHARACTER = "\ufffd"
"""Stands for a letter without a name in Unicode's table: pymorphy3 raises ValueError over «𗀀» (Tangut)."""


@cache
def _analyzer() -> Any:  # pymorphy3 has no types
    import pymorphy3  # 0.1–0.3 s and 30 MB: only letters with Russian words pay for it

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def parse_word(word: str) -> tuple[Any, ...]:
    """Every reading of the word in whatever case, the likeliest first, as pymorphy3 gives them; never empty."""
    return tuple(_analyzer().parse(_named(word.lower())))


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Does the dictionary hold the word, in whatever case, in this very form?"""
    return bool(_analyzer().word_is_known(word.lower()))


def _named(word: str) -> str:
    if word.isascii() or all(unicodedata.name(sign, "") for sign in word):
        return word
    return "".join(sign if unicodedata.name(sign, "") else REPLACEMENT_CHARACTER for sign in word)
