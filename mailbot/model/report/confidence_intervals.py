"""95 % confidence intervals of a share, a mean and a ratio, in Decimal: no float touches a figure that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

Interval = tuple[Decimal, Decimal]
"""The lower and the upper bound."""

MIN_SAMPLE = 5
"""Answers below which no interval is told: it would be as wide as the scale."""

Z_95 = Decimal("1.959964")
"""The 0.975 quantile of the normal distribution."""


def round_to_tenth(value: Decimal) -> Decimal:
    """Rounded to one decimal place, halves away from zero; never «−0»."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def wilson_interval(good: int, n: int) -> Interval:
    """Of the share good/n, 0…1 (Wilson 1927): it holds for few answers, and for none or all of them good."""
    share, square = Decimal(good) / n, Z_95 * Z_95 / n
    middle = share + square / 2
    half = Z_95 * ((share * (1 - share) + square / 4) / n).sqrt()
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def mean_interval(values: Sequence[Decimal], least: Decimal) -> Interval | None:
    """Of the mean of values from `least` to 1, by their sample variance; None where they are all alike."""
    return ratio_interval(values, [Decimal(1)] * len(values), least)


def ratio_interval(
    given: Sequence[Decimal], best: Sequence[Decimal], least: Decimal = Decimal(0)
) -> Interval | None:
    """Of Σ given / Σ best over the clients, within `least`…1; None where it cannot be told.

    The variance is that of the ratio estimator, n/(n−1) · Σ(given − R·best)² / (Σ best)² (Cochran 1977, 6.4): where
    all clients answered the same questions, it is the sample variance of their own indices, divided by n.
    """
    n, whole = len(given), sum(best, Decimal(0))
    if n < 2:
        return None
    ratio = sum(given, Decimal(0)) / whole
    squares = sum(((score - ratio * most) ** 2 for score, most in zip(given, best, strict=True)), Decimal(0))
    half = Z_95 * (squares * n / (n - 1)).sqrt() / whole
    if round_to_tenth(100 * half) == 0:
        return None
    return max(least, ratio - half), min(Decimal(1), ratio + half)
