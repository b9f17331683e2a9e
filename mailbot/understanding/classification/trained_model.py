"""The trained model over a letter: its terms, their sum for every label, and the probability of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import exp, log, sqrt
from typing import TypeVar

from mailbot.model import Classifier, ClassifierTerm, Span
from mailbot.understanding.classification.ngram_terms import MAX_WORDS, of_word
from mailbot.understanding.text.passages import Passage

MAX_TELLING = 4
_WORD = re.compile(r"\S*\w\S*")
Key = TypeVar("Key", str, int)
"""What a term is called: by its name, or by its row."""


@dataclass(frozen=True, slots=True)
class LetterFeatures:
    """What the model sees of a letter: the n-grams of each of its words, counts of words, and signals, each from 0 to 1."""

    grams: tuple[tuple[str, ...], ...]
    words: Counter[str]
    signals: tuple[tuple[str, float], ...]

    @property
    def ngrams(self) -> Counter[str]:
        """How often each n-gram stands in the letter."""
        return Counter(chain.from_iterable(self.grams))


def term_values(features: LetterFeatures, terms: Mapping[str, ClassifierTerm]) -> dict[str, float]:
    """The value of every known term: (1 + ln count) × idf over the length of its vector, n-grams and words each for
    themselves; signals as they are.

    Training reads letters so; scoring says the same of the rows of a model (`_row_values`).
    """
    ngrams, words = (
        {term: count for term, count in counts.items() if term in terms}
        for counts in (features.ngrams, features.words)
    )
    values = _unit_vector(ngrams, lambda term: terms[term].idf) | _unit_vector(
        words, lambda term: terms[term].idf
    )
    values.update((name, value) for name, value in features.signals if value and name in terms)
    return values


def _row_values(features: LetterFeatures, classifier: Classifier) -> dict[int, float]:
    """`term_values` by the rows of a model: of a word that was met before these are known."""
    ngrams = Counter(chain.from_iterable(map(classifier.rows_of, features.grams)))
    row_of = classifier.row_of.get
    words = {row: count for term, count in features.words.items() if (row := row_of(term)) is not None}
    idf = classifier.idfs.__getitem__
    values = _unit_vector(ngrams, idf) | _unit_vector(words, idf)
    values.update(
        (row, value) for name, value in features.signals if value and (row := row_of(name)) is not None
    )
    return values


def _unit_vector(counts: Mapping[Key, int], idf: Callable[[Key], float]) -> dict[Key, float]:
    values = {
        term: (1 + log(count)) * idf(term) if count > 1 else idf(term) for term, count in counts.items()
    }
    length = sqrt(sum(value * value for value in values.values())) or 1.0
    return {term: value / length for term, value in values.items()}


def probabilities(features: LetterFeatures, classifier: Classifier) -> dict[str, float]:
    """The calibrated probability of every label's yes."""
    scores = classifier.scores(_row_values(features, classifier))
    return {
        label.name: probability(label.slope * score + label.offset)
        for label, score in zip(classifier.labels, scores, strict=True)
    }


def telling_words(texts: Iterable[Passage], classifier: Classifier, label: str) -> tuple[Span, ...]:
    """The few words whose n-grams speak most for a label: the evidence where no cue of a word list stands."""
    weighed = []
    for text in texts:
        for word in list(_WORD.finditer(text.folded))[:MAX_WORDS]:
            weight = classifier.speaks_for(label, of_word(word[0]))
            weighed.append((-weight, text.span(word.start(), word.end())))
    return tuple(sorted(span for weight, span in sorted(weighed)[:MAX_TELLING] if weight < 0))


def probability(score: float) -> float:
    """The logistic function, without overflow."""
    if score >= 0:
        return 1 / (1 + exp(-min(score, 500.0)))
    power = exp(max(score, -500.0))
    return power / (1 + power)
