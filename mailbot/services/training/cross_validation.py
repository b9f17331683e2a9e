"""How well the model does on training letters it did not learn from, and how honest its probabilities are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from mailbot.model import LetterKind
from mailbot.services.training.classifier_measures import calibration_error, f1
from mailbot.services.training.letter_kinds import (
    FOLDS,
    Scores,
    TrainingExample,
    calibrated,
    held_out_scores,
    label_names,
)
from mailbot.understanding import kind_shares, probability

_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class LabelScores:
    """One yes-no question: letters that hold it, F1 of yes at probability 0.5, and calibration error."""

    name: str
    letters: int
    f1: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Figures over all letters, each judged by the model of the folds it is not in; shares 0…1."""

    letters: int
    folds: int
    primary_accuracy: float
    primary_macro_f1: float
    kinds_f1: float
    log_loss: float
    calibration_error: float
    labels: tuple[LabelScores, ...]
    confusion: tuple[tuple[tuple[LetterKind, LetterKind], int], ...]


def cross_validate(
    letters: Sequence[TrainingExample], also: float, unseen: Scores | None = None
) -> CrossValidation:
    """Five folds; `also` is the probability from which a further kind counts as meant.

    `unseen`: the scores of those folds, where the caller has found them already (`held_out_scores`).
    """
    names = label_names(letters)
    scores = held_out_scores(letters, names) if unseen is None else unseen
    likely = _held_out_probabilities(letters, names, scores)
    primaries = [max(LetterKind, key=kind_shares(row).__getitem__) for row in likely]
    confusion = Counter((example.primary, said) for example, said in zip(letters, primaries, strict=True))
    kinds = [
        {said} | {kind for kind in LetterKind if row[f"kind:{kind}"] >= also}
        for said, row in zip(primaries, likely, strict=True)
    ]
    asked = [name for name in names if name.startswith("kind:")]
    pairs = [
        (row[name], name in example.labels)
        for row, example in zip(likely, letters, strict=True)
        for name in asked
    ]
    return CrossValidation(
        letters=len(letters),
        folds=FOLDS,
        primary_accuracy=sum(
            example.primary is said for example, said in zip(letters, primaries, strict=True)
        )
        / len(letters),
        primary_macro_f1=sum(_of_kind(confusion, kind) for kind in LetterKind) / len(LetterKind),
        kinds_f1=sum(_overlap(example.kinds, said) for example, said in zip(letters, kinds, strict=True))
        / len(letters),
        log_loss=sum(-log(max(_FLOOR, share if yes else 1 - share)) for share, yes in pairs) / len(pairs),
        calibration_error=calibration_error(pairs),
        labels=tuple(_of_label(name, letters, likely) for name in names),
        confusion=tuple(sorted(confusion.items())),
    )


def _held_out_probabilities(
    letters: Sequence[TrainingExample], names: Sequence[str], scores: Scores
) -> list[dict[str, float]]:
    likely: list[dict[str, float]] = [{} for _ in letters]
    for name in names:
        slope, offset = calibrated(name, scores[name], letters)
        for row, score in zip(likely, scores[name], strict=True):
            row[name] = probability(slope * score + offset)
    return likely


def _of_label(
    name: str, letters: Sequence[TrainingExample], likely: Sequence[dict[str, float]]
) -> LabelScores:
    pairs = [
        (row[name], name in example.labels)
        for row, example in zip(likely, letters, strict=True)
        if example.answers(name)
    ]
    counts = Counter((share >= 0.5, held) for share, held in pairs)
    held = counts[True, True] + counts[False, True]
    return LabelScores(
        name,
        held,
        f1(counts[True, True], counts[True, False], counts[False, True]),
        calibration_error(pairs),
    )


def _of_kind(confusion: Counter[tuple[LetterKind, LetterKind]], kind: LetterKind) -> float:
    right = confusion[kind, kind]
    extra = sum(count for (was, said), count in confusion.items() if said is kind is not was)
    missed = sum(count for (was, said), count in confusion.items() if was is kind is not said)
    return f1(right, extra, missed)


def _overlap(wanted: frozenset[LetterKind], found: set[LetterKind]) -> float:
    return f1(len(wanted & found), len(found - wanted), len(wanted - found))
