"""A letter as the documents it holds, and these as pieces: where a writer says who he is, and where he just writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mailbot.model import Letter, LetterPart, SegmentRole, Span
from mailbot.understanding.text.folding import fold

HEAD_LINES, FOOT_LINES = 8, 8
MAX_LENGTH = 20_000
"""Characters of a document that are looked at: some ten pages."""

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_POINT_IN_NUMBER = re.compile(r"(?<=\d)\.(?=\d)")
"""The point of «20.11.2026» ends no sentence; patterns that stay within one must not stumble over it."""

_GREETING = re.compile(r"\W{0,3}(?:уважаем|здравствуй|добр(?:ый|ого|ое) (?:день|вечер|утр|времен))")


class DocumentAuthorship(StrEnum):
    """Whose words a document is."""

    OWN = "own"  # the writer's
    PASSED_ON = "passed_on"  # a letter forwarded, or an attached document


class DocumentPosition(StrEnum):
    """Where in its document a piece stands."""

    HEAD = "head"  # before the greeting
    MIDDLE = "middle"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class DocumentSentence:
    """A sentence, or what of a line is one; `folded` are the characters `start`..`end` of `part`."""

    part: str
    start: int
    end: int
    folded: str
    place: DocumentPosition

    def span(self, match: re.Match[str]) -> Span:
        return Span(self.part, self.start + match.start(), self.start + match.end())


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """`text` is folded and of the part's length, all words but the document's blanked."""

    part: str
    stead: DocumentAuthorship
    text: str
    pieces: tuple[DocumentSentence, ...]


def documents(letter: Letter) -> tuple[LetterDocument, ...]:
    """The writer's own words, what is forwarded below them, and each attachment that was read."""
    made = []
    for part in letter.parts:
        if part.name == "subject":
            continue
        attached = part.name != "body"
        for stead, roles in (
            (DocumentAuthorship.OWN, (SegmentRole.WRITTEN, SegmentRole.SIGNATURE)),
            (DocumentAuthorship.PASSED_ON, (SegmentRole.FORWARDED,)),
        ):
            text = _POINT_IN_NUMBER.sub(",", fold(part.view(*roles)[:MAX_LENGTH]))
            if text.strip():
                made.append(_document(part, DocumentAuthorship.PASSED_ON if attached else stead, text))
    return tuple(made)


def _document(part: LetterPart, stead: DocumentAuthorship, text: str) -> LetterDocument:
    lines = [match for match in _LINE.finditer(text) if match[0].strip()]
    greeting = next((at for at, line in enumerate(lines[:14]) if _GREETING.match(line[0].strip())), None)
    head = min(greeting if greeting is not None else HEAD_LINES, 14)
    foot = max(head, len(lines) - FOOT_LINES)
    if len(lines) <= HEAD_LINES and greeting is None:
        head = foot = (len(lines) + 1) // 2
    pieces: list[DocumentSentence] = []
    for at, line in enumerate(lines):
        place = (
            DocumentPosition.HEAD
            if at < head
            else DocumentPosition.FOOT
            if at >= foot
            else DocumentPosition.MIDDLE
        )
        pieces += _of_line(part.name, line, place)
    return LetterDocument(part.name, stead, text, tuple(pieces))


def _of_line(part: str, line: re.Match[str], place: DocumentPosition) -> Iterator[DocumentSentence]:
    start = 0
    ends = [match.start() for match in _SENTENCE_END.finditer(line[0])]
    for end in (*ends, len(line[0])):
        words = line[0][start:end]
        lead = len(words) - len(words.lstrip())
        if words.strip():
            yield DocumentSentence(
                part, line.start() + start + lead, line.start() + end, words.strip(), place
            )
        start = end
