"""Which characters of a repaired text came of which characters of the original: the map that evidence follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.model import OriginalSpan

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_WORD = re.compile(r"[^ \t\n\r]+")
"""Only ASCII spaces part words: in damaged text a no-break space is half of a letter («Р» is D0 A0)."""


def align(original: str, repaired: str) -> tuple[OriginalSpan, ...]:
    """The map from `repaired` back to `original`, word by word; by lines, or as a whole, where words do not pair.
    Lines that were joined are paired by the words of the whole text.

    No repair joins or parts words or lines (charsets, keyboards and alphabets all keep ASCII spaces), so that
    equal counts mean equal places. Both tuples of offsets grow; words of equal length map by characters.
    """
    before, after = _bounds(_LINE, original), _bounds(_LINE, repaired)
    if len(before) != len(after):
        return tuple(_line(original, (0, len(original)), repaired, (0, len(repaired)))) if repaired else ()
    return tuple(
        origin
        for was, now in zip(before, after, strict=True)
        for origin in _line(original, was, repaired, now)
    )


def _line(original: str, was: tuple[int, int], repaired: str, now: tuple[int, int]) -> Iterator[OriginalSpan]:
    words, kept = _bounds(_WORD, original, *was), _bounds(_WORD, repaired, *now)
    if len(words) != len(kept):
        yield OriginalSpan(*now, *was)
        return
    for old, new in zip(words, kept, strict=True):
        yield OriginalSpan(*new, *old)


def _bounds(
    pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    matches = pattern.finditer(text, start, len(text) if end is None else end)
    return [match.span() for match in matches]
