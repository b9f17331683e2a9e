"""The bytes of a part with its declared transfer encoding undone (RFC 2045 6), however the header declares it.

A text whose bytes do not keep to the declared encoding (a footer glued below base64, plain words under a header
that says base64, a cut last group) is left as it came: its encoded stretches are found in the text itself.
"""

from __future__ import annotations

import binascii
import copy
import quopri
import string
from email.message import Message
from enum import Enum, auto

from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.charsets.plausible_text import is_language, is_russian
from mailbot.parsing.headers.header_values import raw_values

FIELD = "Content-Transfer-Encoding"
SHORT = 40
"""Signs of base64 up to which a text may as well be a plain word or number under a wrong header."""

_BY_CHANCE = 8
"""Bytes from which nothing is UTF-8 by chance."""

_BLANKS = string.whitespace.encode()
_ALPHABET = (string.ascii_letters + string.digits + "+/").encode()


class TransferEncoding(Enum):
    BASE64 = auto()
    QUOTED_PRINTABLE = auto()


def declared(message: Message) -> tuple[TransferEncoding, ...]:
    """The encodings that change bytes, of all such fields; misspelt names as they are meant."""
    encodings = []
    for value in raw_values(message, FIELD):
        name = "".join(
            sign for sign in value.decode("latin-1").lower() if sign in "abcdefghijklmnopqrstuvwxyz64"
        )
        if name.startswith("base64") or name == "b":
            encodings.append(TransferEncoding.BASE64)
        elif name.startswith("quotedprint") or name in {"q", "qp"}:
            encodings.append(TransferEncoding.QUOTED_PRINTABLE)
    return tuple(dict.fromkeys(encodings))


def decode_payload(message: Message, *, is_text: bool) -> bytes:
    """The decoded bytes of a part without parts. Never raises."""
    raw = raw_payload(message)
    for encoding in declared(message):
        if encoding is TransferEncoding.QUOTED_PRINTABLE:
            return quopri.decodestring(raw)
        if (content := whole_base64(raw)) is not None and not (is_text and _is_plain(raw, content)):
            return content
        if not is_text:
            return _leniently(message, raw)
    return raw


def raw_payload(message: Message) -> bytes:
    """The bytes of a part as they stood in the letter."""
    bare = copy.copy(message)
    del bare[FIELD]
    try:
        content = bare.get_payload(decode=True)
    except Exception:
        content = None
    if isinstance(content, bytes):
        return content
    whole = message.get_payload()
    return whole.encode("utf-8", "surrogateescape") if isinstance(whole, str) else b""


def whole_base64(raw: bytes) -> bytes | None:
    """The bytes of a base64 text; None where it holds anything else, or its last group is cut."""
    signs = raw.translate(None, _BLANKS)
    bare = signs.rstrip(b"=")
    if not bare or len(signs) % 4 or len(signs) - len(bare) > 2 or bare.translate(None, _ALPHABET):
        return None
    return binascii.a2b_base64(signs)


def _is_plain(raw: bytes, found: bytes) -> bool:
    """Is the short text no base64 at all, but a word or a number that only looks so?"""
    if len(raw.strip()) > SHORT:
        return False
    text = decode(found, None).text
    if _is_utf8(found):
        return False
    return not ((text.isascii() and text.strip().isprintable()) or is_russian(text) or is_language(text))


def _is_utf8(found: bytes) -> bool:
    """Are the bytes UTF-8 with more than ASCII in it, as those of pictures are, and bytes of chance are not?"""
    try:
        return len(found) >= _BY_CHANCE and not found.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _leniently(message: Message, raw: bytes) -> bytes:
    """What the standard library makes of damaged base64: a person will look at the file."""
    try:
        content = message.get_payload(decode=True)
    except Exception:
        return raw
    return content if isinstance(content, bytes) and content else raw
