"""Base64 (RFC 2045 6.8) in a text: whole bodies, paragraphs between plain lines, single words."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence

from mailbot.parsing.encoded.candidate import Alternatives, EncodedBytes

_PAD = r"(?:=3D|=){1,2}+"
"""Padding, also where only it was written in quoted-printable."""

_END = r"(?=[\s\"')»>\],;:!?]|\.(?!\w)|--|$)"
_FIRST = re.compile(
    rf"(?<![^\s\"'(«<>\[:])(?:[A-Za-z0-9+/]{{6,}}+{_PAD}|[A-Za-z0-9+/]{{8,}}+{_END})", re.MULTILINE
)
_NEXT = re.compile(
    rf"[ \t]*+(?:\n[ \t]*+){{0,2}}(?<=\s)(?:[A-Za-z0-9+/]++{_PAD}|[A-Za-z0-9+/]++{_END})", re.MULTILINE
)

LINE = 16
"""Characters of a first line from which the lines below may belong to it."""

WIDE = 40
"""Characters of a line from which the next may be longer or shorter: lines broken anew on the way."""

Token = tuple[int, int]


def candidates(text: str) -> Iterator[Alternatives]:
    """Runs of base64: lines of one width and a shorter last one. A plain word above or below may be no part of it."""
    at = 0
    while match := _FIRST.search(text, at):
        tokens = _run(text, match)
        at = tokens[-1][1]
        ways = (tokens, tokens[:-1], tokens[1:], tokens[1:-1])
        yield tuple(_decoded(text, way) for way in dict.fromkeys(map(tuple, ways)) if way)


def _run(text: str, first: re.Match[str]) -> list[Token]:
    tokens = [first.span()]
    width = first.end() - first.start()
    while width >= LINE:
        start, end = tokens[-1]
        if text[end - 1] == "=" or end - start < min(width, WIDE):
            break
        if not (following := _NEXT.match(text, end)):
            break
        gap = len(following[0]) - len(following[0].lstrip())
        tokens.append((end + gap, following.end()))
    return tokens


def _decoded(text: str, tokens: Sequence[Token]) -> EncodedBytes:
    """The bytes, as far as they go: what is left of a cut group of four is dropped."""
    padding = text.count("=", *tokens[-1])
    last = tokens[-1][1] if not padding else text.index("=", *tokens[-1])
    places = [at for start, end in tokens for at in range(start, min(end, last))]
    cut = (len(places) + padding) % 4 != 0
    if len(places) % 4 == 1:
        places.pop()
    signs = "".join(text[at] for at in places)
    content = binascii.a2b_base64(signs + "=" * (-len(signs) % 4))
    quads = [(at // 3 * 4 + at % 3) for at in range(len(content))]
    starts = [places[at] for at in quads]
    ends = [places[at + 1] + 1 for at in quads]
    return EncodedBytes(content, starts, ends, tokens[0][0], tokens[-1][1], cut)
