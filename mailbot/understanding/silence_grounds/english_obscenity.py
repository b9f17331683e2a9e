"""English obscenity, judged by a trained model that is loaded only for an English passage with a word that may be obscene.

The model (`profanity_check`) takes seconds to import, a hundred megabytes, and is blind to Cyrillic, so letters in
Russian, and Russian in Latin letters, must never reach it. Of the words that it knows it calls few obscene by themselves:
they stand in `obscene_english`, so that the returned letters and notices that come every day do not load it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mailbot.language.obscene_english import OBSCENE_ENGLISH_WORDS
from mailbot.model import Span
from mailbot.understanding.text.passages import Passage

_LATIN_WORD = re.compile(r"[a-z']+")
_CYRILLIC = re.compile(r"[а-я]")
_STOPWORDS = frozenset(
    word
    for words in (
        "the and you your is are of to in for with this that it have has not my we they be on was what why",
        "how do don't i'm it's all will can from our me a",
    )
    for word in words.split()
)
_ENOUGH_WORDS, _STOPWORD_SHARE = 4, 0.2
LOOKED_AT = 2000
"""Characters of a passage."""
OBSCENE = 0.9
"""The model's probability for a whole passage, and for a word."""


def is_english(folded: str) -> bool:
    """Whether a folded text is English: mostly Latin, with the share of function words English has."""
    words = _LATIN_WORD.findall(folded)
    if len(words) < _ENOUGH_WORDS or len(_CYRILLIC.findall(folded)) > sum(map(len, words)) / 4:
        return False
    return sum(word in _STOPWORDS for word in words) >= _STOPWORD_SHARE * len(words)


def obscene_english(texts: tuple[Passage, ...]) -> tuple[Span, ...]:
    """The English words that are obscene by themselves, in passages the model finds obscene."""
    spans: list[Span] = []
    for text in texts:
        suspects = _suspects(text.folded[:LOOKED_AT])
        if suspects and is_english(text.folded) and _probability(text.folded[:LOOKED_AT]) >= OBSCENE:
            spans += [
                text.span(match.start(), match.end())
                for match in suspects
                if _probability(match.group()) >= OBSCENE
            ]
    return tuple(spans)


def _suspects(folded: str) -> list[re.Match[str]]:
    """The words that the model may call obscene by themselves."""
    return [
        match
        for match in _LATIN_WORD.finditer(folded)
        if not OBSCENE_ENGLISH_WORDS.isdisjoint(match[0].split("'"))
    ]


@lru_cache(maxsize=1024)
def _probability(text: str) -> float:
    # Here and not above: importing it loads scikit-learn, 2.6 s that no Russian letter should pay.
    from profanity_check import predict_prob

    return float(predict_prob([text])[0])
