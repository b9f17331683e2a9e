"""From sentences of which somebody said what they are to the network that reads them whole (`mailbot.model.sentence_net`).

Backpropagation through the network by hand, and AdamW (Loshchilov, Hutter 2019): the network is small, and a library for
large ones would be the largest thing that mailbot installs. The same sentences in the same order give the same weights on the
same kind of processor; another kind adds numbers up in another order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi

import numpy as np
from numpy.typing import NDArray

from mailbot.language.word_pieces import learned_weights, piece_numbers, piece_vectors
from mailbot.model.trained.sentence_network import (
    FEATURES,
    PIECE,
    SHAPES,
    WIDTH,
    WINDOWS,
    ConvolutionTrace,
    NormalizedRows,
    Rows,
    SentenceBatch,
    SentenceNet,
    build_layout,
    convolve,
    pool,
    window,
)
from mailbot.services.training.material.labelled_lines import LabelledLine
from mailbot.services.training.parallel_work import one_thread

EPOCHS = 3
"""How often each sentence is seen: chosen by hands left out; more often is hardly better."""
_BATCH = 64
_RATE, _NEW_RATE = 5e-4, 1e-3
"""Highest rate of what the encoder knew before, and of what begins at chance."""
_WARM = 0.3
"""The share of steps in which the rate rises; then it falls in half a cosine."""
_MIN_RATE = 0.04
_DECAY = 0.01
_LOST_PIECES, _LOST_FEATURES = 0.08, 0.3
"""Dropout (Srivastava et al. 2014): no single word may decide."""
_SMOOTHING = 0.01
"""Nobody who labels is surer than that."""
_JOINED, _MAX_JOINED_LENGTH = 0.2, 40
"""The share of sentences that stand with another, as in a letter told to a telephone: what wants something is not to drown
in what wants nothing. Pieces of each of the two at most."""

Weights = dict[str, Rows]


@dataclass(frozen=True, slots=True, eq=False)
class _Examples:
    """Sentences as the network sees them; `wanted` and `counts` (sentences × 1) are what it should answer, and how much each
    counts."""

    pieces: Sequence[tuple[int, ...]]
    wanted: Rows
    counts: Rows

    def some(self, chosen: NDArray[np.int64]) -> _Examples:
        return _Examples([self.pieces[nth] for nth in chosen], self.wanted[chosen], self.counts[chosen])

    def joined(self, others: _Examples, where: NDArray[np.bool_]) -> _Examples:
        """Each of `where` followed by its other, if both are short: a yes only where both are one."""
        pieces, wanted, counts = list(self.pieces), self.wanted.copy(), self.counts.copy()
        for nth in np.flatnonzero(where).tolist():
            first, second = pieces[nth], others.pieces[nth]
            if max(len(first), len(second)) <= _MAX_JOINED_LENGTH:
                pieces[nth] = first + second[1:]  # without a second sign of the beginning
                wanted[nth] = min(wanted[nth], others.wanted[nth])
                counts[nth] = min(counts[nth], others.counts[nth])
        return _Examples(pieces, wanted, counts)


def train_net(found: Sequence[LabelledLine], yes: str) -> SentenceNet:
    """The network of these sentences, whose texts stand as they will be asked about: it answers whether they say `yes`."""
    with one_thread():
        return _trained(
            _Examples(
                [piece_numbers(line.text) for line in found],
                np.array(
                    [[1 - _SMOOTHING if line.says == yes else _SMOOTHING] for line in found], np.float32
                ),
                np.array([[line.weight] for line in found]),
            )
        )


def _trained(examples: _Examples) -> SentenceNet:
    chance = np.random.default_rng(0)
    weights = first_weights(chance)
    descent = _Descent(weights, new={"hidden", "hidden_bias", "answer", "answer_bias"})
    steps = -(-len(examples.pieces) // _BATCH) * EPOCHS
    for step, batch in enumerate(_batches(examples, chance)):
        descent.step(_gradients(batch, weights, chance), _share_of_rate(step / max(steps, 1)))
    return SentenceNet(weights)


def first_weights(chance: np.random.Generator) -> Weights:
    """What the encoder knew, and for the rest small numbers by chance."""
    known = learned_weights()
    return {
        name: known[name] if name in known else _by_chance(shape, chance) for name, shape in SHAPES.items()
    }


def _by_chance(shape: tuple[int, ...], chance: np.random.Generator) -> Rows:
    if len(shape) == 1:
        return np.zeros(shape, np.float32)
    return np.asarray(chance.standard_normal(shape) / np.sqrt(shape[0]), np.float32)


def _batches(examples: _Examples, chance: np.random.Generator) -> Iterator[_Examples]:
    for _ in range(EPOCHS):
        order = chance.permutation(len(examples.pieces))
        for at in range(0, len(order), _BATCH):
            batch = examples.some(order[at : at + _BATCH])
            others = examples.some(chance.integers(len(order), size=len(batch.pieces)))
            yield batch.joined(others, chance.random(len(batch.pieces)) < _JOINED)


def _share_of_rate(done: float) -> float:
    share: float = done / _WARM if done < _WARM else 0.5 * (1 + cos(pi * (done - _WARM) / (1 - _WARM)))
    return max(share, _MIN_RATE)


def _gradients(batch: _Examples, weights: Weights, chance: np.random.Generator) -> Weights:
    """Of the mean cross-entropy of the batch."""
    layout = build_layout([_thinned(piece_vectors(piece), chance) for piece in batch.pieces])
    seen = convolve(layout, weights)
    pooled = pool(seen.features, layout)
    kept = _kept(pooled.shape, chance)
    entering = pooled * kept
    hidden = np.maximum(entering @ weights["hidden"] + weights["hidden_bias"], 0)
    kept_hidden = _kept(hidden.shape, chance)
    last = hidden * kept_hidden
    odds = last @ weights["answer"] + weights["answer_bias"]
    counts = np.asarray(batch.counts / len(batch.pieces), np.float32)
    missed = np.asarray((1 / (1 + np.exp(-odds)) - batch.wanted) * counts, np.float32)
    into_hidden = (missed @ weights["answer"].T) * kept_hidden * (hidden > 0)
    return {
        "answer": last.T @ missed,
        "answer_bias": missed.sum(axis=0),
        "hidden": entering.T @ into_hidden,
        "hidden_bias": into_hidden.sum(axis=0),
        **back_through(
            layout, seen, weights, np.asarray((into_hidden @ weights["hidden"].T) * kept, np.float32)
        ),
    }


def _thinned(rows: Rows, chance: np.random.Generator) -> Rows:
    """The sentence with some pieces lost, never the sign of its beginning."""
    keep = (chance.random(len(rows)) > _LOST_PIECES).astype(np.float32)
    keep[0] = 1
    return rows * keep[:, None]


def _kept(shape: tuple[int, ...], chance: np.random.Generator) -> Rows:
    share = np.float32(1 - _LOST_FEATURES)
    return (chance.random(shape, np.float32) < share).astype(np.float32) / share


def back_through(
    layout: SentenceBatch, seen: ConvolutionTrace, weights: Mapping[str, Rows], pooled: Rows
) -> Weights:
    """The gradients of all that `convolve` uses, given that of what `pool` made of it (sentences × 2 · FEATURES)."""
    features = _back_through_pool(layout, seen.features, pooled)
    gradients: Weights = {"gain": _summed(features, seen.whole.values), "shift": features.sum(axis=0)}
    made = _back_through_normal(features * weights["gain"], seen.whole)
    entering: Rows = np.empty((len(made), WIDTH * len(WINDOWS)), made.dtype)
    for nth, (size, left) in enumerate(WINDOWS):
        out = made[:, PIECE + nth * WIDTH : PIECE + (nth + 1) * WIDTH]
        own, first = seen.inputs[nth], seen.firsts[nth]
        second: Rows = out * (seen.seconds[nth] > 0)
        between: Rows = (
            out + _back_through_window(second @ weights[f"second_{size}"].T, size, left)
        ) * layout.within
        into_first: Rows = between * (first > 0)
        gradients[f"second_{size}"] = window((first + own) * layout.within, size, left).T @ second
        gradients[f"second_{size}_bias"] = second.sum(axis=0)
        gradients[f"first_{size}"] = window(own, size, left).T @ into_first
        gradients[f"first_{size}_bias"] = into_first.sum(axis=0)
        into_own = between + _back_through_window(into_first @ weights[f"first_{size}"].T, size, left)
        entering[:, nth * WIDTH : (nth + 1) * WIDTH] = into_own * layout.within
    gradients["project_gain"] = _summed(entering, seen.projected.values)
    gradients["project_shift"] = entering.sum(axis=0)
    projected = _back_through_normal(entering * weights["project_gain"], seen.projected)
    return gradients | {"project": layout.vectors.T @ projected, "project_bias": projected.sum(axis=0)}


def _back_through_pool(layout: SentenceBatch, features: Rows, pooled: Rows) -> Rows:
    gradients = np.zeros_like(features)
    every = np.arange(FEATURES)
    for start, end, gradient in zip(layout.starts, layout.ends, pooled, strict=True):
        gradients[start:end] += gradient[FEATURES:] / np.float32(end - start)
        gradients[start + features[start:end].argmax(axis=0), every] += gradient[:FEATURES]
    return gradients


def _back_through_normal(out: Rows, of: NormalizedRows) -> Rows:
    gradients = of.values * (np.einsum("ij,ij->i", out, of.values)[:, None] / -out.shape[1])
    gradients += out
    gradients -= out.mean(axis=1, keepdims=True)
    gradients *= of.scale
    return np.asarray(gradients, out.dtype)


def _summed(rows: Rows, others: Rows) -> Rows:
    """Of each column the sum of the products."""
    return np.asarray(np.einsum("ij,ij->j", rows, others), rows.dtype)


def _back_through_window(out: Rows, size: int, left: int) -> Rows:
    rows, width = len(out), out.shape[1] // size
    padded: NDArray[np.float32] = np.zeros((rows + size - 1, width), out.dtype)
    for at in range(size):
        padded[at : at + rows] += out[:, at * width : (at + 1) * width]
    return padded[left : left + rows]


class _Descent:
    """AdamW with the gradients' length bounded to 1."""

    def __init__(self, weights: Weights, new: set[str]) -> None:
        self._weights = weights
        self._new = new
        self._means = {name: np.zeros_like(rows) for name, rows in weights.items()}
        self._squares = {name: np.zeros_like(rows) for name, rows in weights.items()}
        self._steps = 0

    def step(self, gradients: Weights, share: float) -> None:
        """One step down, at this share of the highest rate."""
        self._steps += 1
        length = np.sqrt(sum(float(np.vdot(gradient, gradient)) for gradient in gradients.values()))
        bounded = np.float32(min(1.0, 1 / (length + 1e-6)))
        for name, gradient in gradients.items():
            rate = (_NEW_RATE if name in self._new else _RATE) * share
            mean, square, rows = self._means[name], self._squares[name], self._weights[name]
            gradient = gradient * bounded
            mean += np.float32(0.1) * (gradient - mean)
            square += np.float32(0.001) * (np.square(gradient) - square)
            deviation = np.sqrt(square / np.float32(1 - 0.999**self._steps)) + np.float32(1e-8)
            rows *= np.float32(1 - rate * _DECAY)
            rows -= np.float32(rate / (1 - 0.9**self._steps)) * mean / deviation
