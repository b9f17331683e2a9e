"""Two readers of a letter's addresses, the patterns and the models of roles, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.model import ExtractedValue
from mailbot.understanding.addresses.address_finder import has_flat
from mailbot.understanding.contacts.agreed_names import overlap

_PATTERNS_ALONE = 0.8
"""What is left of the patterns' word where the models see no address."""


def merge_addresses(
    patterns: Sequence[ExtractedValue[str]], model: Sequence[ExtractedValue[str]]
) -> tuple[ExtractedValue[str], ...]:
    """The addresses that either has read: the models' where both have, but the one with the flat where only one has it."""
    left = list(patterns)
    found: list[ExtractedValue[str]] = []
    for one in model:
        if any(overlap(one.spans[:1], other.spans[:1]) for other in found):
            continue
        same = [other for other in left if overlap(one.spans, other.spans)]
        left = [other for other in left if other not in same]
        found.append(_joined(one, same))
    return (*found, *(replace(one, confidence=round(one.confidence * _PATTERNS_ALONE, 2)) for one in left))


def _joined(one: ExtractedValue[str], same: Sequence[ExtractedValue[str]]) -> ExtractedValue[str]:
    flats = [other for other in same if has_flat(other.value)]
    if flats and not has_flat(one.value):
        return flats[0]
    return replace(one, confidence=max([one.confidence, *(other.confidence for other in same)]))
