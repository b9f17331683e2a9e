"""Our own words quoted below a letter: proven by the line that says who wrote them, and ended by our signature."""

from __future__ import annotations

import re

from mailbot.model import ContactChannels, LetterPart, SegmentRole
from mailbot.understanding.completeness.own_sentences import RoleSentence
from mailbot.understanding.text.folding import fold

_TO_US = re.compile(r"[>\s|]*\*?(?:кому|to|копия|cc|тема|subject)\*?:")
_OF_MARK = re.compile(r"(?m)^\s{0,3}[>|]")
_HEAD_LINES = 12  # an attribution, or a block of headers, stands at the top of what is quoted
_LAST_WORDS = "просто ответьте на него"
"""With this line, or with the signature and the telephones above it, every letter of ours ends (templates/mail)."""


def is_ours(piece: RoleSentence, part: LetterPart, channels: ContactChannels) -> bool:
    """Is the sentence part of a letter of ours that the writer quotes?

    A quotation without a name over it, or with the client's own, may be the client's words; so may what stands
    without a mark of quotation below our signature. Where our signature is cut off, the quotation goes to its end.
    """
    if piece.role is not SegmentRole.QUOTED:
        return False
    segment = next(segment for segment in part.segments if segment.start <= piece.start < segment.end)
    text = fold(part.text[segment.start : segment.end])
    if not _names_us(text, channels):
        return False
    at = piece.start - segment.start
    marked = _OF_MARK.match(text, text.rfind("\n", 0, at) + 1) is not None
    return marked or at < _end_of_ours(text, channels)


def _names_us(text: str, channels: ContactChannels) -> bool:
    heads = [line for line in text.split("\n")[:_HEAD_LINES] if not _TO_US.match(line)]
    names = (*channels.own_addresses, channels.mail, channels.company)
    return any(fold(name) in line for line in heads for name in names if name)


def _end_of_ours(text: str, channels: ContactChannels) -> int:
    """Where the last line of our letter ends; the end of the text where none is seen."""
    closing = (channels.signature, *channels.phones, channels.site, channels.cabinet, _LAST_WORDS)
    last = max(text.rfind(fold(words)) for words in closing if words)
    end = text.find("\n", last) if last >= 0 else -1
    return end if end >= 0 else len(text)
