"""Russian typed with the keyboard left in Latin: «ghbdtn» is «привет»."""

from __future__ import annotations

import re

from mailbot.parsing.english import is_english
from mailbot.parsing.russian import cyrillic_letters, likeness

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~@#$^&"
_RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"№;:?'
_TABLE = str.maketrans(_LATIN, _RUSSIAN)

_KEPT = re.compile(
    r"\S{1,64}@\S{1,200}\.\w+|https?://\S{1,2000}|\b\d{1,30}[.,]\d{1,30}\b|^\W{1,200}$", re.MULTILINE
)
"""Addresses, links and decimal numbers mean what they say whatever the keyboard."""

WORTH = 0.72
LEAST_LETTERS = 8
LONGEST = 50_000
"""Characters beyond which nobody typed the text by hand."""


def repair(text: str) -> tuple[str, str]:
    """The text as it was meant, and the name of the repair; '' where nothing is to be repaired."""
    letters = sum(character.isascii() and character.isalpha() for character in text)
    if (
        letters < LEAST_LETTERS
        or len(text) > LONGEST
        or cyrillic_letters(text) * 4 > letters
        or is_english(text)
    ):
        return text, ""
    typed = retyped(text)
    if likeness(typed) < WORTH or cyrillic_letters(typed) < LEAST_LETTERS:
        return text, ""
    return typed, "keyboard layout"


def retyped(text: str) -> str:
    """The text as the same keys give it in the Russian layout."""
    pieces, at = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [text[at : kept.start()].translate(_TABLE), kept[0]]
        at = kept.end()
    return "".join((*pieces, text[at:].translate(_TABLE)))
