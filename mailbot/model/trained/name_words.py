"""The trained model of words: which words of a letter are names of people, streets and villages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mailbot.model.trained.number_roles import RoleModel

Row = NDArray[np.float32]

NONE = "none"
"""The tag of a word that names nothing."""

GAPS = "gsdcnhqo"
"""What may stand between two words: nothing (glued), a space, a dot, a comma, a line's end, a hyphen, quotation marks, other."""


@dataclass(frozen=True, slots=True)
class WordModel:
    """A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over named features that hold or do not.

    `tags` are NONE and «B-role», «I-role»; `rows[index[feature]]` holds a weight for every tag, `bias` that of no feature.
    `moves[gap, before, after]` weighs a tag after another over that gap, `opening` a tag behind a word that was not looked at.
    `plain` are frequent folded words that name nobody and nothing, and are not looked at.
    """

    tags: tuple[str, ...]
    bias: Row
    rows: Row
    index: Mapping[str, int] = field(repr=False)
    moves: Row
    opening: Row
    plain: frozenset[str] = field(repr=False)

    def scores(self, features: Sequence[Sequence[str]]) -> Row:
        """The weights of every tag for each of the words, one row a word."""
        row_of = self.index.get
        scores = np.repeat(self.bias[None, :], len(features), axis=0)
        columns: list[int] = []
        owners: list[int] = []
        for nth, names in enumerate(features):
            known = [row for row in map(row_of, names) if row is not None]
            columns += known
            owners += [nth] * len(known)
        if columns:
            starts = np.flatnonzero(np.diff(np.array(owners), prepend=-1))
            scores[np.array(owners)[starts]] += np.add.reduceat(self.rows[columns], starts, axis=0)
        return scores


@dataclass(frozen=True, slots=True)
class WordModels:
    """`tagged` says what the words of a letter name, `own` whether a person named is who writes."""

    tagged: WordModel
    own: RoleModel


OWN, OTHER = "own", "other"
"""The classes of `WordModels.own`."""

_BLANK = np.zeros(1, np.float32)
_NO_ROWS = np.zeros((0, 1), np.float32)
UNTRAINED_WORDS = WordModels(
    WordModel((NONE,), _BLANK, _NO_ROWS, {}, np.zeros((len(GAPS), 1, 1), np.float32), _BLANK, frozenset()),
    RoleModel((OTHER,), _BLANK, _NO_ROWS, {}),
)
"""Sees no name in anything."""
