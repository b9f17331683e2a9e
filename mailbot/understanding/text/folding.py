"""Folding a text for matching without moving a single character."""

from __future__ import annotations


def fold(text: str) -> str:
    """Lower case, ё as е, all spaces alike; the result has the length of `text`, so spans hold.

    Characters whose lower case is longer than one character (Turkish İ) stay as they are.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    spaced = lowered.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").replace("\t", " ")
    return spaced.replace("ё", "е")
