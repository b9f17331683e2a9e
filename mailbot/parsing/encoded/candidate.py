"""A place in a text that may be encoded, and the bytes it would give."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.parsing.text_repair.traced_text import TextReplacement

LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class EncodedBytes:
    """Bytes that may stand encoded at characters `start`..`end`; byte `i` came of `starts[i]`..`ends[i]`.

    `cut` says that the last group of the encoding is lost, and bytes with it.
    """

    content: bytes
    starts: Sequence[int]
    ends: Sequence[int]
    start: int
    end: int
    cut: bool = False

    def in_characters(self, charset: str) -> TextReplacement:
        """The characters of the bytes in that charset; U+FFFD where a cut left half of one, or cut more."""
        decoder = codecs.getincrementaldecoder(charset)("replace")
        text, starts, ends, first = list[str](), list[int](), list[int](), 0
        size = len(self.content)
        for at in range(size):
            if character := decoder.decode(self.content[at : at + 1], at == size - 1):
                text.append(character)
                starts += [self.starts[first]] * len(character)
                ends += [self.ends[at]] * len(character)
                first = at + 1
        if self.cut and text and text[-1] != LOST:
            text.append(LOST)
            starts.append(starts[-1])
            ends.append(self.end)
        return TextReplacement(self.start, self.end, "".join(text), starts, ends)


Alternatives = tuple[EncodedBytes | TextReplacement, ...]
"""Ways to read one place, the best first. A `TextReplacement` needs no judgement; bytes must give words."""
