"""A find inside one text, and how finds are taken out of the way of the next finder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MASK = "¦"  # stands where contact data stood: a boundary, and a sign that contact data is beside


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Characters `start`..`end` (half-open) of the text searched, and what they say.

    `more` holds further stretches of the same find (a flat written apart from its house).
    """

    start: int
    end: int
    value: str
    confidence: float = 1.0
    more: tuple[tuple[int, int], ...] = ()

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        return ((self.start, self.end), *self.more)


def mask_stretches(text: str, marks: Iterable[TextMatch], filler: str = MASK) -> str:
    """The text with the marked stretches overwritten: same length, same line breaks."""
    stretches = [stretch for mark in marks for stretch in mark.stretches]
    if not stretches:
        return text
    characters = list(text)
    for start, end in stretches:
        characters[start:end] = ["\n" if sign == "\n" else filler for sign in characters[start:end]]
    return "".join(characters)
