"""A passage as sentences of words, each word with its form and its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.understanding.text.passages import Passage
from mailbot.understanding.urgency.vocabulary import EventWordRole, WordSense
from mailbot.understanding.urgency.word_forms import FINITE, WordForm, form_of, role_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_STOP = re.compile(r"[!?…]+|\.(?=\s|$)|\n\s*\n")
_COMMA = re.compile(r"[,;:()«»\n]|\s[-–—]|[-–—]\s")
_NEW_CLAUSE = frozenset(
    "и а но да что чтобы чтоб если когда который которая которое которые потому хотя пока либо или".split()
)
_SHORT = 3  # letters of an abbreviation before a full stop: «ул.», «кв.», «гор.»
MAX_SENTENCE_LENGTH = 700
"""Characters of a sentence; those who dictate without a full stop seldom go on for longer."""

REACH = 7
"""Words to each side of a predicate in which its subject, object and place stand."""


@dataclass(frozen=True, slots=True)
class SentenceWord:
    """Characters `start`..`end` of the passage; `clause` counts the clauses of its sentence."""

    start: int
    end: int
    text: str
    form: WordForm
    clause: int

    def means(self, *senses: WordSense) -> bool:
        return not self.form.senses.isdisjoint(senses)

    @property
    def finite(self) -> bool:
        return self.form.tense in FINITE


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words up to a full stop, `!`, `?` or a blank line; `asked` where a question mark ends it.

    `told`: the clauses that have a predicate of their own.
    """

    passage: Passage
    words: tuple[SentenceWord, ...]
    asked: bool
    told: frozenset[int]

    @property
    def text(self) -> str:
        return self.passage.folded[self.words[0].start : self.words[-1].end]

    def clause(self, number: int) -> tuple[SentenceWord, ...]:
        return tuple(word for word in self.words if word.clause == number)

    def around(self, at: int) -> tuple[int, ...]:
        """The positions within reach of a word, up to the next predicate on either side."""
        return (*reversed(tuple(self._walk(at, -1))), *self._walk(at, 1))

    def _walk(self, at: int, step: int) -> Iterator[int]:
        for here in range(at + step, at + step * (REACH + 1), step):
            if not 0 <= here < len(self.words) or self._ends_reach(here, self.words[here - step]):
                return
            yield here

    def _ends_reach(self, here: int, beside: SentenceWord) -> bool:
        """Another predicate does, unless it stands right beside («начало течь»), and a clause that has its own."""
        word = self.words[here]
        if word.clause != beside.clause:
            return word.clause in self.told or word.text in _SUBORDINATE
        return word.form.tense is not None and beside.form.tense is None


_SUBORDINATE = frozenset("что чтобы чтоб если когда потому хотя пока".split())


@dataclass(frozen=True, slots=True)
class UnparsedSentence:
    """Characters `start`..`end` of a passage: a sentence that is not taken apart yet."""

    passage: Passage
    start: int
    end: int
    asked: bool

    def roles(self) -> frozenset[EventWordRole]:
        """What its words can do for an event: cheap, so that most sentences are never taken apart."""
        return frozenset(map(role_of, _WORD.findall(self.passage.folded, self.start, self.end)))

    def sentence(self) -> Sentence:
        words: list[SentenceWord] = []
        folded, last, clause = self.passage.folded, self.start, 0
        for match in _WORD.finditer(folded, self.start, self.end):
            if words and (match[0] in _NEW_CLAUSE or _COMMA.search(folded, last, match.start())):
                clause += 1
            words.append(SentenceWord(match.start(), match.end(), match[0], form_of(match[0]), clause))
            last = match.end()
        told = frozenset(word.clause for word in words if word.finite)
        return Sentence(self.passage, tuple(words), self.asked, told)


def stretches(passage: Passage) -> Iterator[UnparsedSentence]:
    """The sentences of a passage in order; one without an end is cut, so that time grows with length alone."""
    start = 0
    for match in _STOP.finditer(passage.folded):
        if not _abbreviated(passage, match):
            yield from _cut(passage, start, match.start(), asked="?" in match[0])
            start = match.end()
    yield from _cut(passage, start, len(passage.folded), asked=False)


def _cut(passage: Passage, start: int, end: int, *, asked: bool) -> Iterator[UnparsedSentence]:
    while end - start > MAX_SENTENCE_LENGTH:
        blank = passage.folded.rfind(" ", start + 1, start + MAX_SENTENCE_LENGTH)
        cut = blank if blank > 0 else start + MAX_SENTENCE_LENGTH
        yield UnparsedSentence(passage, start, cut, asked=False)
        start = cut
    yield UnparsedSentence(passage, start, end, asked)


def _abbreviated(passage: Passage, stop: re.Match[str]) -> bool:
    """A full stop after a short word that a small letter or a digit follows ends no sentence: «ул. Мира» does it rarely."""
    if stop[0] != ".":
        return False
    before = passage.folded[max(0, stop.start() - _SHORT - 1) : stop.start()]
    short = any(not character.isalpha() for character in before) or len(before) <= _SHORT
    follows = passage.text[stop.end() : stop.end() + 2]
    return short and not follows.strip()[:1].isupper() and "\n" not in follows
