"""The trained model of roles: what each number of a letter is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]

NUMBER_ROLES = (
    "before difference norole_value serial house flat date hour sum area temperature count paper taxid nth other"
    " account value phone".split()
)
"""What a number of a letter can be. A role's place is its sign in a sentence (`talk_features`): new roles come last."""


@dataclass(frozen=True, slots=True)
class RoleModel:
    """A multinomial logistic regression over named features that hold or do not.

    `rows[index[feature]]` holds a weight for every class of `classes`; `bias` is the row of no feature.
    """

    classes: tuple[str, ...]
    bias: Row
    rows: Row
    index: Mapping[str, int] = field(repr=False)

    def log_probabilities(self, features: Iterable[str]) -> Row:
        """ln p of every class, in the order of `classes`."""
        return self.all_log_probabilities([features])[0]

    def all_log_probabilities(self, many: Sequence[Iterable[str]]) -> list[Row]:
        """The same for many at once: a part of a letter has dozens of numbers."""
        if not many:
            return []
        row_of = self.index.get
        known: list[int] = []
        starts: list[int] = []
        known_rows: list[int] = []
        for nth, features in enumerate(many):
            before = len(known)
            known += [row for row in map(row_of, features) if row is not None]
            if len(known) > before:
                starts.append(before)
                known_rows.append(nth)
        scores: Row = np.empty((len(many), len(self.bias)), self.bias.dtype)
        scores[:] = self.bias
        if known:
            scores[known_rows] += np.add.reduceat(self.rows[known], starts, axis=0)
        top = scores.max(axis=1, keepdims=True)
        return list(scores - (top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))))


@dataclass(frozen=True, slots=True)
class RoleModels:
    """`first` sees a number and what stands around it, `second` what its neighbours are thought to be too;
    `measured` says what a value measures and in which unit («hot_water м3»)."""

    first: RoleModel
    second: RoleModel
    measured: RoleModel


def single_class_model(name: str) -> RoleModel:
    """A model that knows of one class, and sees it in everything."""
    return RoleModel((name,), np.zeros(1, np.float32), np.zeros((0, 1), np.float32), {})


UNTRAINED_ROLES = RoleModels(
    single_class_model("none"), single_class_model("none"), single_class_model("none")
)
"""Sees no number in anything."""
