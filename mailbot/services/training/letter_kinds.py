"""From labelled letters to the model: one logistic regression a label, calibrated on letters it did not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from math import log
from typing import Any, Literal

import numpy as np

from mailbot.model import Classifier, ClassifierLabel, ClassifierTerm, LetterKind, Rulebook, SourceFile
from mailbot.model.trained.linear_classifier import classifier_of
from mailbot.parsing import parse
from mailbot.policy import load_rulebook
from mailbot.services.training.calibration import slope_and_offset
from mailbot.services.training.material.labelled_letters import TrainingLetter
from mailbot.services.training.model_sight import FeatureSet
from mailbot.services.training.parallel_work import ParallelMap
from mailbot.understanding import PASSES, LetterFeatures, features_of, term_values

FOLDS = 5
STRENGTH = 8.0
"""C of the regression: chosen among 2, 8 and 16 by letters of eight hands that it had not seen."""

NEAR, NEAR_ENOUGH = 1e-3, 3e-2
"""How near to its end a regression is followed; for scores that calibrate alone a third less: they move by half a hundredth."""

MIN_LETTERS = 3
"""An n-gram that stands in fewer letters is chance."""

MIN_EXAMPLES = 10
"""A topic with fewer letters is left to the patterns of `topics.toml`."""

VALUES_FOUND = "=reading"
"""Signals that `PASSES` does not see: it is asked whether the values that were found are meant."""

OF_TOPIC, URGENT = "topic:", "urgent"
"""Labels of what a letter is about begin so; and whether someone must act within hours."""

FAINT_KIND, FAINT_TOPIC = 0.08, 0.6
"""Weights below are left out: they cost time for every letter, and cross-validation does not miss them."""


_AT_A_TIME = 400

Weighing = Literal["balanced"] | None


Scores = dict[str, list[float]]
"""For each label the scores of all letters, in their order."""


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """A training letter as the model sees it, and the labels that hold for it; `hand` is who wrote it.

    `kinds_alone`: what the letter is about, and whether it is urgent, nobody has said.
    """

    features: LetterFeatures
    labels: frozenset[str]
    primary: LetterKind
    kinds: frozenset[LetterKind]
    hand: str = ""
    kinds_alone: bool = False

    def answers(self, name: str) -> bool:
        """Did a person answer the label's question for this letter?"""
        return not (self.kinds_alone and (name.startswith(OF_TOPIC) or name == URGENT))


def examples(
    letters: Iterable[TrainingLetter], rulebook: Rulebook, sight: FeatureSet
) -> tuple[TrainingExample, ...]:
    """Each letter read the real way: as mail, parsed, understood."""
    return tuple(_example(letter, rulebook, sight) for letter in letters)


def examples_by(
    spread: ParallelMap, letters: Sequence[TrainingLetter], sources: tuple[SourceFile, ...], sight: FeatureSet
) -> tuple[TrainingExample, ...]:
    """The same, some hundred letters at a time; whoever reads them loads the rules once."""
    pieces = [letters[at : at + _AT_A_TIME] for at in range(0, len(letters), _AT_A_TIME)]
    return tuple(chain.from_iterable(spread(partial(_read, sources, sight), pieces)))


def _read(
    sources: tuple[SourceFile, ...], sight: FeatureSet, letters: Sequence[TrainingLetter]
) -> tuple[TrainingExample, ...]:
    return examples(letters, _loaded(sources), sight)


@lru_cache(maxsize=1)
def _loaded(sources: tuple[SourceFile, ...]) -> Rulebook:
    return load_rulebook(sources)


def _example(letter: TrainingLetter, rulebook: Rulebook, sight: FeatureSet) -> TrainingExample:
    features = _seen(features_of(parse(letter.raw()), rulebook), sight)
    labels = {f"primary:{letter.kinds[0]}", *(f"kind:{kind}" for kind in letter.kinds)}
    labels |= {f"{OF_TOPIC}{topic}" for topic in letter.topics or ()} | ({URGENT} if letter.urgent else set())
    labels |= {PASSES} if LetterKind.READING in letter.kinds else set()
    return TrainingExample(
        features,
        frozenset(labels),
        letter.kinds[0],
        frozenset(letter.kinds),
        letter.hand,
        kinds_alone=letter.topics is None,
    )


def _seen(features: LetterFeatures, sight: FeatureSet) -> LetterFeatures:
    """What is left of a letter's features under a sight."""
    if sight is FeatureSet.NGRAMS:
        return LetterFeatures(features.grams, Counter(), ())
    if sight is FeatureSet.WORDS:
        return LetterFeatures(
            (), Counter(), tuple(pair for pair in features.signals if pair[0].startswith("=cue:"))
        )
    return features


def train(letters: Sequence[TrainingExample], unseen: Scores | None = None) -> Classifier:
    """The model of these letters; the same letters in the same order give the same numbers.

    Calibration (Platt 1999) is fitted to the scores of letters that the model of their fold did not see:
    `unseen`, where the caller has found them already (`held_out_scores`).
    """
    names = label_names(letters)
    unseen = held_out_scores(letters, names) if unseen is None else unseen
    return with_calibration(fitted(letters, names), letters, unseen)


def with_calibration(
    fitted: FittedClassifier, letters: Sequence[TrainingExample], unseen: Scores
) -> Classifier:
    """The model that was fitted to these letters, with what their unseen scores say of its honesty."""
    labels = []
    for name, intercept in zip(fitted.names, fitted.intercepts, strict=True):
        slope, offset = calibrated(name, unseen[name], letters)
        labels.append(ClassifierLabel(name, intercept, slope, offset))
    return classifier_of(tuple(labels), fitted.terms)


def label_names(letters: Iterable[TrainingExample]) -> tuple[str, ...]:
    """Kinds always, `urgent` and topics where there are letters enough; in a fixed order."""
    counts = Counter(label for example in letters for label in example.labels)
    always = [*(f"{of}:{kind}" for of in ("kind", "primary") for kind in LetterKind), PASSES]
    others = sorted(name for name in counts if name not in always and counts[name] >= MIN_EXAMPLES)
    return (*always, *others)


def held_out_scores(
    letters: Sequence[TrainingExample], names: tuple[str, ...], spread: ParallelMap = map
) -> Scores:
    """For every label the score of every letter by the model of the four folds that letter is not in.

    A writer's letters are all in one fold: what a model says of a hand that it knows flatters it. Of fewer writers than
    folds every fifth letter makes a fold.
    """
    hands = {hand: nth for nth, hand in enumerate(sorted({example.hand for example in letters}))}
    fold_of = [
        (hands[example.hand] if len(hands) >= FOLDS else at) % FOLDS for at, example in enumerate(letters)
    ]
    scores = {name: [0.0] * len(letters) for name in names}
    for fold, rows in enumerate(spread(partial(_scores_of_fold, letters, names, fold_of), range(FOLDS))):
        left_out = (at for at, fold_number in enumerate(fold_of) if fold_number == fold)
        for at, row in zip(left_out, rows, strict=True):
            for name, score in zip(names, row, strict=True):
                scores[name][at] = score
    return scores


def _scores_of_fold(
    letters: Sequence[TrainingExample], names: tuple[str, ...], fold_of: Sequence[int], fold: int
) -> list[list[float]]:
    """Of each letter of the fold its score for every label."""
    seen = [example for fold_number, example in zip(fold_of, letters, strict=True) if fold_number != fold]
    left_out = [example for fold_number, example in zip(fold_of, letters, strict=True) if fold_number == fold]
    terms = _vocabulary(seen)
    fitted_model = _fit(seen, names, terms, NEAR_ENOUGH)
    weights = np.zeros((len(terms), len(names)))
    for row, term in enumerate(terms):
        for position, weight in fitted_model.terms[term].weights if term in fitted_model.terms else ():
            weights[row, position] = weight
    scores: list[list[float]] = (
        _matrix(left_out, terms) @ weights + np.array(fitted_model.intercepts)
    ).tolist()
    return scores


@dataclass(frozen=True, slots=True)
class FittedClassifier:
    """The terms with their weights, and for each label the intercept."""

    names: tuple[str, ...]
    terms: Mapping[str, ClassifierTerm]
    intercepts: tuple[float, ...]


def fitted(letters: Sequence[TrainingExample], names: tuple[str, ...]) -> FittedClassifier:
    """The regressions of these letters, one a label."""
    return _fit(letters, names, _vocabulary(letters), NEAR)


def _fit(
    letters: Sequence[TrainingExample],
    names: tuple[str, ...],
    terms: Mapping[str, ClassifierTerm],
    near: float,
) -> FittedClassifier:
    columns = {term: at for at, term in enumerate(terms)}
    matrix = _matrix(letters, terms)
    of_told = matrix[[at for at, example in enumerate(letters) if not example.kinds_alone]]
    weights, intercepts = [], []
    for name in names:
        shown = [term for term in terms if name != PASSES or not term.startswith(VALUES_FOUND)]
        answers = [name in example.labels for example in letters if example.answers(name)]
        weighing: Weighing = None if name.startswith("kind:") or name == PASSES else "balanced"
        put = matrix if len(answers) == len(letters) else of_told
        seen = put if len(shown) == len(terms) else put[:, [columns[term] for term in shown]]
        coefficients, intercept = _regression(seen, answers, weighing, near)
        faint = FAINT_TOPIC if name.startswith(OF_TOPIC) or name == URGENT else FAINT_KIND
        weights.append(
            {term: weight for term, weight in zip(shown, coefficients, strict=True) if abs(weight) >= faint}
        )
        intercepts.append(intercept)
    return FittedClassifier(names, _terms(terms, weights, names), tuple(intercepts))


def _matrix(letters: Sequence[TrainingExample], terms: Mapping[str, ClassifierTerm]) -> Any:
    """Letters × terms."""
    from scipy.sparse import csr_matrix

    columns = {term: at for at, term in enumerate(terms)}
    rows = [term_values(example.features, terms) for example in letters]
    data = [value for row in rows for value in row.values()]
    index = [columns[term] for row in rows for term in row]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    matrix = csr_matrix((data, index, starts), shape=(len(rows), len(terms)))
    matrix.sort_indices()
    return matrix


def _vocabulary(letters: Sequence[TrainingExample]) -> dict[str, ClassifierTerm]:
    """Every n-gram and word of `MIN_LETTERS` letters with its smoothed idf, and every signal."""
    seen: Counter[str] = Counter()
    signals: set[str] = set()
    for example in letters:
        seen.update(example.features.ngrams.keys())
        seen.update(example.features.words.keys())
        signals.update(name for name, _ in example.features.signals)
    whole = len(letters)
    grams = sorted(gram for gram, count in seen.items() if count >= MIN_LETTERS)
    terms = {gram: ClassifierTerm(log((1 + whole) / (1 + seen[gram])) + 1, ()) for gram in grams}
    return terms | {name: ClassifierTerm(0.0, ()) for name in sorted(signals)}


def _regression(
    matrix: Any, answers: Sequence[bool], weighing: Weighing, near: float
) -> tuple[list[float], float]:
    """Dual coordinate descent: no BLAS in it, so that every machine finds the same numbers.

    «Balanced» makes the few letters of a rare label weigh as much as the many others.
    """
    from sklearn.linear_model import LogisticRegression

    if len(set(answers)) < 2:
        return [0.0] * matrix.shape[1], 5.0 if answers and answers[0] else -5.0
    model = LogisticRegression(
        C=STRENGTH,
        class_weight=weighing,
        solver="liblinear",
        dual=True,
        random_state=0,
        tol=near,
        max_iter=20_000,
    )
    model.fit(matrix, list(answers))
    return [float(weight) for weight in model.coef_[0]], float(model.intercept_[0])


def calibrated(name: str, scores: Sequence[float], letters: Sequence[TrainingExample]) -> tuple[float, float]:
    """Slope and offset that make the held-out scores of the letters probabilities.

    Those of the primary kind are weighed as if all kinds were equally frequent: how many letters of each
    were written for training says nothing of a mailbox.
    """
    asked = [
        (score, example) for score, example in zip(scores, letters, strict=True) if example.answers(name)
    ]
    return slope_and_offset(
        [score for score, _ in asked],
        [name in example.labels for _, example in asked],
        balanced=name.startswith("primary:"),
    )


def _terms(
    terms: Mapping[str, ClassifierTerm], weights: Sequence[Mapping[str, float]], names: Sequence[str]
) -> dict[str, ClassifierTerm]:
    weights_by_term: dict[str, list[tuple[int, float]]] = {term: [] for term in terms}
    for position in range(len(names)):
        for term, weight in weights[position].items():
            weights_by_term[term].append((position, weight))
    return {
        term: ClassifierTerm(terms[term].idf, tuple(pairs))
        for term, pairs in weights_by_term.items()
        if pairs
    }
