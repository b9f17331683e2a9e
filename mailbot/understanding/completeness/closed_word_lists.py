"""A closed vocabulary: the words of which a sentence without a matter of its own may be built, and no others.

Nouns, adjectives and pronouns of a list stand for all their forms, verbs for the very form written: «передаю» says
what the letter does, «передал» already tells a story. A slip of the keyboard is forgiven where the dictionary does not
know the word and a form of the list is one letter away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from mailbot.language.dictionary import is_known
from mailbot.understanding.text.morphology import inflected, noun_lemmas

_MIN_SLIP_LENGTH = 6  # letters: shorter words are one letter away from too many others
_MAX_SLIP_LENGTH = (
    40  # letters: what is longer is no word, and leaving out each of 50,000 letters takes seconds
)


@dataclass(frozen=True)
class Vocabulary:
    """The words of some lists, folded (lower case, ё as е)."""

    words: frozenset[str]

    def holds(self, word: str) -> bool:
        """Does the folded word stand in the list, in this form or another, or as a slip of one?"""
        return (
            len(word) == 1
            or word in self.words
            or bool(noun_lemmas(word) & self.words)
            or self._is_slip(word)
            or ("-" in word and all(self.holds(piece) for piece in word.split("-") if piece))
        )

    def _is_slip(self, word: str) -> bool:
        if not _MIN_SLIP_LENGTH <= len(word) <= _MAX_SLIP_LENGTH or is_known(word):
            return False
        shorter = _shortened(word)
        return word in self._shortened_forms or not shorter.isdisjoint(self._forms | self._shortened_forms)

    @cached_property
    def _forms(self) -> frozenset[str]:
        long = (word for word in self.words if len(word) >= _MIN_SLIP_LENGTH)
        return frozenset(form for word in long for form in inflected(word))

    @cached_property
    def _shortened_forms(self) -> frozenset[str]:
        return frozenset(shorter for form in self._forms for shorter in _shortened(form))


@lru_cache(maxsize=64)
def vocabulary(*lists: tuple[str, ...]) -> Vocabulary:
    """The words of all lines of the lists, blanks between them."""
    return Vocabulary(
        frozenset(word.replace("ё", "е") for lines in lists for line in lines for word in line.split())
    )


def _shortened(word: str) -> frozenset[str]:
    """The word with each one of its letters left out."""
    return frozenset(word[:at] + word[at + 1 :] for at in range(len(word)))
