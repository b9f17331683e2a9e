"""The pieces of which numbers are written: runs of digits and numerals in words, with what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from mailbot.understanding.numbers.numerals import Numeral, glued, numeral, spoken_groups, whole

MAX_IN_A_ROW = 40
"""Numerals beyond which a run of words is no person's number."""

_PIECE = re.compile(
    r"(?P<digits>(?:(?<![^\W\d_])[ОоOoЗзIl|](?=\d{2}))?\d(?:\d|[ОоOo](?![^\W\d_ОоOo])|[Ззl](?=[\dОоOo]))*)"
    r"|(?P<word>[^\W\d_]+)"
)
"""A letter stands for a digit only where no word begins with it: «гвс64.2отоп3.118»."""
_LETTERS_FOR_DIGITS = str.maketrans("ОоOoЗзIl|", "000033111")


@dataclass(frozen=True, slots=True)
class NumberAtom:
    """Characters `start`..`end` are digits, or words that say one whole number («триста сорок пять»).

    `digits` as written, leading noughts kept. `words` is how many words; 0 where it is in digits. `letters`: a letter
    stands for a digit. `slip`: a word was read in spite of a slip of the pen.
    """

    start: int
    end: int
    digits: str
    words: int = 0
    ordinal: bool = False
    thousand: bool = False
    letters: bool = False
    slip: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    numeral: Numeral


@lru_cache(maxsize=8)
def find_atoms(text: str) -> tuple[NumberAtom, ...]:
    """All of a text folded to lower case, in order; none overlaps another."""
    atoms: list[NumberAtom] = []
    run: list[_Word] = []
    for match in _PIECE.finditer(text):
        words = list(_numerals(match)) if match["word"] else []
        if run and not (words and _continues(text, run[-1].end, match.start())):
            atoms += _said(run)
            run = []
        run += words
        if match["digits"]:
            atoms.append(_written(match))
    return (*atoms, *_said(run)) if run else tuple(atoms)


def _continues(text: str, end: int, start: int) -> bool:
    return start - end <= 3 and (start == end or text[end:start].strip(" \u00a0") in {"", "-"})


def _numerals(match: re.Match[str]) -> Iterator[_Word]:
    word = match["word"].lower().replace("ё", "е")
    found = numeral(word)
    if found is not None:
        yield _Word(match.start(), match.end(), found)
        return
    for numeral_word in glued(word):
        yield _Word(match.start(), match.end(), numeral_word)


def _written(match: re.Match[str]) -> NumberAtom:
    text = match["digits"]
    digits = text.translate(_LETTERS_FOR_DIGITS)
    return NumberAtom(match.start(), match.end(), digits, letters=digits != text)


def _said(run: list[_Word]) -> list[NumberAtom]:
    """The whole numbers in a row of numerals; words glued together are one number or several of one place."""
    run = run[:MAX_IN_A_ROW]
    atoms = []
    for start, end in spoken_groups(tuple(word.numeral for word in run)):
        words = run[start:end]
        numerals = tuple(word.numeral for word in words)
        value = whole(numerals)
        atoms.append(
            NumberAtom(
                words[0].start,
                words[-1].end,
                str(value),
                words=len(words),
                ordinal=numerals[-1].ordinal,
                thousand=len(words) == 1 and numerals[0].value == 1000,
                slip=any(numeral_word.slip for numeral_word in numerals),
            )
        )
    return list(_united(atoms))


def _united(atoms: list[NumberAtom]) -> Iterator[NumberAtom]:
    """Atoms of one and the same word («пятьвосемь») are one."""
    for _, same in groupby(atoms, key=lambda atom: atom.start):
        several = list(same)
        if len(several) == 1:
            yield several[0]
            continue
        yield NumberAtom(
            several[0].start, several[-1].end, "".join(atom.digits for atom in several), words=len(several)
        )
