"""The terms of a letter: n-grams of two to four characters inside words, edges marked by a space (char_wb), and its
words by their dictionary form, alone and in pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, pairwise

from mailbot.language import dictionary
from mailbot.understanding.text.passages import Passage

MIN_NGRAM, MAX_NGRAM = 2, 4
MAX_WORDS = 500
"""Words looked at: what a letter wants is said by then, and a long contract costs no more than a letter."""

_WORD = re.compile(r"[^\W\d_]+|\d+|[?!]")
_DIGIT = re.compile(r"\d")
_OF_WORD, _OF_SUBJECT = "w:", "s:"
_LONG = 40
"""A longer word is none."""
_AGAIN = re.compile(r"(.)\1{2,}")


def ngrams(texts: Iterable[Passage]) -> tuple[tuple[str, ...], ...]:
    """The n-grams of each word of the passages; digits count as `0`, a character thrice or more as thrice."""
    grams: list[tuple[str, ...]] = []
    left = MAX_WORDS
    for text in texts:
        words = text.folded.split(None, left)[:left]
        left -= len(words)
        grams += map(of_word, words)
    return tuple(grams)


def words(texts: Iterable[Passage]) -> Counter[str]:
    """How often each word and each pair of neighbours stands in the passages; once more apart for the subject's."""
    counts: Counter[str] = Counter()
    left = MAX_WORDS
    for text in texts:
        forms = [dictionary_form(match[0]) for match in islice(_WORD.finditer(text.folded), left)]
        left -= len(forms)
        counts.update(f"{_OF_WORD}{form}" for form in forms)
        counts.update(f"{_OF_WORD}{form} {other}" for form, other in pairwise(forms))
        if text.part == "subject":
            counts.update(f"{_OF_SUBJECT}{form}" for form in forms)
    return counts


@lru_cache(maxsize=50_000)
def dictionary_form(word: str) -> str:
    """«батареями» is «батарея»; of a number only how long it is."""
    if word[0].isdigit():
        return "0" * min(len(word), 4)
    return (
        str(dictionary.parse_word(word)[0].normal_form)
        if word[0].isalpha() and len(word) <= _LONG
        else word[:1]
    )


@lru_cache(maxsize=20_000)
def of_word(word: str) -> tuple[str, ...]:
    """The n-grams of one folded word."""
    plain = _AGAIN.sub(r"\1\1\1", _DIGIT.sub("0", word[:40]))
    edged = f" {plain} "
    return tuple(
        edged[at : at + length]
        for length in range(MIN_NGRAM, MAX_NGRAM + 1)
        for at in range(max(0, len(edged) - length + 1))
    )
