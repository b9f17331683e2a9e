"""A trained linear model: what each term of a letter speaks for, and how sure a sum of terms is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ClassifierLabel:
    """One yes-no question to a letter: `kind:complaint`, `primary:reading`, `topic:debt`, `urgent`.

    The probability of yes is 1 / (1 + exp(-(slope × score + offset))), where the score is `intercept`
    plus the sum of weight × value over the letter's terms (Platt 1999).
    """

    name: str
    intercept: float
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class ClassifierTerm:
    """`idf` (≥ 0, natural logarithm) of a term, and its weights: (position in `labels`, weight), none zero."""

    idf: float
    weights: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Classifier:
    """`rules/classifier.json`. A term is a character n-gram, a word, or a signal, whose name begins with `=`."""

    labels: tuple[ClassifierLabel, ...]
    terms: Mapping[str, ClassifierTerm]
    _rows: Rows = field(init=False, repr=False, compare=False)
    """A row a term, a column a label: a letter's hundreds of terms are added up in one multiplication."""
    row_of: Mapping[str, int] = field(init=False, repr=False, compare=False)
    idfs: Sequence[float] = field(init=False, repr=False, compare=False)
    """Of each row."""
    rows_of: Callable[[tuple[str, ...]], tuple[int, ...]] = field(init=False, repr=False, compare=False)
    """The rows of those of a word's n-grams that are known: letters ask for a thousand of the same few words."""
    _speaking: dict[str, Mapping[str, float]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        rows = np.zeros((len(self.terms), len(self.labels)), np.float32)
        where = np.array(
            [(row, at) for row, term in enumerate(self.terms.values()) for at, _ in term.weights], int
        )
        if len(where):
            rows[where[:, 0], where[:, 1]] = [
                weight for term in self.terms.values() for _, weight in term.weights
            ]
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "row_of", {name: row for row, name in enumerate(self.terms)})
        object.__setattr__(self, "idfs", [term.idf for term in self.terms.values()])
        object.__setattr__(self, "rows_of", lru_cache(maxsize=20_000)(self._known_rows))

    def _known_rows(self, names: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(row for name in names if (row := self.row_of.get(name)) is not None)

    def speaking_for(self, label: str) -> Mapping[str, float]:
        """idf × weight of each term that has a say in a label; found once for each label that is asked for."""
        if label not in self._speaking:
            position = next((at for at, own_label in enumerate(self.labels) if own_label.name == label), None)
            self._speaking[label] = {
                name: term.idf * weight
                for name, term in self.terms.items()
                for at, weight in term.weights
                if at == position
            }
        return self._speaking[label]

    def scores(self, values: Mapping[int, float]) -> list[float]:
        """Intercept + Σ value × weight for each of `labels`; `values` by the rows of their terms."""
        shares = np.array(list(values.values()), np.float32)
        sums = shares @ self._rows[list(values)] if values else np.zeros(len(self.labels), np.float32)
        return [label.intercept + float(share) for label, share in zip(self.labels, sums, strict=True)]
