"""Two texts side by side: which words of one the other does not say, so that a person sees at a glance what is new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from mailbot.policy.case_folding import fold_case
from mailbot.policy.repeats.lexemes import WordSort, lexeme

MAX_LENGTH = 20_000
"""Characters that are compared; what lies beyond is shown as it is."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_RUSSIAN = re.compile(r"[а-я]+")
_NEGATIONS = frozenset({"не", "нет", "ни"})


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """Some characters of a text; `new` where the other text has nothing like them."""

    text: str
    new: bool


def split_sides(text: str, *others: str) -> tuple[DiffSegment, ...]:
    """The whole text in pieces, in order; words are alike in any of their forms, and joining words are never new."""
    known = {
        key
        for other in others
        for word in _WORD.findall(fold_case(other[:MAX_LENGTH]))
        if (key := _key(word))
    }
    compared, rest = text[:MAX_LENGTH], text[MAX_LENGTH:]
    marks: list[tuple[str, bool]] = []
    end = 0
    for word in _WORD.finditer(fold_case(compared)):
        key = _key(word[0])
        new = key != "" and key not in known
        between = compared[end : word.start()]
        # blanks between two new words are of one stretch with them
        joined = new and bool(marks) and marks[-1][1] and not between.strip()
        marks += [(between, joined), (compared[word.start() : word.end()], new)]
        end = word.end()
    marks.append((compared[end:] + rest, False))
    runs = ((new, "".join(part for part, _ in run)) for new, run in groupby(marks, key=lambda mark: mark[1]))
    return tuple(DiffSegment(part, new) for new, part in runs if part)


def _key(word: str) -> str:
    """What a folded word is compared by; empty where it says nothing by itself."""
    if word in _NEGATIONS or not _RUSSIAN.fullmatch(word):
        return word.replace(",", ".")
    known = lexeme(word)
    return "" if known.sort is WordSort.FUNCTION else known.lemma
