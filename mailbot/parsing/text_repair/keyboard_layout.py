"""Russian typed with the keyboard left in Latin: «ghbdtn» is «привет»."""

from __future__ import annotations

from mailbot.parsing.charsets.russian_likeness import cyrillic_letters, latin_letters, russian_likeness
from mailbot.parsing.text_repair import latin_text

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~@#$^&"
_RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"№;:?'
_TABLE = str.maketrans(_LATIN, _RUSSIAN)

NAME = "keyboard layout"

_ENDING_WITH_B = frozenset({"чтоб", "хлеб", "клуб", "столб", "погреб", "герб", "дуб", "зуб", "куб", "об"})

VOWELS = 0.2
"""Share of a, e, i, o, u below which Latin text is no language: English and transliteration have 0.35 to 0.45,
Russian on the wrong keyboard 0.06 (they are ф, у, ш, щ, г there)."""

WORTH, WORTH_OF_FEW, WORTH_LIKELY = 0.5, 0.7, 0.35
MIN_LETTERS, FEW, MIN_LETTERS_LIKELY = 6, 20, 3
"""Letters: below the first nothing is judged, below the second the text must look more Russian."""

DIFFERENT = 5
"""Letters, each counted once: «AAAABBBB» of a key gives common pairs alone, and no words."""

MAX_LENGTH = 50_000
"""Characters beyond which nobody typed the text by hand."""


def repair(text: str, likely: str = "") -> tuple[str, str]:
    """The text as it was meant, and the name of the repair; '' where nothing is to be repaired.

    Lines that a program added in Russian or English stay. `likely` names what another part of the letter needed.
    """
    if len(text) > MAX_LENGTH:
        return text, ""
    seen = latin_text.candidates(text)
    letters = latin_letters(seen)
    expected = NAME in likely
    if letters < (MIN_LETTERS_LIKELY if expected else MIN_LETTERS) or _vowels(seen) > VOWELS * letters * (
        1 + expected
    ):
        return text, ""
    if not expected and _different(seen) < DIFFERENT:
        return text, ""
    typed = retyped(seen)
    worth = WORTH_LIKELY if expected else WORTH_OF_FEW if letters < FEW else WORTH
    if russian_likeness(typed) < worth or cyrillic_letters(typed) < (
        MIN_LETTERS_LIKELY if expected else MIN_LETTERS
    ):
        return text, ""
    return latin_text.change(text, retyped), NAME


def _different(text: str) -> int:
    return len({letter for letter in text.lower() if letter.isascii() and letter.isalpha()})


def _vowels(text: str) -> int:
    return sum(character in "aeiouAEIOU" for character in text[:4000])


def retyped(text: str) -> str:
    """The text as the same keys give it in the Russian layout; few Russian words end with «б»: a comma stays."""
    typed = text.translate(_TABLE)
    return f"{typed[:-1]}," if text.endswith(",") and typed.lower() not in _ENDING_WITH_B else typed
