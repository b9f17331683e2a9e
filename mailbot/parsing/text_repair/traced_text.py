"""A text whose characters know where they came from: decoding moves, joins and drops them, the way back stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailbot.model import OriginalSpan


@dataclass(frozen=True, slots=True)
class TracedText:
    """Character `i` of `text` came of characters `starts[i]`..`ends[i]` (half-open) of `came`. Both only grow."""

    text: str
    came: str
    starts: Sequence[int]
    ends: Sequence[int]

    @property
    def changed(self) -> bool:
        return self.text != self.came

    def cut(self, length: int) -> TracedText:
        """The first characters only."""
        if len(self.text) <= length:
            return self
        return TracedText(self.text[:length], self.came, self.starts[:length], self.ends[:length])

    def narrowed(self, kept: str) -> TracedText:
        """The same with some characters left out and blanks moved: `kept` holds the rest in its order."""
        if kept == self.text:
            return self
        starts, ends, at = list[int](), list[int](), 0
        for character in kept:
            place = at if character.isspace() else self.text.find(character, at)
            if place < 0 or (character.isspace() and self.text[at : at + 1] != character):
                starts.append(self._start(at))
                ends.append(self._start(at))
                continue
            at = place + 1
            starts.append(self.starts[place])
            ends.append(self.ends[place])
        return TracedText(kept, self.came, starts, ends)

    def then(self, later: TracedText) -> TracedText:
        """What was made of this text, traced back to where this one came from."""
        if not self.changed:
            return later
        starts = [self._start(at) for at in later.starts]
        ends = [self._end(at) for at in later.ends]
        return TracedText(later.text, self.came, starts, ends)

    def origins(self, origins: Iterable[OriginalSpan]) -> tuple[OriginalSpan, ...]:
        """A map to this text as a map to what it came of."""
        if not self.changed:
            return tuple(origins)
        return tuple(
            OriginalSpan(origin.start, origin.end, start, max(start, self._end(origin.was_end)))
            for origin in origins
            for start in (self._start(origin.was_start),)
        )

    def _start(self, at: int) -> int:
        return self.starts[at] if at < len(self.starts) else self.ends[-1] if self.ends else 0

    def _end(self, at: int) -> int:
        return self.ends[at - 1] if at else self._start(0)


def trace_unchanged(text: str) -> TracedText:
    """A text as it came."""
    return TracedText(text, text, range(len(text)), range(1, len(text) + 1))


def join_traced(pieces: Sequence[TracedText], separator: str) -> TracedText:
    """Texts one after another; what each came of is joined alike."""
    if not any(piece.changed for piece in pieces):
        return trace_unchanged(separator.join(piece.text for piece in pieces))
    starts, ends, shift = list[int](), list[int](), 0
    for piece in pieces:
        if starts:
            starts += range(shift - len(separator), shift)
            ends += range(shift - len(separator) + 1, shift + 1)
        starts += [shift + start for start in piece.starts]
        ends += [shift + end for end in piece.ends]
        shift += len(piece.came) + len(separator)
    text = separator.join(piece.text for piece in pieces)
    return TracedText(text, separator.join(piece.came for piece in pieces), starts, ends)


_WORD = re.compile(r"\S+")

WITHIN = 2_000
"""Characters of a page's source in which its next word is looked for."""


def locate_words(words: str, source: str) -> TracedText:
    """Words that a source shows, traced to where they stand in it, one after another.

    A word that does not stand there as it is (its letters were entities) came of all that lies between its neighbours.
    """
    starts, ends = [-1] * len(words), [-1] * len(words)
    at = 0
    for word in _WORD.finditer(words):
        place = source.find(word[0], at, at + WITHIN)
        if place >= 0:
            at = place + len(word[0])
            starts[word.start() : word.end()] = range(place, at)
            ends[word.start() : word.end()] = range(place + 1, at + 1)
    last = 0
    for index in range(len(words)):
        last = ends[index] if ends[index] >= 0 else last
        starts[index] = starts[index] if starts[index] >= 0 else last
    following = len(source)
    for index in range(len(words) - 1, -1, -1):
        if ends[index] < 0:
            ends[index] = following
        else:
            following = starts[index]
    return TracedText(words, source, starts, ends)


@dataclass(frozen=True, slots=True)
class TextReplacement:
    """Characters `start`..`end` of a text, and what is read in their place, character by character."""

    start: int
    end: int
    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def replace_stretches(text: str, stretches: Iterable[TextReplacement]) -> TracedText:
    """The text with stretches, in their order, put in place of what stood there."""
    pieces, starts, ends, at = list[str](), list[int](), list[int](), 0
    for stretch in stretches:
        pieces += (text[at : stretch.start], stretch.text)
        starts += range(at, stretch.start)
        ends += range(at + 1, stretch.start + 1)
        starts += stretch.starts
        ends += stretch.ends
        at = stretch.end
    pieces.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return TracedText("".join(pieces), text, starts, ends)
