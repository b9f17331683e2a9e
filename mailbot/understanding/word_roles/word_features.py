"""What is seen of a word alone: its letters, its shape, and what the dictionary says of it."""

from __future__ import annotations

from functools import lru_cache

from mailbot.language.dictionary import is_known, parse_word
from mailbot.understanding.addresses.street_names import STREETS
from mailbot.understanding.names.word_lists import SHORT_NAMES
from mailbot.understanding.text.folding import fold

_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")
_MIN_SHARE = 0.02
_MAX_WORD_LENGTH = 40
"""Letters of a word that the dictionary is asked about: longer ones are no words."""


@lru_cache(maxsize=30_000)
def sort_of(text: str) -> str:
    """The word's sort in short: what of a name it may be, else its part of speech, else how an unknown word ends."""
    folded = fold(text)
    if len(folded) == 1:
        return "I" if text.isupper() else "i"
    if len(folded) > _MAX_WORD_LENGTH:
        return "long"
    names = _names(folded)
    if names:
        return names
    if is_known(folded):
        return str(parse_word(folded)[0].tag.POS)
    return "?" + folded[-2:] if not folded.isascii() else "?latin"


@lru_cache(maxsize=30_000)
def _names(folded: str) -> str:
    """«NS» of a word that may be a first name or a surname, small where another reading is likelier."""
    if not is_known(folded):
        return "N" if folded in SHORT_NAMES else ""
    parses = parse_word(folded)
    marks = ""
    for name in _NAMES:
        share = sum(parse.score for parse in parses if name in parse.tag)
        if share >= _MIN_SHARE:
            marks += name[0] if share >= 0.5 else name[0].lower()
    return marks + ("n" if folded in SHORT_NAMES and "N" not in marks.upper() else "")


@lru_cache(maxsize=30_000)
def own_features(text: str) -> tuple[str, ...]:
    """The features of a word by itself."""
    folded = fold(text)
    if len(folded) > _MAX_WORD_LENGTH:
        return ("own=long",)
    sort = sort_of(text)
    shape = _shape(text)
    names = [
        f"w={folded}", f"stem={folded[:5]}", f"shape={shape}", f"sort={sort}", f"sort={sort}&{shape}",
        f"len={min(len(folded), 12)}",
    ]  # fmt: skip
    names += [f"end={folded[-count:]}" for count in (2, 3, 4) if len(folded) > count]
    names += [f"end={folded[-count:]}&{shape}" for count in (2, 3) if len(folded) > count]
    if len(folded) > 1:
        parses = parse_word(folded)
        tag = parses[0].tag
        known = is_known(folded)
        names += [
            f"known={known}&{shape}", f"pos={tag.POS}&{shape}&{known}", f"case={tag.case}&{tag.number}&{sort}",
            f"gender={tag.gender}&{sort}",
        ]  # fmt: skip
    if folded in STREETS:
        names += ["a town's street", f"a town's street&{shape}"]
    return tuple(names)


def _shape(text: str) -> str:
    if not text.isalpha():
        return "9"
    script = "l" if text.isascii() else ""
    if len(text) == 1:
        return ("X" if text.isupper() else "x") + script
    if text.isupper():
        return "XX" + script
    if text.islower():
        return "xx" + script
    return ("Xx" if text[1:].islower() else "xX") + script
