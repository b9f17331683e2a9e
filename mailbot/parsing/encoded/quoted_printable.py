"""Quoted-printable (RFC 2045 6.7) in a text: «=D0=9F» and lines that end in «=»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.parsing.encoded.candidate import Alternatives, Encoded

_ESCAPE = r"=[0-9A-Fa-f]{2}"
_SIGN = re.compile(
    rf"(?P<code>{_ESCAPE})|(?P<soft>=[ \t]*+(?:\n|$)| ?= (?={_ESCAPE}))|(?P<cut>=[0-9A-Fa-f]?$)|="
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LETTERS = re.compile(r"(?:=[89A-Fa-f][0-9A-Fa-f](?:=[ \t]*+\n| ?= (?==))?){2,}")
_HIGH = re.compile(r"=[89A-Fa-f][0-9A-Fa-f]")
_BROKEN = re.compile(r"^[^\n]{55,77}=[ \t]*+\n", re.MULTILINE)
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ASCII = re.compile(r"[\x00-\x7f]+")

STRAY = 0.1
"""Share of «=» that may stand for themselves: a quoted-printable text writes its own as «=3D»."""


def candidates(text: str) -> Iterator[Alternatives]:
    """Neighbouring lines that hold escapes, up to a character that none of them would hold."""
    if "=" not in text:
        return
    for start, end in _blocks(text):
        for piece in _ASCII.finditer(text, start, end):
            if "=" in piece[0] and (encoded := _decoded(text, *piece.span())) is not None:
                yield (encoded,)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of runs of lines with escapes; a line with more plain letters than escaped ones is none."""
    start = end = -1
    for match in _LINE.finditer(text):
        line = match[0].rstrip()
        escaped = len(_HIGH.findall(line))
        plain = len(_BEYOND.findall(line))
        joined = end == match.start() and text[:end].endswith("=\n") if end >= 0 else False
        is_encoded = ("=" in line or joined) and 2 * plain <= escaped
        if is_encoded and start < 0:
            start = match.start()
        elif not is_encoded and start >= 0:
            yield start, end
            start = -1
        end = match.end()
    if start >= 0:
        yield start, end


def _decoded(text: str, start: int, end: int) -> Encoded | None:
    """The bytes of an ASCII stretch; None where it shows no sign of the encoding."""
    stretch = text[start:end]
    if not (_LETTERS.search(stretch) or _BROKEN.search(stretch)):
        return None
    content, starts, ends = bytearray(), list[int](), list[int]()
    at = start
    stray = signs = 0
    cut = False
    for sign in _SIGN.finditer(text, start, end):
        _plain(text, at, sign.start(), content, starts, ends)
        signs += 1
        if sign["code"]:
            content.append(int(sign["code"][1:], 16))
            starts.append(sign.start())
            ends.append(sign.end())
        elif sign["cut"]:
            cut = True
        elif not sign["soft"]:
            stray += 1
            _plain(text, sign.start(), sign.end(), content, starts, ends)
        at = sign.end()
    _plain(text, at, end, content, starts, ends)
    if stray > STRAY * signs:
        return None
    return Encoded(bytes(content), starts, ends, start, end, cut)


def _plain(text: str, start: int, end: int, content: bytearray, starts: list[int], ends: list[int]) -> None:
    content += text[start:end].encode("ascii")
    starts += range(start, end)
    ends += range(start + 1, end + 1)
