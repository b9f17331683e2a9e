"""Many named expressions looked for at once, in the time of the few that begin like what stands in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbot.understanding.patterns.first_characters import PatternOpening, alternatives, opening

_NOTHING = "(?!)"
_HEAD_LENGTH = 2
"""Characters by which expressions are told apart."""


@dataclass(frozen=True, slots=True)
class _One:
    name: str
    expression: str
    opens: PatternOpening

    @property
    def at_word(self) -> bool:
        """Does it say that it begins where a word does?"""
        behind_none = self.expression.startswith(r"(?<!\w)") and all(
            sign[0].isalnum() for sign in self.opens.signs
        )
        return behind_none or self.expression.startswith(r"\b")


class PatternAlternatives:
    """Named expressions as one: finds what `(?P<name>…)|(?P<name>…)` would, the first that matches.

    `re` tries each of a hundred alternatives at each character. Here one look at a character and the next says where any
    of them may begin, and only those that begin so are tried there. Every expression must begin with a letter or a sign.
    """

    def __init__(self, named: Iterable[tuple[str, str]], flags: re.RegexFlag = re.NOFLAG) -> None:
        self._flags = flags
        self._all = [
            _One(name, each, opening(each)) for name, expression in named for each in alternatives(expression)
        ]
        vague = [alternative.expression for alternative in self._all if alternative.opens.everywhere]
        if vague:
            raise ValueError(f"may begin with anything: {vague}")
        inside = {
            sign[:_HEAD_LENGTH]
            for alternative in self._all
            if not alternative.at_word
            for sign in alternative.opens.signs
        }
        at_words = {
            sign[:_HEAD_LENGTH] for alternative in self._all for sign in alternative.opens.signs
        } - inside
        self._heads = {
            sign[:_HEAD_LENGTH] for alternative in self._all for sign in alternative.opens.folded.signs
        }
        self._firsts = {head for head in self._heads if len(head) == 1}
        self._begins = re.compile(rf"\b(?:{_beginning(at_words)})|{_beginning(inside)}", flags)
        self._patterns: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, name) of each match, in order, without overlaps."""
        done = 0
        for beginning in self._begins.finditer(text):
            start = beginning.start()
            if start < done:
                continue
            pattern, names = self._at(text[start : start + _HEAD_LENGTH])
            match = pattern.match(text, start)
            if match is not None:
                yield start, match.end(), names[(match.lastindex or 1) - 1]
                done = match.end()

    def _at(self, written: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """What may match where the text goes on so, and the names of its groups; all of it where a sign has an odd case."""
        folded = written.casefold()
        head = folded[:1] if folded[:1] in self._firsts else folded[:_HEAD_LENGTH]
        head = head if head in self._heads else ""
        if head not in self._patterns:
            able = [alternative for alternative in self._all if alternative.opens.folded.may_begin(head)]
            whole = re.compile("|".join(f"({alternative.expression})" for alternative in able), self._flags)
            self._patterns[head] = whole, tuple(alternative.name for alternative in able)
        return self._patterns[head]


def _beginning(heads: Iterable[str]) -> str:
    """An expression for one character where a head stands; the next one is only looked at."""
    following: defaultdict[str, list[str]] = defaultdict(list)
    for head in sorted(heads):
        following[head[0]].append(head[1:])
    expressions = (
        re.escape(first) + ("" if "" in others else f"(?=[{''.join(map(re.escape, others))}])")
        for first, others in following.items()
    )
    return "|".join(expressions) or _NOTHING
