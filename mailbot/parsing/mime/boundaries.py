"""Multiparts whose header names another boundary than the one that stands, or that lost their header."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from mailbot.parsing.limits.letter_limits import cap_message

_FIRST = re.compile(
    rb"^--(?P<boundary>[^\r\n]{1,200}?)[ \t]*\r?\n(?:content-[a-z-]{1,40}|mime-version):",
    re.IGNORECASE | re.MULTILINE,
)
_NOTICE = re.compile(rb"\s*(?:this is a (?:multi-?part|cryptographically)[^\r\n]{0,200}\s*)?", re.IGNORECASE)


def restore_multipart(content: bytes, kind: str) -> Message | None:
    """The multipart that the bytes hold, by the boundary that stands in them; None where none does.

    `kind` is the declared multipart type. Bytes of another type must hold nothing before the first boundary:
    a letter that quotes a multipart is no multipart.
    """
    if not (first := _FIRST.search(content)):
        return None
    if not kind.startswith("multipart/"):
        if _NOTICE.fullmatch(content[: first.start()]) is None:
            return None
        kind = "multipart/alternative" if _is_twofold(content) else "multipart/mixed"
    boundary = first["boundary"].decode("latin-1").replace("\\", "\\\\").replace('"', '\\"')
    head = f'Content-Type: {kind}; boundary="{boundary}"\r\n\r\n'.encode("latin-1")
    try:
        message = message_from_bytes(cap_message(head + content)[0], policy=compat32)
    except Exception:
        return None
    return message if message.is_multipart() else None


def _is_twofold(content: bytes) -> bool:
    """A plain text and one page: the same words twice."""
    low = content.lower()
    return all(low.count(b"content-type: " + kind) == 1 for kind in (b"text/plain", b"text/html"))
