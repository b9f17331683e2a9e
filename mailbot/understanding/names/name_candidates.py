"""Stretches of a letter with the shape of a name: kinds of words in an order people write names in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.language.dictionary import is_known
from mailbot.understanding.names.name_parts import NameWord, is_cut_name, sort_words
from mailbot.understanding.names.surrounding_words import FILLER
from mailbot.understanding.text.marked_spans import MASK

# Shapes over the kinds of words, best first; the number is how sure the shape alone makes us.
_SHAPES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(shape), confidence)
    for shape, confidence in (
        (r"[SWFPs]FP", 0.95),
        (r"FP[SWPs]", 0.95),
        (r"SWP|WPS", 0.93),
        (r"WWP", 0.85),
        (r"[SWFP]I\.?I\.?", 0.93),
        (r"I\.?I\.?[SWFP]", 0.93),
        (r"[Ss]i\.i\.?", 0.85),
        (r"[SWFP]I\.", 0.92),
        (r"I\.[SWFP]", 0.92),
        (r"SII?", 0.85),
        (r"SF|FS", 0.92),
        (r"sF|Fs", 0.85),
        (r"WF|FW|SS|FF|SW|WS", 0.75),
        (r"PF", 0.7),
        (r"WW", 0.6),
        (r"FP", 0.6),
        (r"S", 0.7),
        (r"s", 0.5),
        (r"W", 0.45),
        (r"F", 0.3),
    )
)


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A name that may be: its own words, how sure the shape alone makes us, and what stands around it."""

    words: tuple[NameWord, ...]  # the name's own words
    shape: float
    before: str  # up to 60 characters of the text before
    left: NameWord | None
    right: NameWord | None
    over_left: NameWord | None = None  # the token beyond a comma or a line break
    over_right: NameWord | None = None

    @property
    def kinds(self) -> str:
        return "".join(word.kind for word in self.words)

    @property
    def beside_contact(self) -> bool:
        """Does contact data stand beside, over a comma or a line break at most?"""
        sides = (self.left, self.right, self.over_left, self.over_right)
        return any(side is not None and side.kind == MASK for side in sides)


def find_runs(text: str) -> list[NameCandidate]:
    """Every run of words shaped like a name, best shapes first; no word is in two of them."""
    words = sort_words(text)
    kinds = "".join(word.kind for word in words)
    taken = [False] * len(words)
    runs = []
    for pattern, shape in _SHAPES:
        for match in pattern.finditer(kinds):
            first, last = match.span()
            if any(taken[first:last]) or _is_ordinary_pair(words[first:last]):
                continue
            last = _with_abbreviation(words, first, last, kinds)
            taken[first:last] = [True] * (last - first)
            own = tuple(word for word in words[first:last] if word.kind != ".")
            runs.append(
                NameCandidate(
                    own,
                    shape if last == match.end() else 0.85,
                    text[max(0, own[0].start - 60) : own[0].start],
                    words[first - 1] if first else None,
                    words[last] if last < len(words) else None,
                    words[first - 2] if first > 1 and words[first - 1].kind == "|" else None,
                    words[last + 1] if last + 1 < len(words) and words[last].kind == "|" else None,
                )
            )
    return runs


def _is_ordinary_pair(words: Sequence[NameWord]) -> bool:
    """«ПЕНСИОНЕРКА КАДОЧНИКОВА»: beside a surname, a word of the dictionary is no first name."""
    kinds = {word.kind for word in words}
    return (
        len(words) == 2
        and kinds <= {"S", "W"}
        and any(is_known(word.text) for word in words if word.kind == "W")
    )


def _with_abbreviation(words: Sequence[NameWord], first: int, last: int, kinds: str) -> int:
    """«Краснопёрова св.»: a first name cut to two or three letters."""
    if last - first == 1 and kinds[first] in "SW" and last + 1 < len(words):
        following = words[last]
        short = following.text.lower()
        if kinds[last + 1] == "." and is_cut_name(short) and short not in FILLER:
            return last + 1
    return last
