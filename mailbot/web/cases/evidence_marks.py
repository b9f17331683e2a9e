"""A letter's text with its evidence marked: pieces of text, each with the names of what it is evidence for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.model import LetterPart, Segment, SegmentRole, Span


@dataclass(frozen=True, slots=True)
class HighlightedText:
    """Characters of one text with the evidence they belong to («e1 e4»); `first` marks where a finding begins."""

    text: str
    names: tuple[str, ...]
    first: str = ""


@dataclass(frozen=True, slots=True)
class HighlightedSegment:
    """Whose words a stretch of a letter is, and its pieces."""

    role: SegmentRole
    pieces: tuple[HighlightedText, ...]

    @property
    def folded(self) -> bool:
        """Earlier correspondence and nobody's words are folded: they are mostly known already."""
        return self.role in (SegmentRole.QUOTED, SegmentRole.DISCLAIMER)


def without_beyond(part: LetterPart) -> LetterPart:
    """The part up to where its other half says more."""
    return part if part.beyond is None else _between(part, 0, part.beyond)


def only_beyond(part: LetterPart) -> LetterPart:
    """What only the other half says, its characters where they stand in the part."""
    return replace(part, segments=()) if part.beyond is None else _between(part, part.beyond, len(part.text))


def _between(part: LetterPart, start: int, end: int) -> LetterPart:
    inside = (segment for segment in part.segments if segment.start < end and segment.end > start)
    return replace(
        part,
        segments=tuple(
            Segment(max(segment.start, start), min(segment.end, end), segment.role) for segment in inside
        ),
    )


def stretches(part: LetterPart, evidence: Iterable[tuple[str, Span]]) -> tuple[HighlightedSegment, ...]:
    """The part as the writer sees it, in order; evidence outside its segments is left out."""
    own = [
        (name, span)
        for name, span in evidence
        if span.part == part.name and span.start < span.end <= len(part.text)
    ]
    segments = []
    told: set[str] = set()
    for segment in part.segments:
        inside = [(name, span) for name, span in own if span.start < segment.end and span.end > segment.start]
        edges = sorted(
            {segment.start, segment.end}
            | {
                edge
                for _, span in inside
                for edge in (span.start, span.end)
                if segment.start < edge < segment.end
            }
        )
        pieces = []
        for start, end in pairwise(edges):
            names = tuple(
                dict.fromkeys(name for name, span in inside if span.start <= start and span.end >= end)
            )
            first = next((name for name in names if name not in told), "")
            told |= {first}
            pieces.append(HighlightedText(part.text[start:end], names, first))
        if "".join(piece.text for piece in pieces).strip():
            segments.append(HighlightedSegment(segment.role, tuple(pieces)))
    return tuple(segments)
