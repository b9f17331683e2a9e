"""A finished letter as bytes: CRLF, 7-bit, the same bytes for the same words (RFC 5322, RFC 2046).

Rendered by hand: `EmailMessage` costs a millisecond a letter and picks its boundaries by chance.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Sequence
from hashlib import sha256

Header = tuple[str, str]
"""A field's name and its value, already encoded and folded with CRLF and a space."""


def message(headers: Sequence[Header], text: str, html: str, message_id: str) -> bytes:
    """The whole message; headers with an empty value are left out.

    The boundary comes from the id. It holds `=_`, which base64 never does (RFC 2045 6.7).
    """
    boundary = f"=_mailbot_{sha256(message_id.encode()).hexdigest()[:24]}"
    head = [f"{name}: {value}" for name, value in headers if value]
    head += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"']
    lines = [
        *head,
        "",
        f"--{boundary}",
        *_part("plain", text),
        f"--{boundary}",
        *_part("html", html),
        f"--{boundary}--",
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def _part(subtype: str, text: str) -> list[str]:
    """Base64 for both: Cyrillic in quoted-printable is three times as long as in the letter."""
    octets = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    return [
        f"Content-Type: text/{subtype}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        encodebytes(octets).decode("ascii").rstrip("\n").replace("\n", "\r\n"),
    ]
