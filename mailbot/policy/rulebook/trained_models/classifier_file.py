"""`rules/classifier.json`: the trained model as a file that a program writes and people may compare line by line.

    {"made_of": "SHA-256 of the letters and of what is seen of them",
    "labels": [["kind:reading", intercept, slope, offset], …],
    "terms": {
    " пок": [idf, label, weight, label, weight, …],
    …
    }}

Numbers are whole thousandths, but for the positions of labels; terms are in the order of their characters.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from mailbot.model import Classifier, ClassifierLabel, ClassifierTerm, LetterKind, SourceFile
from mailbot.model.trained.linear_classifier import classifier_of
from mailbot.policy.rulebook.trained_models.model_file import REBUILD, read_model

FILE = "classifier.json"
SCALE = 1000

NEEDED = (*(f"{of}:{kind}" for of in ("kind", "primary") for kind in LetterKind), "passes")
"""Labels without which no letter can be given its kinds, and no value be called a reading."""

EMPTY = classifier_of(tuple(ClassifierLabel(name, 0.0, 1.0, 0.0) for name in NEEDED), {})
"""Knows nothing, and holds every kind equally likely: what training itself starts from."""


def read_classifier(source: SourceFile, faults: list[str]) -> Classifier:
    """The model of the file; `EMPTY`, with a fault told by file and line, where it is none."""
    classifier = read_model(source, faults, _model, EMPTY)
    if missing := [name for name in NEEDED if name not in {label.name for label in classifier.labels}]:
        faults.append(f"{source.name}:1: в модели нет вопроса «{missing[0]}»; {REBUILD}")
        return EMPTY
    return classifier


@lru_cache(maxsize=2)
def _model(text: str) -> Classifier:
    table = json.loads(text)
    labels = tuple(ClassifierLabel(name, *_parts(numbers)) for name, *numbers in table["labels"])
    terms = table["terms"]
    rows = np.zeros((len(terms), len(labels)), np.float32)
    idfs = array("d")
    for row, numbers in enumerate(terms.values()):
        idf, *weights = numbers
        positions = weights[::2]
        if len(weights) % 2 or not all(0 <= position < len(labels) for position in positions):
            raise ValueError(f"{list(numbers)[:5]}")
        idfs.append(idf / SCALE)
        rows[row, positions] = _parts(weights[1::2])
    names = "\n".join(terms)
    table = terms = None  # first: the names that stay leave no holes then between lists that go
    return Classifier(
        labels, {name: row for row, name in enumerate(names.split("\n") if names else ())}, idfs, rows
    )


def classifier_text(classifier: Classifier, made_of: str = "") -> str:
    """The file of a model; equal models give equal bytes. `made_of` is the fingerprint of what it was trained on."""
    labels = [
        [label.name, *map(_thousandths, (label.intercept, label.slope, label.offset))]
        for label in classifier.labels
    ]
    lines = [
        f"{_json(name)}: {_json(_numbers(term))}"
        for name, term in sorted(classifier.list_terms().items())
        if any(_thousandths(weight) for _, weight in term.weights)
    ]
    return (
        f'{{"made_of": "{made_of}",\n"labels": {_json(labels)},\n"terms": {{\n' + ",\n".join(lines) + "\n}}\n"
    )


def with_model(sources: Iterable[SourceFile], text: str) -> tuple[SourceFile, ...]:
    """The rule files with another model in place of theirs."""
    others = tuple(source for source in sources if not source.name.endswith(f"/{FILE}"))
    return (*others, SourceFile(f"rules/{FILE}", text))


def without_model(sources: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """The rule files as training needs them: a model that is missing or broken does not keep a new one away."""
    return with_model(sources, classifier_text(EMPTY))


def _numbers(term: ClassifierTerm) -> list[int]:
    numbers = [_thousandths(term.idf)]
    for position, weight in term.weights:
        if _thousandths(weight):
            numbers += [position, _thousandths(weight)]
    return numbers


def _parts(numbers: Sequence[int]) -> list[float]:
    return [number / SCALE for number in numbers]


def _thousandths(value: float) -> int:
    return round(value * SCALE)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
