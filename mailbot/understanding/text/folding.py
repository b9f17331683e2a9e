"""Folding a text for matching without moving a single character, and the texts of a letter as they are searched."""

from __future__ import annotations

import re

GAP = "\0"  # fills wide blanks: no space and no letter, so that no pattern runs along it
_WIDE_BLANK = re.compile(r"(?<=\s\s)\s{20,}(?=\s\s)")
# A word, address or number of a letter is far shorter than this
_MONSTER = re.compile(r"\S{70,}|\d{25,}|[^\w\s]{12,}")
MAX_CHARACTERS = 16_000  # contacts stand near the top


def searchable(text: str, *, most: int = MAX_CHARACTERS) -> str:
    """`text` with endless runs and all after `most` characters blanked, wide blanks filled with `GAP`.

    The length stays, so spans hold.
    """
    if len(text) > most:
        text = text[:most] + _blank(text[most:])
    text = _MONSTER.sub(lambda match: " " * len(match.group()), text)
    return _WIDE_BLANK.sub(lambda match: GAP * len(match.group()), text)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def fold(text: str) -> str:
    """Lower case, ё as е, all spaces alike; the result has the length of `text`, so spans hold.

    Characters whose lower case is longer than one character (Turkish İ) stay as they are.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    spaced = lowered.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").replace("\t", " ")
    return spaced.replace("ё", "е")
