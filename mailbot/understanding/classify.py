"""The trained model over a letter: its terms, their sum for every label, and the probability of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TypeVar

from mailbot.model import Classifier, Span, Term
from mailbot.understanding.passages import Passage
from mailbot.understanding.terms import MOST_WORDS, of_word

MOST_TELLING = 4
_WORD = re.compile(r"\S*\w\S*")
Key = TypeVar("Key", str, int)
"""What a term is called: by its name, or by its row."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the model sees of a letter: counts of n-grams and of words, and signals, each from 0 to 1."""

    ngrams: Counter[str]
    words: Counter[str]
    signals: tuple[tuple[str, float], ...]


def term_values(features: Features, terms: Mapping[str, Term]) -> dict[str, float]:
    """The value of every known term: (1 + ln count) × idf over the length of its vector, n-grams and words each for
    themselves; signals as they are.

    Training and scoring both read letters through this function, so they cannot drift apart.
    """
    return _values(features, lambda name: (name, terms[name].idf) if name in terms else None)


def _values(features: Features, known: Callable[[str], tuple[Key, float] | None]) -> dict[Key, float]:
    """`known` tells of a term by what it is called, and its idf."""
    values = _unit_vector(features.ngrams, known) | _unit_vector(features.words, known)
    values.update(
        (found[0], value) for name, value in features.signals if value and (found := known(name)) is not None
    )
    return values


def _unit_vector(counts: Counter[str], known: Callable[[str], tuple[Key, float] | None]) -> dict[Key, float]:
    values = {
        found[0]: (1 + log(count)) * found[1] if count > 1 else found[1]
        for term, count in counts.items()
        if (found := known(term)) is not None
    }
    length = sqrt(sum(value * value for value in values.values())) or 1.0
    return {term: value / length for term, value in values.items()}


def probabilities(features: Features, classifier: Classifier) -> dict[str, float]:
    """The calibrated probability of every label's yes."""
    scores = classifier.scores(_values(features, classifier.known.get))
    return {
        label.name: probability(label.slope * score + label.offset)
        for label, score in zip(classifier.labels, scores, strict=True)
    }


def telling_words(texts: Iterable[Passage], classifier: Classifier, label: str) -> tuple[Span, ...]:
    """The few words whose n-grams speak most for a label: the evidence where no cue of a word list stands."""
    speaks = classifier.speaking_for(label)
    weighed = []
    for text in texts:
        for word in list(_WORD.finditer(text.folded))[:MOST_WORDS]:
            weight = sum(speaks.get(gram, 0.0) for gram in of_word(word[0]))
            weighed.append((-weight, text.span(word.start(), word.end())))
    return tuple(sorted(span for weight, span in sorted(weighed)[:MOST_TELLING] if weight < 0))


def probability(score: float) -> float:
    """The logistic function, without overflow."""
    if score >= 0:
        return 1 / (1 + exp(-min(score, 500.0)))
    power = exp(max(score, -500.0))
    return power / (1 + power)
