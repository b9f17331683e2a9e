"""Letters of the tests, to the byte: a header and a body, or parts."""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.model import Letter, RawLetter, SegmentRole
from mailbot.parsing import parse

RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HEAD = b"From: =?utf-8?B?0JjQstCw0L0=?= <Ivan@Mail.ru>\r\nMIME-Version: 1.0\r\n"


def raw(
    body: bytes, content_type: str = "text/plain; charset=utf-8", *fields: str, subject: str = ""
) -> bytes:
    """A letter of one part; fields are header lines as they stand."""
    lines = [*fields, f"Subject: {subject}", f"Content-Type: {content_type}"]
    return HEAD + "\r\n".join(lines).encode() + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body


def read(content: bytes) -> Letter:
    return parse(RawLetter(content, RECEIVED))


def letter(text: str, *fields: str, subject: str = "вопрос") -> Letter:
    """A plain utf-8 letter, parsed."""
    return read(raw(text.encode(), "text/plain; charset=utf-8", *fields, subject=subject))


def mixed(*parts: tuple[str, bytes]) -> Letter:
    """A multipart/mixed letter of (header lines, content), parsed."""
    pieces = b"".join(b"--B\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts)
    return read(raw(pieces + b"--B--\r\n", "multipart/mixed; boundary=B"))


def words(letter: Letter, role: SegmentRole, part: str = "body") -> str:
    """The words of one role, on one line."""
    return " ".join(letter.part(part).view(role).split())
