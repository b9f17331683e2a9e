"""From marked letters to the models of words: a conditional random field fitted by L-BFGS, and whose a name is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mailbot.model.word_model import GAPS, NONE, WordModel, WordModels
from mailbot.services.marked_letters import MarkedLetter
from mailbot.services.marked_words import Shown, plain_words, shown
from mailbot.services.side_by_side import one_thread
from mailbot.services.writer_training import train_own
from mailbot.understanding.roles.tagging import runs
from mailbot.understanding.roles.word_surroundings import Surroundings
from mailbot.understanding.roles.words import candidates

Weights = NDArray[np.float64]


def train_words(letters: Sequence[MarkedLetter]) -> WordModels:
    """The models of these letters; the same letters in the same order give the same weights."""
    tagged = train_tagger([part for letter in letters for part in shown(letter)])
    return WordModels(tagged, train_own(letters))


@dataclass(frozen=True, slots=True)
class _Chains:
    """Runs of words of one length: `words[run, place]` counts rows of the matrix; `gaps` and `tags` alike."""

    words: NDArray[np.intp]
    gaps: NDArray[np.intp]
    tags: NDArray[np.intp]


LONGEST = 24
"""Words of a run that are learned from together."""


def train_tagger(
    parts: Sequence[Shown], strength: float = 1.0, least: int = 3, rounds: int = 150
) -> WordModel:
    """The model of these parts; the same parts in the same order give the same weights."""
    plain = plain_words(parts)
    rows: list[list[str]] = []
    stretches: list[tuple[list[int], list[int], list[str]]] = []
    for part in parts:
        looked = candidates(part.page, plain)
        seen = Surroundings(part.page)
        base = len(rows)
        rows += [seen.features(nth) for nth in looked]
        for start, end in runs(looked):
            for at in range(start, end, LONGEST):
                piece = range(at, min(at + LONGEST, end))
                stretches.append(
                    (
                        [base + one for one in piece],
                        [GAPS.index(part.page.words[looked[one]].gap) for one in piece],
                        [part.tags[looked[one]] for one in piece],
                    )
                )
    tags = (NONE, *sorted({tag for _, _, row in stretches for tag in row} - {NONE}))
    counts = Counter(name for row in rows for name in row)
    index = {name: nth for nth, name in enumerate(sorted(n for n, count in counts.items() if count >= least))}
    return _fitted(_matrix(rows, index), _by_length(stretches, tags), tags, index, plain, strength, rounds)


def _matrix(rows: Sequence[Sequence[str]], index: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    columns: list[int] = []
    starts = [0]
    for row in rows:
        columns += [index[name] for name in row if name in index]
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(index)))


def _by_length(
    stretches: Iterable[tuple[list[int], list[int], list[str]]], tags: Sequence[str]
) -> list[_Chains]:
    number = {tag: nth for nth, tag in enumerate(tags)}
    groups: defaultdict[int, list[tuple[list[int], list[int], list[int]]]] = defaultdict(list)
    for words, gaps, row in stretches:
        groups[len(words)].append((words, gaps, [number[tag] for tag in row]))
    return [
        _Chains(*(np.array([one[at] for one in group]) for at in range(3)))
        for _, group in sorted(groups.items())
    ]


def _fitted(
    matrix: Any,
    chains: Sequence[_Chains],
    tags: tuple[str, ...],
    index: dict[str, int],
    plain: frozenset[str],
    strength: float,
    rounds: int,
) -> WordModel:
    from scipy.optimize import minimize

    k, features = len(tags), matrix.shape[1]
    sizes = (features * k, k, len(GAPS) * k * k, k)
    bounds = np.cumsum((0, *sizes))
    turned = matrix.T.tocsr()

    def unpacked(weights: Weights) -> tuple[Weights, Weights, Weights, Weights]:
        rows, bias, moves, opening = (weights[a:b] for a, b in pairwise(bounds))
        return rows.reshape(features, k), bias, moves.reshape(len(GAPS), k, k), opening

    def loss(weights: Weights) -> tuple[float, Weights]:
        rows, bias, moves, opening = unpacked(weights)
        scores = matrix @ rows + bias
        off = np.zeros_like(scores)
        off_moves, off_opening = np.zeros_like(moves), np.zeros_like(opening)
        missed = sum(_missed(one, scores, moves, opening, off, off_moves, off_opening) for one in chains)
        slope = np.concatenate([(turned @ off).ravel(), off.sum(axis=0), off_moves.ravel(), off_opening])
        return missed + 0.5 / strength * float(weights @ weights), slope + weights / strength

    with one_thread():
        found = minimize(
            loss,
            np.zeros(bounds[-1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": rounds, "maxcor": 6, "ftol": 1e-6},
        )
    rows, bias, moves, opening = (one.astype(np.float32) for one in unpacked(found.x))
    return WordModel(tags, bias, rows, index, moves, opening, plain)


def _missed(
    chains: _Chains,
    scores: Weights,
    moves: Weights,
    opening: Weights,
    off: Weights,
    off_moves: Weights,
    off_opening: Weights,
) -> float:
    """−ln p of the runs' tags; adds the slope (expected less seen) to the three `off`s."""
    words, gaps, tags = chains.words, chains.gaps, chains.tags
    count, length = words.shape
    k = scores.shape[1]
    here = scores[words]
    ahead = np.empty((count, length, k))
    ahead[:, 0] = here[:, 0] + opening
    for at in range(1, length):
        ahead[:, at] = here[:, at] + _log_sum(ahead[:, at - 1][:, :, None] + moves[gaps[:, at]], axis=1)
    total = _log_sum(ahead[:, -1], axis=1)
    back = np.zeros((count, k))
    every = np.arange(count)
    missed = float(
        total.sum() - opening[tags[:, 0]].sum() - here[every[:, None], np.arange(length)[None], tags].sum()
    )
    for at in range(length - 1, -1, -1):
        share = np.exp(ahead[:, at] + back - total[:, None])
        share[every, tags[:, at]] -= 1
        off[words[:, at]] += share
        if at == 0:
            off_opening += share.sum(axis=0)
            break
        way = moves[gaps[:, at]]
        joint = np.exp(
            ahead[:, at - 1][:, :, None] + way + (here[:, at] + back)[:, None, :] - total[:, None, None]
        )
        joint[every, tags[:, at - 1], tags[:, at]] -= 1
        np.add.at(off_moves, gaps[:, at], joint)
        missed -= float(way[every, tags[:, at - 1], tags[:, at]].sum())
        back = _log_sum(way + (here[:, at] + back)[:, None, :], axis=2)
    return missed


def _log_sum(values: Weights, axis: int) -> Weights:
    top = values.max(axis=axis, keepdims=True)
    summed: Weights = np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
    return summed
