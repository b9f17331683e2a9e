"""The stretches of a letter that understanding reads, folded once for all questions put to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model import Letter, SegmentRole, Span
from mailbot.understanding.text.folding import fold

# A person's letter is never this long; attached contracts and logs are. What lies beyond the cap
# can add nothing to what the first pages say, and keeps one letter from holding up the queue.
_CAP = 40_000


@dataclass(frozen=True, slots=True)
class Passage:
    """The writer's own and forwarded words of one part; all else blanked, so offsets are the part's.

    `folded` has the length of `text`.
    """

    part: str
    text: str
    folded: str

    def span(self, start: int, end: int) -> Span:
        """A span over the part, from offsets in `text` or `folded`."""
        return Span(self.part, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence (up to a full stop, `!`, `?` or a blank line) around an offset pair."""
        left = max(self.folded.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
        stops = [at for mark in _SENTENCE_ENDS if (at := self.folded.find(mark, end)) >= 0]
        return left, min(stops, default=len(self.folded))


_SENTENCE_ENDS = (". ", "!", "?", ".\n", "\n\n", "…")


def passages(letter: Letter) -> tuple[Passage, ...]:
    """Subject, body and read attachments, in the order of the letter's parts.

    Quoted text is left out: it is the other side's words and gives neither kinds nor abuse.
    """
    return tuple(_written(letter))


def signatures(letter: Letter) -> tuple[Passage, ...]:
    """What stands below «--» or a farewell, by parts; people in a hurry go on writing there."""
    return tuple(
        Passage(part.name, text, fold(text))
        for part in letter.parts
        if any(segment.role is SegmentRole.SIGNATURE for segment in part.segments)
        and (text := part.view(SegmentRole.SIGNATURE)[:_CAP]).strip()
    )


def _written(letter: Letter) -> Iterator[Passage]:
    for part in letter.parts:
        text = part.view(SegmentRole.WRITTEN, SegmentRole.FORWARDED)[:_CAP]
        if text.strip():
            yield Passage(part.name, text, fold(text))
