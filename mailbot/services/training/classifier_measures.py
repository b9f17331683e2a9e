"""The field's measures of how right and how honest a classifier is."""

from __future__ import annotations

from collections.abc import Sequence

BINS = 10


def f1(right: int, extra: int, missed: int) -> float:
    """The harmonic mean of precision and recall, 0…1; 0 where there is nothing to find and nothing found."""
    return 2 * right / (2 * right + extra + missed) if right + extra + missed else 0.0


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Mean distance between what was said (0…1) and how often it held, over ten bins (Naeini 2015)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for share, held in pairs:
        bins[min(BINS - 1, int(share * BINS))].append((share, held))
    gaps = (abs(sum(share for share, _ in bin) - sum(held for _, held in bin)) for bin in bins if bin)
    return sum(gaps) / max(1, len(pairs))
