"""The stretch of a text worth searching: what no person writes is blanked before any pattern runs.

Patterns with gaps cost time quadratic in the length of a run without a break, so base64, keyboard
mash and rulers must not reach them: one hostile letter would hold up the others.
"""

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
