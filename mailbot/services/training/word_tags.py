"""From marked letters to the models of words: a conditional random field fitted by L-BFGS, and whose a name is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mailbot.model.trained.name_words import GAPS, NONE, WordModel, WordModels
from mailbot.services.training.material.marked_letters import MarkedLetter
from mailbot.services.training.material.marked_words import WordTrainingPart, plain_words, shown
from mailbot.services.training.name_ownership import train_own
from mailbot.services.training.parallel_work import one_thread
from mailbot.understanding.word_roles.context_features import WordFeatures
from mailbot.understanding.word_roles.tag_search import runs
from mailbot.understanding.word_roles.word_sequence import candidates

Weights = NDArray[np.float64]


def train_words(letters: Sequence[MarkedLetter]) -> WordModels:
    """The models of these letters; the same letters in the same order give the same weights."""
    tagged = train_tagger([part for letter in letters for part in shown(letter)])
    return WordModels(tagged, train_own(letters))


@dataclass(frozen=True, slots=True)
class WordChains:
    """Runs of words of one length: `words[run, place]` counts rows of the matrix; `gaps` and `tags` alike."""

    words: NDArray[np.intp]
    gaps: NDArray[np.intp]
    tags: NDArray[np.intp]


MAX_RUN_LENGTH = 24
"""Words of a run that are learned from together."""


def train_tagger(
    parts: Sequence[WordTrainingPart], strength: float = 1.0, least: int = 3, rounds: int = 150
) -> WordModel:
    """The model of these parts; the same parts in the same order give the same weights."""
    plain = plain_words(parts)
    rows: list[list[str]] = []
    stretches: list[tuple[list[int], list[int], list[str]]] = []
    for part in parts:
        looked = candidates(part.page, plain)
        seen = WordFeatures(part.page)
        base = len(rows)
        rows += [seen.features(nth) for nth in looked]
        for start, end in runs(looked):
            for at in range(start, end, MAX_RUN_LENGTH):
                piece = range(at, min(at + MAX_RUN_LENGTH, end))
                stretches.append(
                    (
                        [base + position for position in piece],
                        [GAPS.index(part.page.words[looked[position]].gap) for position in piece],
                        [part.tags[looked[position]] for position in piece],
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
) -> list[WordChains]:
    number = {tag: nth for nth, tag in enumerate(tags)}
    groups: defaultdict[int, list[tuple[list[int], list[int], list[int]]]] = defaultdict(list)
    for words, gaps, row in stretches:
        groups[len(words)].append((words, gaps, [number[tag] for tag in row]))
    return [
        WordChains(*(np.array([chain[at] for chain in group]) for at in range(3)))
        for _, group in sorted(groups.items())
    ]


def _fitted(
    matrix: Any,
    chains: Sequence[WordChains],
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
        lost = sum(
            negative_log_likelihood(chain, scores, moves, opening, off, off_moves, off_opening)
            for chain in chains
        )
        slope = np.concatenate([(turned @ off).ravel(), off.sum(axis=0), off_moves.ravel(), off_opening])
        return lost + 0.5 / strength * float(weights @ weights), slope + weights / strength

    with one_thread():
        solution = minimize(
            loss,
            np.zeros(bounds[-1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": rounds, "maxcor": 6, "ftol": 1e-6},
        )
    rows, bias, moves, opening = (weights.astype(np.float32) for weights in unpacked(solution.x))
    return WordModel(tags, bias, rows, index, moves, opening, plain)


def negative_log_likelihood(
    chains: WordChains,
    scores: Weights,
    moves: Weights,
    opening: Weights,
    off: Weights,
    off_moves: Weights,
    off_opening: Weights,
) -> float:
    """−ln p of the runs' tags; adds the slope (expected less seen) to the three `off`s.

    Forward and backward in probabilities that sum to 1 at each word (Rabiner 1989, V.A): the logarithms of what they were
    divided by sum to that of the whole.
    """
    words, tags = chains.words, chains.tags
    count, length = words.shape
    every, here = np.arange(count), scores[words]
    top = here.max(axis=2, keepdims=True)
    likely, ways = np.exp(here - top), np.exp(moves)
    ahead, scale = _ahead(chains.gaps, likely, ways, np.exp(opening))
    loss = float((np.log(scale) + top).sum() - opening[tags[:, 0]].sum())
    loss -= float(here[every[:, None], np.arange(length)[None], tags].sum())
    back = np.ones_like(here[:, 0])
    for at in range(length - 1, -1, -1):
        share = ahead[:, at] * back
        share[every, tags[:, at]] -= 1
        off[words[:, at]] += share
        if at == 0:
            off_opening += share.sum(axis=0)
            break
        gaps, entered = chains.gaps[:, at], likely[:, at] * back / scale[:, at]
        for gap, rows in _by_gap(gaps):
            off_moves[gap] += ways[gap] * (ahead[rows, at - 1].T @ entered[rows])
        gone = gaps, tags[:, at - 1], tags[:, at]
        np.subtract.at(off_moves, gone, 1)
        loss -= float(moves[gone].sum())
        back = _through(entered, ways.transpose(0, 2, 1), gaps)
    return loss


def _ahead(
    gaps: NDArray[np.intp], likely: Weights, ways: Weights, opening: Weights
) -> tuple[Weights, Weights]:
    """How likely each word has each tag by what stands before it, and what these were divided by to sum to 1."""
    ahead, scale = np.empty_like(likely), np.empty((*likely.shape[:2], 1))
    for at in range(likely.shape[1]):
        came = _through(ahead[:, at - 1], ways, gaps[:, at]) if at else opening
        ahead[:, at] = likely[:, at] * came
        scale[:, at] = ahead[:, at].sum(axis=1, keepdims=True)
        ahead[:, at] /= scale[:, at]
    return ahead, scale


def _through(rows: Weights, ways: Weights, gaps: NDArray[np.intp]) -> Weights:
    """Each row times the matrix of its gap."""
    sums = np.empty_like(rows)
    for gap, chosen in _by_gap(gaps):
        sums[chosen] = rows[chosen] @ ways[gap]
    return sums


def _by_gap(gaps: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    for gap in range(len(GAPS)):
        if len(rows := np.flatnonzero(gaps == gap)):
            yield gap, rows
