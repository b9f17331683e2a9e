"""Uuencode in a text: «begin 644 name», lines that open with their length, «end»; also without its first line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.parsing.encoded.candidate import Alternatives, EncodedBytes

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BEGIN = re.compile(r"begin(?:-base64)? [0-7]{3,4} \S")
_SIGNS = re.compile(r"[ -`]+")

WHOLE = 45
"""Bytes of every line but the last."""

Bounds = tuple[int, int]


def candidates(text: str) -> Iterator[Alternatives]:
    """Blocks with their first line, and runs of full lines that lost it."""
    lines: list[Bounds] = []
    start = end = -1
    for match in _LINE.finditer(text):
        line = match[0].rstrip("\n")
        if _BEGIN.match(line) and not lines:
            start, end = match.start(), match.end()
        elif (start >= 0 or line.startswith("M")) and _length(line) > 0 and _in_a_row(text, lines):
            lines.append((match.start(), match.start() + len(line)))
            start = match.start() if start < 0 else start
            end = match.start() + len(line)
        elif lines and line.strip() in {"`", ""}:
            end = match.start() + len(line)
        elif lines:
            yield (_decoded(text, lines, start, match.start() + 3 if line.strip() == "end" else end),)
            lines, start = [], -1
        else:
            start = -1
    if lines:
        yield (_decoded(text, lines, start, end),)


def _in_a_row(text: str, lines: list[Bounds]) -> bool:
    """May another line follow: are all so far whole ones?"""
    return not lines or text[lines[-1][0]] == "M"


def _length(line: str) -> int:
    """How many bytes a line says it holds; 0 where its width says otherwise. Blanks at its end may be lost."""
    if not line or not _SIGNS.fullmatch(line):
        return 0
    length = (ord(line[0]) - 32) & 63
    width = 1 + (length + 2) // 3 * 4
    fits = len(line) <= width + 1 and len(line) > 1 + length
    return length if 0 < length <= WHOLE and fits else 0


def _decoded(text: str, lines: list[Bounds], start: int, end: int) -> EncodedBytes:
    content, starts, ends = bytearray(), list[int](), list[int]()
    for first, last in lines:
        values = [(ord(sign) - 32) & 63 for sign in text[first + 1 : last]]
        length = (ord(text[first]) - 32) & 63
        values += [0] * (length // 3 * 4 + 4 - len(values))
        for at in range(length):
            left, bits = at // 3 * 4 + at % 3, 2 * (at % 3) + 2
            content.append((values[left] << bits | values[left + 1] >> 6 - bits) & 255)
            starts.append(min(first + 1 + left, last - 1))
            ends.append(min(first + 3 + left, last))
    return EncodedBytes(bytes(content), starts, ends, start, end)
