"""Latin letters that look like Russian ones inside Russian words: «прoвeрьтe» typed or copied with foreign o and e."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailbot.parsing.charsets.russian_likeness import cyrillic_letters, latin_letters
from mailbot.parsing.text_repair import latin_text

_LOOKS = str.maketrans("aceopxyABCEHKMOPTXYkmt", "асеорхуАВСЕНКМОРТХУкмт")
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_ALIKE = re.compile(r"[aceopxyABCEHKMOPTXYkmt]+")
_TOKEN = re.compile(r"\S+")
_BOTH = re.compile(r"[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
"""Letters of both alphabets side by side."""

NAME = "latin look-alikes"


def repair(text: str, likely: str = "") -> tuple[str, str]:
    """The text with look-alikes made Russian, and the name of the repair; '' where there are none.

    A word that mixes both alphabets shows that the writer's letters are mixed up; then words of look-alikes
    alone («HE», «B») are Russian as well. Addresses, links and words with other Latin letters stay. Every
    character keeps its place.
    """
    if not latin_letters(text) or not cyrillic_letters(text):
        return text, ""
    mended = _TOKEN.sub(lambda token: _token(token[0], _mixed), text) if _BOTH.search(text) else text
    if mended == text and NAME not in likely:
        return text, ""
    mended = _TOKEN.sub(lambda token: _token(token[0], _alike), mended)
    return (mended, NAME) if mended != text else (text, "")


def _token(token: str, of_word: Callable[[str], str]) -> str:
    return token if latin_text.is_meant_as_written(token) else _WORD.sub(lambda word: of_word(word[0]), token)


def _mixed(word: str) -> str:
    """A word of both alphabets in which every Latin letter looks Russian, and Russian letters are the base."""
    latin = "".join(letter for letter in word if letter.isascii())
    return word.translate(_LOOKS) if latin and len(latin) < len(word) and _ALIKE.fullmatch(latin) else word


def _alike(word: str) -> str:
    return word.translate(_LOOKS) if _ALIKE.fullmatch(word) else word
