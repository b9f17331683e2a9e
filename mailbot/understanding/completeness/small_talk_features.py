"""What the model of talk sees of a sentence: its words, their forms, and how they follow each other.

Contact data stands as `¦`, a value that was read as `0`, any other number by the sign of its role (`sign_of`): what the
sentence says of them counts, not which they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from mailbot.language.dictionary import is_known, parse_word
from mailbot.model.trained.number_roles import NUMBER_ROLES
from mailbot.understanding.text.folding import fold
from mailbot.understanding.text.marked_spans import MASK

VALUE = "0"
_FIRST_SIGN = 0xE000  # of the area that Unicode leaves to private use

_TOKEN = re.compile(
    r"[^\W\d_]+|¦+|0+|[\ue000-\ue0ff]+|(?P<clock>\d{1,2}:\d\d)|(?P<part>\d+[.,]\d+)|\d+|[?!;:()\"«»]"
)
_TOLD = ("past", "pres", "futr", "impr", "1per", "2per", "3per")
_PEOPLE = frozenset({"Name", "Surn", "Patr"})
_STEM = 5
_LENGTHS = ((4, 0), (6, 4), (9, 6), (14, 9))
_LONG = 14


def sign_of(role: str) -> str:
    """The sign that stands in a sentence for every digit of a number of that role."""
    return chr(_FIRST_SIGN + NUMBER_ROLES.index(role))


def with_signs(text: str, numbers: Iterable[tuple[int, int, str]]) -> str:
    """The text with the numbers (start, end, role) overwritten by the signs of their roles; same length.

    Numbers in words stay: «одно и то же».
    """
    characters = list(text)
    for start, end, role in numbers:
        if any(sign.isdigit() for sign in text[start:end]):
            characters[start:end] = sign_of(role) * (end - start)
    return "".join(characters)


def talk_features(text: str) -> list[str]:
    """The names of what holds of the sentence, sorted; each once."""
    words = [_word(match) for match in _TOKEN.finditer(fold(text))]
    features = {_length(sum(form != _NO_WORD for _, form, _ in words))}
    for word, form, lemma in words:
        if lemma not in (VALUE, MASK):  # what is beside them counts, not that they are there
            features |= {f"lemma={lemma}", f"form={form}"}
        if form != _NO_WORD:
            features |= {f"word={word}"} | ({f"stem={lemma[:_STEM]}"} if len(lemma) > _STEM else set())
    forms = ["^", *(form for _, form, _ in words), "$"]
    lemmas = ["^", *(lemma for _, _, lemma in words), "$"]
    features |= {f"forms={first} {second}" for first, second in pairwise(forms)}
    features |= {f"pair={first} {second}" for first, second in pairwise(lemmas)}
    return sorted(features)


_NO_WORD = "#"


def _word(match: re.Match[str]) -> tuple[str, str, str]:
    """(as written, what kind of word, what it is a form of)."""
    text = match.group()
    if text[0] == MASK:
        return "", _NO_WORD, MASK
    if not text.strip(VALUE):
        return "", _NO_WORD, VALUE
    if 0 <= ord(text[0]) - _FIRST_SIGN < len(NUMBER_ROLES):
        return "", _NO_WORD, f"#{NUMBER_ROLES[ord(text[0]) - _FIRST_SIGN]}"
    if match["clock"]:
        return "", _NO_WORD, "#hour"
    if match["part"]:
        return "", _NO_WORD, "#part"
    if text[0].isdigit():
        return "", _NO_WORD, f"#{min(len(text), _STEM)}"
    return _looked_up(text) if text[0].isalpha() else (text, _NO_WORD, text)


@lru_cache(maxsize=50_000)
def _looked_up(word: str) -> tuple[str, str, str]:
    if not is_known(word):
        return word, "unknown", word[:_STEM]
    first = parse_word(word)[0]
    if _PEOPLE & set(first.tag.grammemes):
        return word, "name", "@name"
    if "Geox" in first.tag:
        return word, "place", "@place"
    form = ".".join([str(first.tag.POS), *(mark for mark in _TOLD if mark in first.tag)])
    return word, form, first.normal_form.replace("ё", "е")


def _length(words: int) -> str:
    return f"length={next((least or words for most, least in _LENGTHS if words < most), _LONG)}"
