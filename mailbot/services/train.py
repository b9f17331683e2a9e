"""From labelled letters to the model: one logistic regression a label, calibrated on letters it did not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Literal

from mailbot.model import Classifier, Kind, Label, Rulebook, Term
from mailbot.parsing import parse
from mailbot.services.sight import Sight
from mailbot.services.training_letters import TrainingLetter
from mailbot.understanding import PASSES, Features, features_of, term_values

FOLDS = 5
STRENGTH = 8.0
"""C of the regression: chosen among 2, 8 and 16 by letters of eight hands that it had not seen."""

LEAST_LETTERS = 3
"""An n-gram that stands in fewer letters is chance."""

LEAST_EXAMPLES = 10
"""A topic with fewer letters is left to the patterns of `topics.toml`."""

VALUES_FOUND = "=reading"
"""Signals that `PASSES` does not see: it is asked whether the values that were found are meant."""

OF_TOPIC, URGENT = "topic:", "urgent"
"""Labels of what a letter is about begin so; and whether someone must act within hours."""

FAINT_KIND, FAINT_TOPIC = 0.08, 0.6
"""Weights below are left out: they cost time for every letter, and cross-validation does not miss them."""


Weighing = Literal["balanced"] | None


Scores = dict[str, list[float]]
"""For each label the scores of all letters, in their order."""


@dataclass(frozen=True, slots=True)
class Example:
    """A training letter as the model sees it, and the labels that hold for it; `hand` is who wrote it.

    `kinds_alone`: what the letter is about, and whether it is urgent, nobody has said.
    """

    features: Features
    labels: frozenset[str]
    primary: Kind
    kinds: frozenset[Kind]
    hand: str = ""
    kinds_alone: bool = False

    def answers(self, name: str) -> bool:
        """Did a person answer the label's question for this letter?"""
        return not (self.kinds_alone and (name.startswith(OF_TOPIC) or name == URGENT))


def examples(letters: Iterable[TrainingLetter], rulebook: Rulebook, sight: Sight) -> tuple[Example, ...]:
    """Each letter read the real way: as mail, parsed, understood."""
    return tuple(_example(letter, rulebook, sight) for letter in letters)


def _example(letter: TrainingLetter, rulebook: Rulebook, sight: Sight) -> Example:
    features = _seen(features_of(parse(letter.raw()), rulebook), sight)
    labels = {f"primary:{letter.kinds[0]}", *(f"kind:{kind}" for kind in letter.kinds)}
    labels |= {f"{OF_TOPIC}{topic}" for topic in letter.topics or ()} | ({URGENT} if letter.urgent else set())
    labels |= {PASSES} if Kind.READING in letter.kinds else set()
    return Example(
        features,
        frozenset(labels),
        letter.kinds[0],
        frozenset(letter.kinds),
        letter.hand,
        kinds_alone=letter.topics is None,
    )


def _seen(features: Features, sight: Sight) -> Features:
    """What is left of a letter's features under a sight."""
    if sight is Sight.NGRAMS:
        return Features(features.grams, Counter(), ())
    if sight is Sight.WORDS:
        return Features(
            (), Counter(), tuple(pair for pair in features.signals if pair[0].startswith("=cue:"))
        )
    return features


def train(letters: Sequence[Example], unseen: Scores | None = None) -> Classifier:
    """The model of these letters; the same letters in the same order give the same numbers.

    Calibration (Platt 1999) is fitted to the scores of letters that the model of their fold did not see:
    `unseen`, where the caller has found them already (`held_out_scores`).
    """
    names = label_names(letters)
    unseen = held_out_scores(letters, names) if unseen is None else unseen
    terms, weights, intercepts = _fit(letters, names)
    labels = []
    for name, intercept in zip(names, intercepts, strict=True):
        slope, offset = calibrated(name, unseen[name], letters)
        labels.append(Label(name, intercept, slope, offset))
    return Classifier(tuple(labels), _terms(terms, weights, names))


def label_names(letters: Iterable[Example]) -> tuple[str, ...]:
    """Kinds always, `urgent` and topics where there are letters enough; in a fixed order."""
    counts = Counter(label for example in letters for label in example.labels)
    always = [*(f"{of}:{kind}" for of in ("kind", "primary") for kind in Kind), PASSES]
    others = sorted(name for name in counts if name not in always and counts[name] >= LEAST_EXAMPLES)
    return (*always, *others)


def held_out_scores(letters: Sequence[Example], names: Sequence[str]) -> Scores:
    """For every label the score of every letter by the model of the four folds that letter is not in.

    A writer's letters are all in one fold: what a model says of a hand that it knows flatters it. Of fewer writers than
    folds every fifth letter makes a fold.
    """
    hands = {hand: nth for nth, hand in enumerate(sorted({example.hand for example in letters}))}
    fold_of = [
        (hands[example.hand] if len(hands) >= FOLDS else at) % FOLDS for at, example in enumerate(letters)
    ]
    scores = {name: [0.0] * len(letters) for name in names}
    for fold in range(FOLDS):
        seen = [example for at, example in enumerate(letters) if fold_of[at] != fold]
        terms, weights, intercepts = _fit(seen, names)
        weighed = _terms(terms, weights, names)
        for at, example in enumerate(letters):
            if fold_of[at] == fold:
                sums = _sums(term_values(example.features, terms), weighed, len(names))
                for name, intercept, found in zip(names, intercepts, sums, strict=True):
                    scores[name][at] = intercept + found
    return scores


def _sums(values: Mapping[str, float], weighed: Mapping[str, Term], labels: int) -> list[float]:
    """For each label the sum of value × weight over the terms, in their order."""
    sums = [0.0] * labels
    for name, value in values.items():
        if (term := weighed.get(name)) is not None:
            for position, weight in term.weights:
                sums[position] += value * weight
    return sums


def _fit(
    letters: Sequence[Example], names: Sequence[str]
) -> tuple[dict[str, Term], list[dict[str, float]], list[float]]:
    """Terms with their idf, and for each label the weights and the intercept."""
    from scipy.sparse import csr_matrix

    terms = _vocabulary(letters)
    columns = {term: at for at, term in enumerate(terms)}
    rows = [term_values(example.features, terms) for example in letters]
    data = [value for row in rows for value in row.values()]
    index = [columns[term] for row in rows for term in row]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    matrix = csr_matrix((data, index, starts), shape=(len(rows), len(terms)))
    matrix.sort_indices()
    weights, intercepts = [], []
    for name in names:
        shown = [term for term in terms if name != PASSES or not term.startswith(VALUES_FOUND)]
        asked = [at for at, example in enumerate(letters) if example.answers(name)]
        answers = [name in letters[at].labels for at in asked]
        weighing: Weighing = None if name.startswith("kind:") or name == PASSES else "balanced"
        put = matrix if len(asked) == len(letters) else matrix[asked]
        seen = put if len(shown) == len(terms) else put[:, [columns[term] for term in shown]]
        coefficients, intercept = _regression(seen, answers, STRENGTH, weighing)
        faint = FAINT_TOPIC if name.startswith(OF_TOPIC) or name == URGENT else FAINT_KIND
        weights.append(
            {term: weight for term, weight in zip(shown, coefficients, strict=True) if abs(weight) >= faint}
        )
        intercepts.append(intercept)
    return terms, weights, intercepts


def _vocabulary(letters: Sequence[Example]) -> dict[str, Term]:
    """Every n-gram and word of `LEAST_LETTERS` letters with its smoothed idf, and every signal."""
    seen: Counter[str] = Counter()
    signals: set[str] = set()
    for example in letters:
        seen.update(example.features.ngrams.keys())
        seen.update(example.features.words.keys())
        signals.update(name for name, _ in example.features.signals)
    whole = len(letters)
    grams = sorted(gram for gram, count in seen.items() if count >= LEAST_LETTERS)
    terms = {gram: Term(log((1 + whole) / (1 + seen[gram])) + 1, ()) for gram in grams}
    return terms | {name: Term(0.0, ()) for name in sorted(signals)}


def _regression(
    matrix: Any, answers: Sequence[bool], strength: float, weighing: Weighing
) -> tuple[list[float], float]:
    """Dual coordinate descent: no BLAS in it, so that every machine finds the same numbers.

    «Balanced» makes the few letters of a rare label weigh as much as the many others.
    """
    from sklearn.linear_model import LogisticRegression

    if len(set(answers)) < 2:
        return [0.0] * matrix.shape[1], 5.0 if answers and answers[0] else -5.0
    model = LogisticRegression(
        C=strength,
        class_weight=weighing,
        solver="liblinear",
        dual=True,
        random_state=0,
        tol=1e-3,
        max_iter=20_000,
    )
    model.fit(matrix, list(answers))
    return [float(weight) for weight in model.coef_[0]], float(model.intercept_[0])


def calibrated(name: str, scores: Sequence[float], letters: Sequence[Example]) -> tuple[float, float]:
    """Slope and offset that make the held-out scores of the letters probabilities.

    Those of the primary kind are weighed as if all kinds were equally frequent: how many letters of each
    were written for training says nothing of a mailbox.
    """
    from scipy.sparse import csr_matrix

    weighing: Weighing = "balanced" if name.startswith("primary:") else None
    asked = [(score, one) for score, one in zip(scores, letters, strict=True) if one.answers(name)]
    matrix = csr_matrix([[score] for score, _ in asked])
    slopes, offset = _regression(matrix, [name in one.labels for _, one in asked], 100.0, weighing)
    return max(slopes[0], 0.05), offset


def _terms(
    terms: Mapping[str, Term], weights: Sequence[Mapping[str, float]], names: Sequence[str]
) -> dict[str, Term]:
    found: dict[str, list[tuple[int, float]]] = {term: [] for term in terms}
    for position in range(len(names)):
        for term, weight in weights[position].items():
            found[term].append((position, weight))
    return {term: Term(terms[term].idf, tuple(pairs)) for term, pairs in found.items() if pairs}
