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
MOST_CHARACTERS = 16_000  # readings and contacts stand near the top; sheets have their own reader


def searchable(text: str) -> str:
    """`text` with endless runs and all after `MOST_CHARACTERS` blanked, wide blanks filled with `GAP`.

    The length stays, so spans hold.
    """
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS] + _blank(text[MOST_CHARACTERS:])
    text = _MONSTER.sub(lambda match: " " * len(match.group()), text)
    return _WIDE_BLANK.sub(lambda match: GAP * len(match.group()), text)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
