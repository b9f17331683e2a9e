"""A trained linear model: what each term of a letter speaks for, and how sure a sum of terms is."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]


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


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """`rules/classifier.json`. A term is a character n-gram, a word, or a signal, whose name begins with `=`.

    Held as arrays: of the same weights as objects a process had five times the memory, and wrote into it at each look.
    """

    labels: tuple[ClassifierLabel, ...]
    row_of: Mapping[str, int]
    """The row of each term."""
    idfs: Sequence[float] = field(repr=False)
    """Of each row."""
    rows: Rows = field(repr=False)
    """A row a term, a column a label: a letter's hundreds of terms are added up in one multiplication."""
    position_of: Mapping[str, int] = field(init=False, repr=False)
    """The column of each label."""
    rows_of: Callable[[tuple[str, ...]], tuple[int, ...]] = field(init=False, repr=False)
    """The rows of those of a word's n-grams that are known: letters ask for a thousand of the same few words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "position_of", {label.name: at for at, label in enumerate(self.labels)})
        object.__setattr__(self, "rows_of", lru_cache(maxsize=20_000)(self._known_rows))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Classifier) and (self.labels, self.list_terms()) == (
            other.labels,
            other.list_terms(),
        )

    __hash__ = object.__hash__

    def list_terms(self) -> Mapping[str, ClassifierTerm]:
        """The terms one by one, as training makes them and the file has them; made anew each time, which takes a second."""
        return {
            name: ClassifierTerm(
                self.idfs[row],
                tuple((int(at), _weight(self.rows[row, at])) for at in np.flatnonzero(self.rows[row])),
            )
            for name, row in self.row_of.items()
        }

    def _known_rows(self, names: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(row for name in names if (row := self.row_of.get(name)) is not None)

    def speaks_for(self, label: str, terms: Iterable[str]) -> float:
        """How much some terms, each seen once, speak for a label: Σ idf × weight."""
        if (position := self.position_of.get(label)) is None:
            return 0.0
        return sum(self.idfs[row] * _weight(self.rows[row, position]) for row in self.rows_of(tuple(terms)))

    def scores(self, values: Mapping[int, float]) -> list[float]:
        """Intercept + Σ value × weight for each of `labels`; `values` by the rows of their terms."""
        shares = np.array(list(values.values()), np.float32)
        sums = shares @ self.rows[list(values)] if values else np.zeros(len(self.labels), np.float32)
        return [label.intercept + float(share) for label, share in zip(self.labels, sums, strict=True)]


def classifier_of(labels: tuple[ClassifierLabel, ...], terms: Mapping[str, ClassifierTerm]) -> Classifier:
    """The classifier of these terms, its weights as exact as training made them."""
    rows = np.zeros((len(terms), len(labels)))
    for row, term in enumerate(terms.values()):
        for position, weight in term.weights:
            rows[row, position] = weight
    return Classifier(
        labels,
        {name: row for row, name in enumerate(terms)},
        array("d", (term.idf for term in terms.values())),
        rows,
    )


def _weight(kept: np.floating[Any]) -> float:
    """A weight; of one in single precision the digits that the file gave it."""
    return float(kept) if isinstance(kept, np.float64) else round(float(kept), 6)
