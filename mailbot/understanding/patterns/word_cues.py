"""Word lists and topic patterns compiled once; each entry matches from the start of a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from mailbot.model import Rulebook, Span
from mailbot.understanding.patterns.first_characters import PatternOpening, opening
from mailbot.understanding.text.passages import Passage


@lru_cache(maxsize=512)
def compiled(entries: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for a list of regular expressions over folded text; never matches where the list is empty.

    A word boundary stands before every entry: it makes the files easier to write and the search
    fast, since alternatives are tried at word starts alone.
    """
    if not entries:
        return re.compile(r"(?!)")
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{entry})" for entry in entries) + ")")


def cue_spans(entries: tuple[str, ...], texts: Iterable[Passage]) -> tuple[Span, ...]:
    """Where any of the entries stands in the passages, in order, without overlaps."""
    listed = word_list(entries)
    return tuple(
        text.span(*match.span())
        for text in texts
        for match in listed.all_in(text.folded)
        if match.end() > match.start()
    )


class _Patterns(dict[str, re.Pattern[str]]):
    """What may match at a word that begins with a head; compiled once such a word is met."""

    def __init__(self, opened: Sequence[tuple[str, PatternOpening]]) -> None:
        self._opened = opened

    def __missing__(self, head: str) -> re.Pattern[str]:
        entries = (f"(?:{entry})" for entry, beginning in self._opened if beginning.may_begin(head))
        return self.setdefault(head, re.compile("|".join(entries)))


@dataclass(frozen=True, slots=True)
class WordListMatcher:
    """A list of entries: finds what `compiled` does, in the time of the few entries that begin like a word of the text.

    `heads` are the characters, at most three, with which matches begin, none the beginning of another; None where an entry
    may begin with anything, or with a space: these stand everywhere, and `compiled` looks for them.
    """

    entries: tuple[str, ...]
    heads: frozenset[str] | None
    patterns: _Patterns

    def all_in(self, folded: str) -> list[re.Match[str]]:
        """All that is found, in order, without overlaps."""
        if self.heads is None:
            return list(compiled(self.entries).finditer(folded))
        matches = self._at_words(self.heads, folded)
        return _apart(matches) if len(matches) > 1 else matches

    def first_in(self, folded: str) -> re.Match[str] | None:
        """What is found first."""
        if self.heads is None:
            return compiled(self.entries).search(folded)
        return min(self._at_words(self.heads, folded), key=_start_of, default=None)

    def may_stand_in(self, folded: str) -> bool:
        """Does a word of the text begin like an entry? Where none does, no stretch of it that ends with words holds any."""
        return self.heads is None or not self.heads.isdisjoint(_starts(folded).heads)

    def _at_words(self, heads: frozenset[str], folded: str) -> list[re.Match[str]]:
        """What stands at each word by itself, in no order."""
        starts = _starts(folded)
        return [
            match
            for head in heads & starts.heads
            for at in starts.places[head]
            if (match := self.patterns[head].match(folded, at)) is not None
        ]


def _apart(found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """In order, none overlapping an earlier one."""
    kept: list[re.Match[str]] = []
    for match in sorted(found, key=_start_of):
        if not (kept and match.start() < kept[-1].end()):
            kept.append(match)
    return kept


def _start_of(match: re.Match[str]) -> int:
    return match.start()


@lru_cache(maxsize=512)
def word_list(entries: tuple[str, ...]) -> WordListMatcher:
    """The entries ready to be looked for."""
    opened = [(entry, opening(entry)) for entry in entries]
    if any(beginning.everywhere for _, beginning in opened):
        return WordListMatcher(entries, None, _Patterns(opened))
    heads = frozenset[str]().union(*(beginning.signs for _, beginning in opened))
    shortest = frozenset(
        head for head in heads if not any(head[:length] in heads for length in range(1, len(head)))
    )
    return WordListMatcher(entries, shortest, _Patterns(opened))


def any_of(rulebook: Rulebook, names: Iterable[str]) -> WordListMatcher:
    """Several lists of the rulebook as one, where it does not matter which of them a word stands in."""
    return _joined(*(rulebook.words(name) for name in names))


@lru_cache(maxsize=32)
def _joined(*lists: tuple[str, ...]) -> WordListMatcher:
    return word_list(tuple(chain.from_iterable(lists)))


@dataclass(frozen=True, slots=True)
class _Starts:
    """Where words and signs begin, by their first one, two and three characters."""

    heads: frozenset[str]
    places: Mapping[str, Sequence[int]]


@lru_cache(maxsize=256)
def _starts(folded: str) -> _Starts:
    """Found once a text: a letter is asked for a hundred lists."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for match in _START.finditer(folded):
        at = match.start()
        places[folded[at]].append(at)
        places[folded[at : at + 2]].append(at)
        places[folded[at : at + 3]].append(at)
    return _Starts(frozenset(places), places)


_START = re.compile(r"(?<!\w)\S")


def distinct(spans: Iterable[Span], texts: Iterable[Passage]) -> int:
    """How many different cues the spans show: the same word said twice is one cue."""
    folded = {text.part: text.folded for text in texts}
    return len({folded[span.part][span.start : span.end][:7] for span in spans})
