"""Encodings that wrong headers left in a text, undone one after another, each only where that gives words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailbot.parsing.charsets import mojibake
from mailbot.parsing.charsets.decoding import decode, wide_charset
from mailbot.parsing.charsets.plausible_text import is_figures, is_language, is_plain_russian, is_russian
from mailbot.parsing.encoded import base64_runs, entities, escapes, quoted_printable, uuencoded
from mailbot.parsing.encoded.candidate import Alternatives, EncodedBytes
from mailbot.parsing.text_repair.traced_text import (
    TextReplacement,
    TracedText,
    replace_stretches,
    trace_unchanged,
)

Encodings = tuple[tuple[str, Callable[[str], Iterator[Alternatives]]], ...]
"""Names and where to look for each, in the order in which they are tried."""

TRANSFER: Encodings = (
    ("quoted-printable", quoted_printable.candidates),
    ("uuencode", uuencoded.candidates),
    ("base64", base64_runs.candidates),
)
ALL: Encodings = (
    *TRANSFER,
    ("entities", entities.candidates),
    ("encoded words", escapes.decode_encoded_words),
    ("utf-7", escapes.decode_utf7),
    ("percent escapes", escapes.decode_percent),
    ("code escapes", escapes.decode_unicode_escapes),
    ("code escapes", escapes.decode_byte_escapes),
)

PROVEN = frozenset({"utf-8", "utf-8-sig", "ascii", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})
"""Charsets in which few bytes decode by chance; in all others only Russian is believed."""

MIN_BYTES = 20
"""Bytes below which a charset that takes any bytes is not believed: chance bytes sometimes read as Russian."""

DEPTH = 3
"""How many encodings one over another are undone."""

MAX_LENGTH = 500_000
"""Characters beyond which a page is not looked through: what then remains encoded is a doubt."""

_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])


def decode_source(html: str, charset: str | None) -> tuple[TracedText, str]:
    """The source of a page with transfer encodings undone; entities are its own."""
    return decode_stretches(html, charset, encodings=TRANSFER)


def decode_stretches(
    text: str, charset: str | None = None, depth: int = DEPTH, encodings: Encodings = ALL
) -> tuple[TracedText, str]:
    """The text with encoded stretches decoded, and the names of the encodings; '' where there were none.

    `charset` is the one declared for the text. Each round undoes one layer of a text encoded twice.
    """
    traced, names = trace_unchanged(text), list[str]()
    if len(text) > MAX_LENGTH:
        return traced, ""
    for left in range(depth, 0, -1):
        before = traced.text
        for name, candidates in encodings:
            stretches = [
                stretch
                for alternatives in candidates(traced.text)
                if (stretch := _first_readable(alternatives, charset, left)) is not None
            ]
            if stretches:
                traced = traced.then(replace_stretches(traced.text, stretches))
                names.append(name)
        if traced.text == before:
            break
    return traced, ", ".join(names)


def is_truncated(repair: str, text: str) -> bool:
    """Does a text that was decoded hold half a letter, or the mark that its last group is lost?"""
    return "\ufffd" in text and any(name in repair for name, _ in ALL)


def _first_readable(alternatives: Alternatives, charset: str | None, depth: int) -> TextReplacement | None:
    for encoded in alternatives:
        if isinstance(encoded, TextReplacement):
            return encoded
        if (stretch := _read(encoded, charset, depth)) is not None:
            return stretch
    return None


def _read(encoded: EncodedBytes, declared: str | None, depth: int) -> TextReplacement | None:
    """The bytes as characters; None where they give nothing that a person wrote."""
    content = _without_halves(encoded.content)
    if content.translate(None, _CONTROLS) != content and wide_charset(content) is None:
        return None
    decoded = decode(content, declared)
    if not decoded.fits or (decoded.charset not in PROVEN and len(content) < MIN_BYTES):
        return None
    charset = "utf-8" if decoded.charset == "ascii" else decoded.charset
    stretch = encoded.in_characters(charset)
    return stretch if _is_readable(stretch.text, charset, declared, depth) else None


def _is_readable(text: str, charset: str, declared: str | None, depth: int) -> bool:
    """Words or figures, at once or once decoded further."""
    if is_russian(text) if charset in PROVEN else is_plain_russian(text):
        return True
    if charset in PROVEN and (is_language(text) or is_figures(text)):
        return True
    if charset in PROVEN and not text.isascii() and is_russian(mojibake.repair(text)[0]):
        return True
    return depth > 1 and bool(decode_stretches(text, declared, depth - 1)[1])


def _without_halves(content: bytes) -> bytes:
    """Less what a cut left of a utf-8 character at either edge, where the rest is utf-8."""
    start = 0
    while start < min(3, len(content)) and 0x80 <= content[start] <= 0xBF:
        start += 1
    whole = content[start:]
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.reason != "unexpected end of data":
            return content
        return whole[: fault.start]
    return whole
