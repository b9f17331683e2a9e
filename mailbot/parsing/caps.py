"""Limits that stand before any parser: what a letter may cost, whoever wrote it.

A `To:` of 1.9 MB or 30,000 parts cost the standard parser half a minute; cut on the bytes, they cost nothing.
"""

from __future__ import annotations

import re

BYTES = 40_000_000
HEADER_BYTES = 256_000
FIELD_BYTES = 32_000
PARTS = 200
DEPTH = 12
TEXT_CHARACTERS = 100_000
"""Of one text part; a long letter is 5,000."""

HTML_CHARACTERS = 1_000_000
HTML_DEPTH = 150
BOUNDARIES = 1_000
DECLARATIONS = 50
"""Multiparts that a letter may declare: the standard parser's work grows with the square of their depth."""

ADDRESSES = 200
REFERENCES = 100

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"[^\n]*\n(?:[ \t][^\n]*\n?)*")
_BOUNDARY = re.compile(rb"\n--")
_DECLARATION = re.compile(rb"boundary\s*=", re.IGNORECASE)


def capped(content: bytes) -> tuple[bytes, bool]:
    """The bytes with what is beyond the limits cut off, and whether anything was."""
    cut = len(content) > BYTES
    header, body = split_header(content[:BYTES])
    short = _short_header(header)
    kept = _few_boundaries(body)
    return short + kept, cut or len(short) < len(header) or len(kept) < len(body)


def split_header(content: bytes) -> tuple[bytes, bytes]:
    """The header with its empty line, and the rest."""
    found = _END_OF_HEADER.search(content)
    return (content[: found.end()], content[found.end() :]) if found else (content, b"")


def _short_header(header: bytes) -> bytes:
    if len(header) <= FIELD_BYTES:
        return header
    fields, length = [], 0
    for match in _FIELD.finditer(header):
        field = match[0]
        if len(field) > FIELD_BYTES:
            field = field[:FIELD_BYTES].rsplit(b"\n", 1)[0][:FIELD_BYTES] + b"\r\n"
        length += len(field)
        if length > HEADER_BYTES:
            break
        fields.append(field)
    short = b"".join(fields)
    return short if short.endswith((b"\n\n", b"\n\r\n")) else short + b"\r\n"


def _few_boundaries(body: bytes) -> bytes:
    for pattern, most in ((_BOUNDARY, BOUNDARIES), (_DECLARATION, DECLARATIONS)):
        for count, match in enumerate(pattern.finditer(body), start=1):
            if count > most:
                body = body[: match.start()]
                break
    return body
