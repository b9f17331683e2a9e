"""The writer's own words of a letter as one text, and the way back from its characters to the letter's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailbot.model import Letter, SegmentRole, Span

_PARTS = ("body", "subject")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Body and subject, one below the other; `edge` is where the subject begins."""

    text: str
    edge: int

    def span(self, start: int, end: int) -> Span:
        """The same characters in their part."""
        if start >= self.edge:
            return Span("subject", start - self.edge, end - self.edge)
        return Span("body", start, end)

    def place(self, span: Span) -> tuple[int, int] | None:
        """Where the characters of a part stand in the text; None for a part that is not in it."""
        shift = {"body": 0, "subject": self.edge}.get(span.part)
        return None if shift is None else (span.start + shift, span.end + shift)


def plain_words(letter: Letter, without: Iterable[Span]) -> PlainWords:
    """What the writer wrote, passed on or signed with, `without` these stretches (contact data: no matter of dispute)."""
    texts = {
        name: letter.part(name).view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)
        for name in _PARTS
    }
    for span in without:
        if text := texts.get(span.part):
            texts[span.part] = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return PlainWords(f"{texts['body']}\n{texts['subject']}", len(texts["body"]) + 1)
