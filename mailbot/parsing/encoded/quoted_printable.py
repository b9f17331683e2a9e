"""Quoted-printable (RFC 2045 6.7) in a text: «=D0=9F» and lines that end in «=»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.parsing.encoded.candidate import Alternatives, EncodedBytes

_ESCAPE = r"=[0-9A-Fa-f]{2}"
_SIGN = re.compile(
    rf"(?P<code>{_ESCAPE})|(?P<soft>=[ \t]*+(?:\n|$)| ?= (?={_ESCAPE}))|(?P<cut>=[0-9A-Fa-f]?$)|="
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LETTERS = re.compile(r"(?:=[89A-Fa-f][0-9A-Fa-f](?:=[ \t]*+\n| ?= (?==))?){2,}")
_HIGH = re.compile(r"=[89A-Fa-f][0-9A-Fa-f]")
_BROKEN = re.compile(r"^(?!M[ -`]{60}\n)[^\n]{55,77}=[ \t]*+\n", re.MULTILINE)
"""A line broken softly; a whole line of uuencode may end in «=» too."""

_BLANK = re.compile(r"(?:^|[,.!?;:])=20$", re.MULTILINE)
"""A blank at the end of a line must be escaped; after a word it may be a value («gvs=20»)."""

_PADDED = re.compile(r"^[A-Za-z0-9+/]{55,76}=[ \t]*+\n", re.MULTILINE)
_SIGNS = re.compile(r"[A-Za-z0-9+/]++$", re.MULTILINE)
_CODE = re.compile(_ESCAPE)
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ASCII = re.compile(r"[\x00-\x7f]+")

STRAY = 0.1
"""Share of «=» that may stand for themselves: a quoted-printable text writes its own as «=3D»."""


def candidates(text: str) -> Iterator[Alternatives]:
    """Neighbouring lines that hold escapes, up to a character that none of them would hold.

    Where no letter is escaped (English, or another encoding within), only the whole text can tell.
    """
    if "=" not in text:
        return
    whole = text.isascii() and not _LETTERS.search(text)
    for start, end in ((0, len(text)),) if whole else _blocks(text):
        for piece in _ASCII.finditer(text, start, end):
            if "=" in piece[0] and _shows_signs(piece[0]):
                yield tuple(_decoded(text, *piece.span()))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of runs of lines with escapes; a line with more plain letters than escaped ones is none."""
    start = end = -1
    for match in _LINE.finditer(text):
        line = match[0].rstrip()
        escaped = len(_HIGH.findall(line))
        plain = len(_BEYOND.findall(line))
        joined = end == match.start() and text.endswith("=\n", 0, max(0, end))
        is_encoded = ("=" in line or joined) and 2 * plain <= escaped
        if is_encoded and start < 0:
            start = match.start()
        elif not is_encoded and start >= 0:
            yield start, end
            start = -1
        end = match.end()
    if start >= 0:
        yield start, end


def _shows_signs(stretch: str) -> bool:
    """Does an ASCII stretch show the encoding: escaped letters, soft breaks, an escaped blank at a line's end?"""
    is_broken = _BROKEN.search(stretch) is not None and not _is_padding(stretch)
    return is_broken or _LETTERS.search(stretch) is not None or _BLANK.search(stretch) is not None


def _decoded(text: str, start: int, end: int) -> Iterator[EncodedBytes]:
    """The bytes of an ASCII stretch; none where too many signs would stand for themselves."""
    content, starts, ends = bytearray(), list[int](), list[int]()
    at, stray, signs, cut = start, 0, 0, False
    for sign in _SIGN.finditer(text, start, end):
        _plain(text, at, sign.start(), content, starts, ends)
        at = sign.end()
        signs += 1
        if sign["code"]:
            content.append(int(sign["code"][1:], 16))
            starts.append(sign.start())
            ends.append(at)
        elif sign["cut"]:
            cut = True
        elif not sign["soft"]:
            stray += 1
            _plain(text, sign.start(), at, content, starts, ends)
    _plain(text, at, end, content, starts, ends)
    if stray <= STRAY * signs:
        yield EncodedBytes(bytes(content), starts, ends, start, end, cut)


def _is_padding(stretch: str) -> bool:
    """Is the one «=» at a line's end the padding of base64, and no soft break?"""
    match = _PADDED.search(stretch)
    if match is None or _CODE.search(stretch) or len(_BROKEN.findall(stretch)) > 1:
        return False
    following = _SIGNS.match(stretch, match.end())
    return following is None or (len(match[0].strip()) - 1 + len(following[0])) % 4 != 0


def _plain(text: str, start: int, end: int, content: bytearray, starts: list[int], ends: list[int]) -> None:
    content += text[start:end].encode("ascii")
    starts += range(start, end)
    ends += range(start + 1, end + 1)
