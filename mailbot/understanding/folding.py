"""Folding a text for matching without moving a single character."""

from __future__ import annotations

_ALIKE = (("ё", "е"), ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\t", " "))


def fold(text: str) -> str:
    """Lower case, ё as е, all spaces alike; the result has the length of `text`, so spans hold.

    Characters whose lower case is longer than one character (Turkish İ) stay as they are.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    for character, same in _ALIKE:
        lowered = lowered.replace(character, same)
    return lowered
