"""A small convolutional network that reads a sentence whole: its word pieces, two, three and five of them at a time.

The pieces' vectors and the first shape of the convolutions are those of the Universal Sentence Encoder (Yang et al. 2019,
arXiv:1907.04307), which learned them from sentences of sixteen languages. A model of single words knows none that it did not
meet; here «котлеты стынут» lies beside «суп убежал».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]

PIECE = 512
"""Numbers in the vector of a piece."""
WIDTH = 256
"""Numbers that each convolution makes of a piece and its neighbours."""
WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Each convolution: how many pieces it sees, and how many of them stand to the left."""
FEATURES = PIECE + WIDTH * len(WINDOWS)
HIDDEN = 128
PADDING = max(max(left, size - 1 - left) for size, left in WINDOWS)
"""Empty rows between two sentences: no window reaches from one into the other."""
_EPSILON = np.float32(1e-12)

SHAPES: Mapping[str, tuple[int, ...]] = {
    "project": (PIECE, WIDTH * len(WINDOWS)),
    "project_bias": (WIDTH * len(WINDOWS),),
    "project_gain": (WIDTH * len(WINDOWS),),
    "project_shift": (WIDTH * len(WINDOWS),),
    **{f"{layer}_{size}": (size * WIDTH, WIDTH) for size, _ in WINDOWS for layer in ("first", "second")},
    **{f"{layer}_{size}_bias": (WIDTH,) for size, _ in WINDOWS for layer in ("first", "second")},
    "gain": (FEATURES,),
    "shift": (FEATURES,),
    "hidden": (2 * FEATURES, HIDDEN),
    "hidden_bias": (HIDDEN,),
    "answer": (HIDDEN, 1),
    "answer_bias": (1,),
}
"""Every weight by its name."""


@dataclass(frozen=True, slots=True, eq=False)
class SentenceNet:
    """Answers one yes-no question to a sentence. `weights` by name, as in `SHAPES`; without any it says no to all."""

    weights: Mapping[str, Rows]

    def log_odds(self, sentences: Sequence[Rows]) -> Rows:
        """Of each sentence (pieces × PIECE, one piece at least) how likely the answer is yes: ln(p / (1 - p))."""
        if not sentences or not self.weights:
            return np.full(len(sentences), -np.inf, np.float32)
        layout = build_layout(sentences)
        pooled = pool(convolve(layout, self.weights).features, layout)
        hidden = np.maximum(pooled @ self.weights["hidden"] + self.weights["hidden_bias"], 0)
        return np.asarray((hidden @ self.weights["answer"] + self.weights["answer_bias"])[:, 0], np.float32)


NO_NET = SentenceNet({})


@dataclass(frozen=True, slots=True, eq=False)
class SentenceBatch:
    """Sentences below one another with empty rows between: `vectors` (rows × PIECE), `starts` and `ends` of each in rows,
    `within` (rows × 1): 1 in a piece's row, else 0."""

    vectors: Rows
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    within: Rows


def build_layout(sentences: Sequence[Rows]) -> SentenceBatch:
    """Each sentence has at least one piece."""
    lengths = np.array([len(sentence) for sentence in sentences], np.int64)
    ends = np.cumsum(lengths + PADDING)
    starts = ends - lengths
    vectors = np.zeros((int(ends[-1]) + PADDING, PIECE), np.float32)
    within = np.zeros((len(vectors), 1), np.float32)
    for sentence, start, end in zip(sentences, starts, ends, strict=True):
        vectors[start:end] = sentence
        within[start:end] = 1
    return SentenceBatch(vectors, starts, ends, within)


@dataclass(frozen=True, slots=True, eq=False)
class NormalizedRows:
    """Rows with mean 0 and deviation 1; `scale` (rows × 1) is what they were multiplied by."""

    values: Rows
    scale: Rows


@dataclass(frozen=True, slots=True, eq=False)
class ConvolutionTrace:
    """The features of each row (rows × FEATURES), and what each convolution saw and made; training walks it backwards."""

    projected: NormalizedRows
    inputs: tuple[Rows, ...]
    firsts: tuple[Rows, ...]
    seconds: tuple[Rows, ...]
    whole: NormalizedRows
    features: Rows


def convolve(layout: SentenceBatch, weights: Mapping[str, Rows]) -> ConvolutionTrace:
    """Three convolutions side by side, each twice over with what went in added to what comes out (He et al. 2015)."""
    projected = normalize_layer(layout.vectors @ weights["project"] + weights["project_bias"])
    entering = projected.values * weights["project_gain"] + weights["project_shift"]
    inputs, firsts, seconds, made = [], [], [], [layout.vectors]
    for nth, (size, left) in enumerate(WINDOWS):
        own = entering[:, nth * WIDTH : (nth + 1) * WIDTH] * layout.within
        first = _layer(window(own, size, left), weights, f"first_{size}")
        between = (first + own) * layout.within
        second = _layer(window(between, size, left), weights, f"second_{size}")
        inputs.append(own)
        firsts.append(first)
        seconds.append(second)
        made.append(second + between)
    whole = normalize_layer(np.concatenate(made, axis=1))
    features = whole.values * weights["gain"] + weights["shift"]
    return ConvolutionTrace(projected, tuple(inputs), tuple(firsts), tuple(seconds), whole, features)


def _layer(rows: Rows, weights: Mapping[str, Rows], name: str) -> Rows:
    return np.asarray(np.maximum(rows @ weights[name] + weights[f"{name}_bias"], 0), np.float32)


def window(rows: Rows, size: int, left: int) -> Rows:
    """Beside each row its neighbours, `left` of them from above: rows × (size · width)."""
    padded = np.zeros((len(rows) + size - 1, rows.shape[1]), rows.dtype)
    padded[left : left + len(rows)] = rows
    return np.concatenate([padded[at : at + len(rows)] for at in range(size)], axis=1)


def normalize_layer(rows: Rows) -> NormalizedRows:
    """Layer normalisation (Ba et al. 2016) without gain and shift."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    scale = 1 / np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + _EPSILON)
    return NormalizedRows(centred * scale, scale)


def pool(features: Rows, layout: SentenceBatch) -> Rows:
    """Of each sentence the greatest value of each feature, and beside them the means: sentences × (2 · FEATURES)."""
    sentences = [features[start:end] for start, end in zip(layout.starts, layout.ends, strict=True)]
    return np.array([np.concatenate([sentence.max(axis=0), sentence.mean(axis=0)]) for sentence in sentences])
