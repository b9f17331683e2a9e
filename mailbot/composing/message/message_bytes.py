"""A finished letter as bytes: CRLF, 7-bit, the same bytes for the same words (RFC 5322, RFC 2046).

Rendered by hand: `EmailMessage` costs a millisecond a letter and picks its boundaries by chance.

    mixed ─┬─ related ─┬─ alternative ─┬─ text        `related` stands only where there is a picture,
           │           └─ picture …    └─ html        `mixed` only where something is attached
           └─ attached …
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from mailbot.composing.message.attachment_names import disposition, media_type

Header = tuple[str, str]
"""A field's name and its value, already encoded and folded with CRLF and a space."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file beside the letter; `media_type` as «application/pdf», `name` as the reader sees it, in any letters."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A PNG that the HTML shows by `cid:` and its id («qr.0f3a@bk.ru», ASCII without angle brackets)."""

    content_id: str
    png: bytes


def build_message(
    headers: Sequence[Header],
    text: str,
    html: str,
    message_id: str,
    *,
    pictures: Sequence[InlineImage] = (),
    attached: Sequence[AttachedFile] = (),
) -> bytes:
    """The whole message; headers with an empty value are left out.

    The boundaries come from the id. They hold `=_`, which base64 never does (RFC 2045 6.7).
    """
    boundary = f"=_mailbot_{sha256(message_id.encode()).hexdigest()[:24]}"
    part = _joined("multipart/alternative", boundary, [_text("plain", text), _text("html", html)])
    if pictures:
        shown = [part, *(_picture(picture) for picture in pictures)]
        part = _joined("multipart/related", f"{boundary}r", shown, '; type="multipart/alternative"')
    if attached:
        part = _joined("multipart/mixed", f"{boundary}m", [part, *(_attached(file) for file in attached)])
    head = [f"{name}: {value}" for name, value in headers if value]
    return "\r\n".join([*head, "MIME-Version: 1.0", *part, ""]).encode("ascii")


def _joined(kind: str, boundary: str, parts: Sequence[list[str]], more: str = "") -> list[str]:
    lines = [f'Content-Type: {kind}{more};\r\n boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--"]


def _text(subtype: str, text: str) -> list[str]:
    """Base64 for both: Cyrillic in quoted-printable is three times as long as in the letter."""
    octets = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    return [f"Content-Type: text/{subtype}; charset=utf-8", *_base64(octets)]


def _picture(one: InlineImage) -> list[str]:
    return [
        "Content-Type: image/png",
        f"Content-ID: <{one.content_id}>",
        "Content-Disposition: inline",
        *_base64(one.png),
    ]


def _attached(one: AttachedFile) -> list[str]:
    return [
        f"Content-Type: {media_type(one.media_type, one.name)}",
        f"Content-Disposition: {disposition(one.name)}",
        *_base64(one.content),
    ]


def _base64(octets: bytes) -> list[str]:
    body = encodebytes(octets).decode("ascii").rstrip("\n").replace("\n", "\r\n")
    return ["Content-Transfer-Encoding: base64", "", body]
