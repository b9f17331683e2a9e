"""HTML entities in plain text: «&#1047;», «&laquo;», also with their own sign encoded again («&amp;#1047;»)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mailbot.parsing.encoded.candidate import Alternatives
from mailbot.parsing.text_repair.traced_text import TextReplacement

_ENTITY = re.compile(r"&(?:amp;){0,4}+(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d?);")
_LETTER = re.compile(r"&(?:amp;){0,4}+(?:#\d{3,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{3,8});")
_SIGN = re.compile(
    r"(?:(?<=\w)|(?<=\d[.,]))&(?:nbsp|quot|laquo|raquo|ndash|mdash|hellip|shy|sup2|sup3);"
    r"|&(?:nbsp|quot|laquo|raquo|ndash|mdash|hellip|shy);(?=\w)"
)

MIN_LETTERS = 3
"""Letters spelt as entities from which a whole text is taken to be spelt so."""


def candidates(text: str) -> Iterator[Alternatives]:
    """All entities of a text that spells its letters so; else only signs that touch a word («345&nbsp;м³»).

    Prose about «&nbsp;» sets it apart, and keeps it.
    """
    if "&" not in text:
        return
    spelt = sum(_meaning(match[0]).isalpha() for match in _LETTER.finditer(text)) >= MIN_LETTERS
    for match in (_ENTITY if spelt else _SIGN).finditer(text):
        meaning = _meaning(match[0])
        if meaning != match[0]:
            start, end = match.span()
            yield (TextReplacement(start, end, meaning, [start] * len(meaning), [end] * len(meaning)),)


def _meaning(entity: str) -> str:
    bare = re.sub(r"&(?:amp;)+", "&", entity)
    meaning = html.unescape(bare)
    return meaning if len(meaning) == 1 else entity
