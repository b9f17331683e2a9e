"""How alike two letters are in what they ask: words brought to one form, words of one meaning taken as one.

Pure arithmetic over word sets, so a person can be shown exactly which words made two letters alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from mailbot.model import Rulebook
from mailbot.policy.repeats.lexemes import WordSort, lexeme

MEANINGS, EMPTY = "same_meaning", "no_matter"
"""The word lists (`rules/words/NAME.txt`). Where one is missing fewer letters are proposed as repeats."""

_WORD = re.compile(r"[a-zа-я]+(?:-[a-zа-я]+)*|\d+")


@dataclass(frozen=True, eq=False)
class ComparisonVocabulary:
    """Which words mean the same, and which say nothing of the matter."""

    meanings: re.Pattern[str]
    names: tuple[str, ...]
    empty: re.Pattern[str]
    _keys: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def key(self, word: str) -> tuple[str, bool]:
        """What the folded word is compared by, and whether it says something of the matter."""
        if (known := self._keys.get(word)) is None:
            if len(self._keys) > MAX_KEYS:
                self._keys.clear()
            known = self._keys[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> tuple[str, bool]:
        lemma = lexeme(word).lemma
        for form in (word, lemma):
            if match := self.meanings.match(form):
                return self.names[(match.lastindex or 1) - 1], True
        return lemma, not any(self.empty.match(form) for form in (word, lemma))


MAX_KEYS = 50_000


def vocabulary(rulebook: Rulebook) -> ComparisonVocabulary:
    """The vocabulary of a rulebook."""
    lists = {lexicon.name: lexicon.entries for lexicon in rulebook.lexicons}
    return _vocabulary(*(lists.get(name, ()) for name in (MEANINGS, EMPTY)))


@lru_cache(maxsize=8)
def _vocabulary(meanings: tuple[str, ...], empty: tuple[str, ...]) -> ComparisonVocabulary:
    groups = "|".join(f"({_ungrouped(line)})" for line in meanings) or "(?!)"
    names = tuple(f"≈{line.split('|')[0]}" for line in meanings)
    none = "(?!)"
    return ComparisonVocabulary(
        re.compile(groups),
        names,
        re.compile("|".join(empty) or none),
    )


def _ungrouped(line: str) -> str:
    """A line's own brackets must not be counted: the number of the bracket is the number of the line."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", line)


@dataclass(frozen=True, slots=True)
class ComparedWord:
    """A word of a text at `start`..`end`; `matter` is False where it says nothing of the matter."""

    text: str
    key: str
    matter: bool
    start: int
    end: int


def words(text: str, known: ComparisonVocabulary) -> tuple[ComparedWord, ...]:
    """The words of a folded text that carry meaning, in order; numbers are left to `figures`."""
    compared = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isdigit() or len(word) < 2 or lexeme(word).sort in (WordSort.FUNCTION, WordSort.NUMERAL):
            continue
        key, of_matter = known.key(word)
        compared.append(ComparedWord(word, key, of_matter, match.start(), match.end()))
    return tuple(compared)


@lru_cache(maxsize=256)
def matter(text: str, known: ComparisonVocabulary) -> frozenset[str]:
    """The keys of a folded text's words of matter, as a later letter is held against them."""
    return frozenset(word.key for word in words(text, known) if word.matter)


def overlap(later: frozenset[str], earlier: frozenset[str]) -> float:
    """The share of the smaller set that stands in the other (overlap coefficient, 0…1).

    A repeat is often much shorter or much longer than the first letter («я уже писал, виноват банк»),
    so the union (Jaccard) would punish what the standard calls the same question.
    """
    least = min(len(later), len(earlier))
    return len(later & earlier) / least if least else 0.0
