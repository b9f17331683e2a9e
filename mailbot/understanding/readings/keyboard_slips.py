"""A text as the reader of values wants it: the slips of the keyboard undone, no character moved."""

from __future__ import annotations

import re

# Latin letters that look like Cyrillic ones, inside a Cyrillic word («ГВC») or as the whole of «XBC»
_LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_MIXED = re.compile(
    r"(?<!\w)(?:[A-Za-z]{1,20}(?=[А-Яа-яЁё])|[А-Яа-яЁё]{1,20}(?=[A-Za-z]))[A-Za-zА-Яа-яЁё]{1,40}"
)
_COLD_IN_LATIN = re.compile(r"(?<!\w)[XxХх][BbВв][CcСс](?![a-zа-я])")
# «гвс....123», «гвс ,123», «гвс_123», «гвс,123»: signs between a word and its number
_SIGNS = re.compile(r"(?<=[а-яё])\s{0,2}(?:[.…]{2,6}|[._,…](?=\d)|_)(?=\s{0,2}\d)", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\d)['’`](?=\d{3}(?!\d))")


def reading_text(text: str) -> str:
    """`text` with look-alike letters and stray signs before numbers repaired; same length."""
    text = _COLD_IN_LATIN.sub(lambda match: match.group().upper().translate(_LOOKALIKES), text)
    text = _MIXED.sub(lambda match: match.group().translate(_LOOKALIKES), text)
    text = _SIGNS.sub(lambda match: " " * len(match.group()), text)
    return _APOSTROPHE.sub(" ", text)
