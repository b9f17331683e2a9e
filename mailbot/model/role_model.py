"""The trained model of roles: what each number of a letter is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]


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
        index = self.index
        known = [index[name] for name in features if name in index]
        scores: Row = self.bias + self.rows[known].sum(axis=0) if known else self.bias
        top = scores.max()
        logs: Row = scores - (top + np.log(np.exp(scores - top).sum()))
        return logs


@dataclass(frozen=True, slots=True)
class RoleModels:
    """`first` sees a number and what stands around it, `second` what its neighbours are thought to be too;
    `measured` says what a value measures and in which unit («hot_water м3»)."""

    first: RoleModel
    second: RoleModel
    measured: RoleModel


_BLANK = RoleModel(("none",), np.zeros(1, np.float32), np.zeros((0, 1), np.float32), {})
UNTAUGHT = RoleModels(_BLANK, _BLANK, _BLANK)
"""Sees no number in anything."""
