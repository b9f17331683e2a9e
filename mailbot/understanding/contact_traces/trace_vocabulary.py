"""The classes of words by which somebody at the company may know who writes: `rules/words`, dictionary forms, `ё` as `е`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mailbot.model import Rulebook

LEXICONS = (
    "appeals",
    "dealings",
    "everybody",
    "landmarks",
    "offices",
    "peril",
    "posts",
    "relatives",
    "staff",
)


@dataclass(frozen=True, slots=True)
class TraceWords:
    """Each field is the lexicon of its name; what it is for stands at the head of the file."""

    appeals: frozenset[str]
    dealings: frozenset[str]
    everybody: frozenset[str]
    landmarks: frozenset[str]
    offices: frozenset[str]
    peril: frozenset[str]
    posts: frozenset[str]
    relatives: frozenset[str]
    staff: frozenset[str]


def trace_words(rulebook: Rulebook) -> TraceWords:
    """The lexicons of the rulebook; KeyError where it lacks one of `LEXICONS`."""
    return TraceWords(*(_lemmas(rulebook.words(name)) for name in LEXICONS))


@lru_cache(maxsize=64)
def _lemmas(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.replace("ё", "е") for entry in entries for word in entry.split())
