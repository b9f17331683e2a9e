"""Lower case and ё as е, without moving a character: how this room compares words."""

from __future__ import annotations


def fold_case(text: str) -> str:
    """Lower case, ё as е, and never another length: how words are compared."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.replace("ё", "е")
