"""What words and lines are like, whichever they are: part of speech, name or place; the pattern that a line repeats."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from mailbot.language import dictionary

_RUN = re.compile(r"[^\W\d_]+|\d[\d.,]*|\s+|.")
_MAX_LINE_LENGTH = 120
"""Characters of a line whose shape is looked at."""


@lru_cache(maxsize=20_000)
def sort_of(word: str) -> str:
    """«Surn», «Name», «Patr», «Geox», else the part of speech and case; «?» before what the dictionary does not hold."""
    if len(word) == 1:
        return "letter"
    parsed = dictionary.parse_word(word)[0]
    tag = parsed.tag
    sort = next((name for name in ("Surn", "Patr", "Name", "Geox") if name in tag), None)
    known = "" if dictionary.is_known(word) else "?"
    return f"{known}{sort or tag.POS or '-'}{f'.{tag.case}' if tag.case and not sort else ''}"


def line_shapes(text: str) -> dict[int, tuple[str, int]]:
    """For the start of every line its shape («a-9 a») and how many lines of the text have it."""
    shapes: dict[int, str] = {}
    at = 0
    for line in text.split("\n"):
        shapes[at] = _shape(line[:_MAX_LINE_LENGTH])
        at += len(line) + 1
    counts = Counter(shapes.values())
    return {start: (shape, counts[shape]) for start, shape in shapes.items()}


def _shape(line: str) -> str:
    signs: list[str] = []
    for run in _RUN.findall(line):
        sign = "a" if run[0].isalpha() else "9" if run[0].isdigit() else " " if run[0].isspace() else run[0]
        if sign != " " and not (signs and signs[-1] == sign == "a"):
            signs.append(sign)
    return "".join(signs)
