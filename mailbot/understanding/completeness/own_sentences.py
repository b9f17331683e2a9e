"""The sentences of a letter that must be accounted for: every one but our own words that the writer quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model import Letter, LetterPart, Segment, SegmentRole
from mailbot.understanding.dial_values.passing_intent import sentences

MAX_CHARACTERS = 40_000
"""Characters of a part that are read at all; what lies beyond them nobody has read."""

_NEAR = 3  # sentences that a heading may stand over: the columns of a table break like sentences
_DIVIDER = re.compile(r"(?i)(?<!\w)(?:p\.?\s?s\b\.?|з\.?\s?ы\b\.?|п\.?\s?с\b\.)")
_LETTERS = re.compile(r"\w")
_HEAD = re.compile(
    r"(?im)^[>\s|]*+\*?(?:от кого|от|from|кому|to|тема|subject|дата|date|отправлено|sent|копия|cc)\*?:[^\n]*$"
    r"|^[>\s|]*+[-_=]{2,}[^\n]{0,60}(?:сообщени|message)[^\n]{0,60}$"
    r"|^[>\s|]*+(?:конец|начало)[^\n]{0,30}сообщения[^\n]{0,20}$"
    r"|^[>\s|]*+(?:[а-я]{2,11}, )?\d{1,2}[^\n]{0,120}[<@][^\n]{0,100}:\s*$"  # 21.11.2026, 12:08, "Роза" <a@b>:
    r"|^[>\s|]*+(?:пн|вт|ср|чт|пт|сб|вс|[а-я]{5,11}), \d{1,2} [^\n]{0,120}$"
    r"|(?P<blank>^[>\s|]++)"  # blank lines over no such line: passed over once, not from each of them
)
"""Lines that programs put over a letter that is passed on or quoted."""


@dataclass(frozen=True, slots=True)
class RoleSentence:
    """Characters `start`..`end` of a part: a sentence in one role; `text` is it with the heads of quotations blanked.

    `following` are the next sentences of the same stretch: a heading is explained by what follows it.
    """

    part: str
    role: SegmentRole
    start: int
    end: int
    text: str
    following: str


def pieces(letter: Letter) -> Iterator[RoleSentence]:
    """Every sentence of subject, body and read attachments, in the order of the letter."""
    for part in letter.parts:
        for segment in part.segments:
            yield from _of_segment(part, segment)


def unread(letter: Letter) -> Iterator[tuple[str, int, int]]:
    """(part, start, end) of what lies beyond the stretch that is read."""
    for part in letter.parts:
        if part.text[MAX_CHARACTERS:].strip():
            yield part.name, MAX_CHARACTERS, len(part.text)


def _of_segment(part: LetterPart, segment: Segment) -> Iterator[RoleSentence]:
    text = part.text[segment.start : min(segment.end, MAX_CHARACTERS)]
    clear = _HEAD.sub(lambda match: match["blank"] or " " * len(match.group()), text)
    clear = _DIVIDER.sub(lambda match: "\n".rjust(len(match.group())), clear)
    cut = [sentence for sentence in sentences(clear) if _LETTERS.search(clear, sentence.start, sentence.end)]
    for number, sentence in enumerate(cut):
        after = cut[number + 1 : number + 1 + _NEAR]
        yield RoleSentence(
            part.name,
            segment.role,
            segment.start + sentence.start,
            segment.start + sentence.end,
            clear[sentence.start : sentence.end],
            clear[after[0].start : after[-1].end] if after else "",
        )
