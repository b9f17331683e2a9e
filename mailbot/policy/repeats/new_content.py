"""Words and figures of a letter that an answered one did not say: every one of them is new (clause 2.2.email.4).

No list of what is news: whoever adds a fact, an objection or a doubt uses a word or a number that stood nowhere before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mailbot.policy.repeats.lexemes import WordSort, lexeme
from mailbot.policy.repeats.numbers_and_dates import figures, tokens

_WORD = re.compile(r"[a-zа-я]+(?:-[a-zа-я]+)*")
_NEGATIONS = frozenset({"не", "ни", "без"})
_TELLING = frozenset(
    "нет ни без вместо кроме против после перед никто ничто никогда нигде хотя однако но зато уже еще тоже также только лишь"
    " другой сам самый тот кто что где куда когда почему зачем как сколько чей откуда отчего если".split()
)
"""Function words that change what is said: they too must have stood in the answered letter."""


@dataclass(frozen=True, slots=True)
class StatedWord:
    """A word at `start`..`end` and what it is compared by: dictionary form, tense, denial."""

    start: int
    end: int
    key: str


def find_unsaid(text: str, answered: str) -> Iterator[tuple[int, int]]:
    """The places in a folded text of what the folded `answered` text does not say, in its order."""
    known, numbers = keys(answered), tokens(answered)
    counted = figures(text)
    places = [
        (figure.start, figure.end)
        for figure in counted
        if figure.token not in numbers and figure.also not in numbers
    ]
    for word in content_words(text):
        inside = any(figure.start <= word.start < figure.end for figure in counted)
        if not inside and word.key not in known:
            places.append((word.start, word.end))
    yield from sorted(places)


def content_words(text: str) -> Iterator[StatedWord]:
    """The words of a folded text that say something; «не» belongs to the word it denies."""
    denied = ""
    for match in _WORD.finditer(text):
        word = match.group()
        if word in _NEGATIONS:
            denied = "не "
            continue
        meant = lexeme(word)
        if meant.sort is WordSort.FUNCTION and meant.lemma not in _TELLING and not denied:
            continue
        yield StatedWord(match.start(), match.end(), f"{denied}{meant.lemma} {meant.time}")
        denied = ""


def matter_keys(text: str) -> frozenset[str]:
    """The keys of a folded text without its function words: what of it must be said again."""
    return frozenset(key for key in keys(text) if key.split()[0] not in _TELLING)


@lru_cache(maxsize=256)
def keys(text: str) -> frozenset[str]:
    """What all words of a folded text are compared by."""
    return frozenset(word.key for word in content_words(text))
