"""Header values from the original bytes: encoded words, raw 8-bit text, ids, dates."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.limits.letter_limits import REFERENCES
from mailbot.parsing.text_repair.normal_form import normalise

_WORD = re.compile(rb"=\?\s*([A-Za-z0-9_.:*'-]{1,60})\s*\?\s*([BbQq])\s*\?([^?]*(?:\?(?!=)[^?]*)*)\?=")
_BETWEEN = re.compile(rb"(\?=)\s++(=\?)")
_ID = re.compile(r"<[^<>\s]{1,996}>")


def raw_values(message: Message, name: str) -> list[bytes]:
    """All values of a header field as the bytes that came, unfolded."""
    values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [b" ".join(_bytes(value).split(b"\n")).replace(b"\r", b"") for value in values]


def _bytes(value: object) -> bytes:
    return str(value).encode("utf-8", "surrogateescape")


def text_of(message: Message, name: str) -> str:
    """The first value of a field, decoded (RFC 2047) and normalised on one line; '' where absent."""
    return " ".join(normalise(raw_text_of(message, name)).split())


def raw_text_of(message: Message, name: str, likely: str | None = None) -> str:
    """As `text_of`, before normalising: damaged text can still be repaired. `likely`: the body's charset."""
    values = raw_values(message, name)
    return decode_characters(values[0], likely) if values else ""


def decode_header(value: bytes) -> str:
    """A header value in normalised characters, on one line."""
    return " ".join(normalise(decode_characters(value)).split())


def decode_characters(value: bytes, likely: str | None = None) -> str:
    """A header value in characters. Neighbouring words of one charset are joined before decoding.

    Programs cut encoded words in the middle of a character (against RFC 2047 5), so bytes come first.
    `likely` is the charset of raw 8-bit bytes, which RFC 5322 forbids and old programs send.
    """
    value = _BETWEEN.sub(rb"\1\2", value)
    pieces: list[tuple[bytes, str | None]] = []
    at = 0
    for word in _WORD.finditer(value):
        if word.start() > at:
            pieces.append((value[at : word.start()], None))
        content, charset = _word_bytes(word), word[1].decode("ascii").split("*")[0]
        if pieces and pieces[-1][1] == charset and word.start() == at:
            pieces[-1] = (pieces[-1][0] + content, charset)
        else:
            pieces.append((content, charset))
        at = word.end()
    pieces.append((value[at:], None))
    return "".join(decode(content, charset, likely).text for content, charset in pieces if content)


def _word_bytes(word: re.Match[bytes]) -> bytes:
    if word[2] in b"Qq":
        return quopri.decodestring(word[3].replace(b"_", b" "), header=False)
    try:
        return base64.b64decode(word[3] + b"=" * (-len(word[3]) % 4))
    except (binascii.Error, ValueError):
        return word[3]


def parse_message_ids(message: Message, name: str) -> tuple[str, ...]:
    """Message-IDs of a field, with their angle brackets, in order; at most 100, the newest kept."""
    values = b" ".join(raw_values(message, name)).decode("ascii", "replace")
    return tuple(dict.fromkeys(_ID.findall(values)))[-REFERENCES:]


def message_id(values: Iterable[bytes]) -> str:
    """The letter's own id as written, '' where it has none; brackets are added where they lack."""
    for value in values:
        text = value.decode("ascii", "replace").strip()
        if match := _ID.search(text):
            return match[0]
        if text and not re.search(r"\s", text) and len(text) < 996:
            return f"<{text}>"
    return ""


def parse_date(message: Message) -> datetime | None:
    """The `Date` field where it is a real, aware moment; else None."""
    for value in raw_values(message, "Date"):
        try:
            moment = parsedate_to_datetime(value.decode("ascii", "replace"))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moment.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment
    return None
