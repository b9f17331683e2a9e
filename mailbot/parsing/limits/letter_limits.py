"""Limits that stand before any parser: what a letter may cost, whoever wrote it.

A `To:` of 1.9 MB or 30,000 parts cost the standard parser half a minute; cut on the bytes, they cost nothing.
Every limit counts bytes, characters or pieces, never seconds: the same letter always gives the same text.
"""

from __future__ import annotations

import re

BYTES = 40_000_000
HEADER_BYTES = 256_000
FIELD_BYTES = 16_000
FIELDS = 2_000
PARTS = 200
DEPTH = 12
TEXT_CHARACTERS = 100_000
"""Of all inline text of a letter together; a long letter is 5,000."""

HTML_CHARACTERS = 1_000_000
HTML_TAGS = 15_000
HTML_DEPTH = 150
LINES = 600_000
"""A file of 40 MB in base64 has 530,000; the standard parser goes line by line."""

BOUNDARIES = 1_000
DECLARATIONS = 50
"""Multiparts that a letter may declare: the standard parser's work grows with the square of their depth."""

ADDRESSES = 200
REFERENCES = 100

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"\n--")
_DECLARATION = re.compile(rb"boundary\s*=", re.IGNORECASE)


def cap_message(content: bytes) -> tuple[bytes, bool]:
    """The bytes with what is beyond the limits cut off, and whether anything was."""
    cut = len(content) > BYTES
    header, body = split_header(content[:BYTES])
    short, shortened = short_header(header)
    kept = _few_boundaries(_few_lines(body))
    return short + kept, cut or shortened or len(kept) < len(body)


def split_header(content: bytes) -> tuple[bytes, bytes]:
    """The header with its empty line, and the rest."""
    match = _END_OF_HEADER.search(content)
    return (content[: match.end()], content[match.end() :]) if match else (content, b"")


def short_header(header: bytes) -> tuple[bytes, bool]:
    """The header with long fields cut and no more than so many of them, and whether anything was cut."""
    if len(header) <= FIELD_BYTES and header.count(b"\n") <= FIELDS:
        return header, False
    fields, total, cut = list[bytes](), 0, False
    for field in _fields(header):
        if len(field) > FIELD_BYTES:
            field = _short_field(field)
            cut = True
        total += len(field)
        if total > HEADER_BYTES or len(fields) >= FIELDS:
            cut = True
            break
        fields.append(field)
    short = b"".join(fields)
    ended = short.endswith((b"\n\n", b"\n\r\n"))
    return short if ended or not header.endswith((b"\n\n", b"\n\r\n")) else short + b"\r\n", cut


def _fields(header: bytes) -> list[bytes]:
    """Header lines, those that continue a field joined to it (RFC 5322 2.2.3)."""
    fields: list[list[bytes]] = []
    lines = header.split(b"\n")
    for line in lines[:-1] + ([lines[-1]] if lines[-1] else []):
        if fields and line[:1] in (b" ", b"\t"):
            fields[-1].append(line)
        else:
            fields.append([line])
    return [b"\n".join(lines) + b"\n" for lines in fields]


def _short_field(field: bytes) -> bytes:
    """Cut at the last line end, comma or space within the limit, so that no address is cut in two."""
    head = field[:FIELD_BYTES]
    at = max(head.rfind(b"\n"), head.rfind(b","), head.rfind(b" "))
    return (head[:at] if at > 0 else head) + b"\r\n"


def _few_lines(body: bytes) -> bytes:
    if body.count(b"\n") <= LINES:
        return body
    return b"\n".join(body.split(b"\n", LINES)[:LINES])


def _few_boundaries(body: bytes) -> bytes:
    for pattern, most in ((_BOUNDARY, BOUNDARIES), (_DECLARATION, DECLARATIONS)):
        if pattern is _DECLARATION and body.lower().count(b"boundary") <= most:
            continue
        for count, match in enumerate(pattern.finditer(body), start=1):
            if count > most:
                body = body[: match.start()]
                break
    return body
