"""Letters that were lost on the way: question marks where words stood."""

from __future__ import annotations

import re

_LOST = re.compile(r"\?{2,}|\ufffd+")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def is_illegible(text: str) -> bool:
    """Are more characters lost than words left? «????» in a complaint's anger is not yet a loss."""
    gone = sum(len(match) for match in _LOST.findall(text))
    kept = sum(len(match) for match in _WORDS.findall(text))
    return (gone >= 6 and gone > kept) or ("\ufffd" in text and gone * 3 > kept)
