"""The n-grams of a letter: two to four characters inside words, edges marked by a space (char_wb)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from mailbot.understanding.passages import Passage

SHORTEST, LONGEST = 2, 4
MOST_WORDS = 500
"""Words looked at: what a letter wants is said by then, and a long contract costs no more than a letter."""

_DIGIT = re.compile(r"\d")
_AGAIN = re.compile(r"(.)\1{2,}")


def ngrams(texts: Iterable[Passage]) -> Counter[str]:
    """How often each n-gram stands in the passages; digits count as `0`, a character thrice or more as thrice."""
    found: Counter[str] = Counter()
    left = MOST_WORDS
    for text in texts:
        words = text.folded.split(None, left)[:left]
        left -= len(words)
        for word in words:
            found.update(of_word(word))
    return found


@lru_cache(maxsize=20_000)
def of_word(word: str) -> tuple[str, ...]:
    """The n-grams of one folded word."""
    plain = _AGAIN.sub(r"\1\1\1", _DIGIT.sub("0", word[:40]))
    edged = f" {plain} "
    return tuple(
        edged[at : at + length]
        for length in range(SHORTEST, LONGEST + 1)
        for at in range(max(0, len(edged) - length + 1))
    )
