"""A trained linear model: what each term of a letter speaks for, and how sure a sum of terms is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One yes-no question to a letter: `kind:complaint`, `primary:reading`, `topic:debt`, `urgent`.

    The probability of yes is 1 / (1 + exp(-(slope × score + offset))), where the score is `intercept`
    plus the sum of weight × value over the letter's terms (Platt 1999).
    """

    name: str
    intercept: float
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class Term:
    """`idf` (≥ 0, natural logarithm) of a term, and its weights: (position in `labels`, weight), none zero."""

    idf: float
    weights: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Classifier:
    """`rules/classifier.json`. A term is a character n-gram, or a signal, whose name begins with `=`."""

    labels: tuple[Label, ...]
    terms: Mapping[str, Term]
