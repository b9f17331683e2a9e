"""Prose of the languages that write Latin letters with marks over some: sound as it is, however little Russian it looks."""

from __future__ import annotations

import re
import unicodedata

_BEYOND = re.compile(r"[^\x00-\x7f]+")
_TYPOGRAPHY = re.compile(
    "[\u00a0-\u00a9\u00ab\u00ad\u00b0-\u00b3\u00b7\u00bb\u00bf\u02bb\u02bc\u2000-\u206f\u20a0-\u20bf\u2116\u2122\ue000\ue001\ufeff]"
)

RUN = 2.0
"""Mean length of runs of marked letters below which they are a language's: damaged Russian has whole words of them."""

SHARE = 0.8
"""Marked letters for one plain letter, at the most; Czech and Vietnamese have 0.5."""

SAMPLE = 4_000


def is_latin_prose(text: str) -> bool:
    """Are all letters beyond ASCII Latin ones, and do they stand singly among plain letters?"""
    sample = unicodedata.normalize("NFC", _TYPOGRAPHY.sub(" ", text[:SAMPLE]))
    runs = _BEYOND.findall(sample)
    marked = "".join(runs)
    if not marked or not all(
        sign.isalpha() and "LATIN" in unicodedata.name(sign, "") for sign in set(marked)
    ):
        return False
    plain = sum(sign.isascii() and sign.isalpha() for sign in sample)
    return len(marked) < RUN * len(runs) and len(marked) <= SHARE * plain
