"""Word lists and topic patterns compiled once; each entry matches from the start of a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailbot.model import Span
from mailbot.understanding.openings import Opening, opening
from mailbot.understanding.passages import Passage


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
    return tuple(text.span(start, end) for text in texts for start, end in _places(entries, text.folded))


def _places(entries: tuple[str, ...], folded: str) -> list[tuple[int, int]]:
    """What `compiled(entries)` finds in the text, in the time of the few entries that begin like its words."""
    listed = _listed(entries)
    if listed is None:
        spans = (match.span() for match in compiled(entries).finditer(folded))
        return [(start, end) for start, end in spans if end > start]
    starts = _starts(folded)
    found = [
        match.span()
        for head in listed.heads & starts.keys()
        for at in starts[head]
        if (match := listed.patterns[head].match(folded, at)) is not None
    ]
    return _apart(found) if found else found


def _apart(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, none overlapping an earlier one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if end > start and not (kept and start < kept[-1][1]):
            kept.append((start, end))
    return kept


class _Patterns(dict[str, re.Pattern[str]]):
    """What may match at a word that begins with a head; compiled once such a word is met."""

    def __init__(self, opened: Sequence[tuple[str, Opening]]) -> None:
        self._opened = opened

    def __missing__(self, head: str) -> re.Pattern[str]:
        entries = (f"(?:{entry})" for entry, one in self._opened if one.may_begin(head))
        return self.setdefault(head, re.compile("|".join(entries)))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The entries of a list by the one or two characters with which their matches begin."""

    heads: frozenset[str]
    patterns: _Patterns


@lru_cache(maxsize=512)
def _listed(entries: tuple[str, ...]) -> _Listed | None:
    """None where an entry may begin with anything, or with a space: these stand everywhere."""
    opened = [(entry, opening(entry)) for entry in entries]
    if any(one.everywhere for _, one in opened):
        return None
    heads = frozenset[str]().union(*(one.signs for _, one in opened))
    shorter = frozenset(head for head in heads if len(head) == 1)
    return _Listed(shorter | {head for head in heads if head[0] not in shorter}, _Patterns(opened))


@lru_cache(maxsize=64)
def _starts(folded: str) -> Mapping[str, Sequence[int]]:
    """Where words and signs begin, by their first character and by the first two: a letter is asked for a hundred lists."""
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for match in _START.finditer(folded):
        at = match.start()
        starts[folded[at : at + 2]].append(at)
        starts[folded[at]].append(at)
    return starts


_START = re.compile(r"(?<!\w)\S")


def distinct(spans: Iterable[Span], texts: Iterable[Passage]) -> int:
    """How many different cues the spans show: the same word said twice is one cue."""
    folded = {text.part: text.folded for text in texts}
    return len({folded[span.part][span.start : span.end][:7] for span in spans})
