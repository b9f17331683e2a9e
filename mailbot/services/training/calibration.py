"""Two numbers that make a model's scores probabilities (Platt 1999), found by Newton's method."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STRENGTH = 100.0
MIN_SLOPE = 0.05
_MAX_STEPS = 100
_NEAR = 1e-9

Row = NDArray[np.float64]


def slope_and_offset(
    scores: Sequence[float], answers: Sequence[bool], *, balanced: bool
) -> tuple[float, float]:
    """Of the logistic regression of the answers on the scores; `balanced`: yes and no weigh as if they were equally many.

    A solver for many weights takes seconds for these two; this one a hundredth, and ends at the same.
    """
    if len(set(answers)) < 2:
        return MIN_SLOPE, 5.0 if answers and answers[0] else -5.0
    yes = np.array(answers)
    share = np.where(yes, len(yes) / (2 * yes.sum()), len(yes) / (2 * (~yes).sum()))
    slope, offset = _newton(np.array(scores), yes, STRENGTH * (share if balanced else np.ones(len(yes))))
    return max(slope, MIN_SLOPE), offset


def _newton(scores: Row, yes: NDArray[np.bool_], weights: Row) -> tuple[float, float]:
    slope = offset = 0.0
    missed = _missed(scores, yes, weights, slope, offset)
    for _ in range(_MAX_STEPS):
        down, aside = _step(scores, yes, weights, slope, offset)
        share = 1.0
        while _missed(scores, yes, weights, slope - down, offset - aside) > missed and share > _NEAR:
            share, down, aside = share / 2, down / 2, aside / 2
        slope, offset = slope - down, offset - aside
        missed = _missed(scores, yes, weights, slope, offset)
        if abs(down) + abs(aside) < _NEAR:
            break
    return slope, offset


def _missed(scores: Row, yes: NDArray[np.bool_], weights: Row, slope: float, offset: float) -> float:
    """What is minimised: −ln p of the answers, and half the squares of both numbers."""
    odds = slope * scores + offset
    lost = weights * np.logaddexp(0, np.where(yes, -odds, odds))
    return float(lost.sum()) + (slope * slope + offset * offset) / 2


def _step(
    scores: Row, yes: NDArray[np.bool_], weights: Row, slope: float, offset: float
) -> tuple[float, float]:
    """The gradient over the second derivatives."""
    likely = 1 / (1 + np.exp(-np.clip(slope * scores + offset, -500, 500)))
    off = weights * (likely - yes)
    bend = weights * likely * (1 - likely)
    by_slope, by_offset = slope + float((off * scores).sum()), offset + float(off.sum())
    both = float((bend * scores).sum())
    of_slope, of_offset = 1 + float((bend * scores * scores).sum()), 1 + float(bend.sum())
    whole = of_slope * of_offset - both * both
    return (of_offset * by_slope - both * by_offset) / whole, (of_slope * by_offset - both * by_slope) / whole
