"""Bytes → characters: the declared charset where it makes sense, else utf-8, else the best by score."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from mailbot.parsing.charsets.accented_latin import is_latin_prose
from mailbot.parsing.charsets.russian_likeness import looks_damaged, russian_likeness

CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
"""One-byte charsets of Russian mail. Never latin-1 first: it decodes anything into nonsense."""

_PRIOR = {"cp1251": 0.0, "koi8-r": -0.02, "cp866": -0.03, "iso8859-5": -0.05, "mac-cyrillic": -0.1}
"""A handicap for the rare charsets: a word of a few capitals fits several of them alike."""

MARGIN = 0.25
"""By how much another charset must look more Russian than the declared one to be believed instead."""

PLAIN = 0.3
"""Score from which a few letters among figures are Russian in a charset of one byte, and no scratched utf-8."""

SAMPLE = 8000
"""Bytes scored: a long text is decoded once, not once for every charset."""

ALIASES = {"x-cp1251": "cp1251", "win-1251": "cp1251", "windows1251": "cp1251", "cp-1251": "cp1251",
           "koi8r": "koi8-r", "x-koi8-r": "koi8-r", "utf8": "utf-8", "unicode-1-1-utf-7": "utf-7",
           "x-mac-cyrillic": "mac-cyrillic", "ansi_x3.110-1983": "latin-1", "iso-8859-8-i": "iso8859-8"}  # fmt: skip

_NO_CHARSET = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
"""Codecs of Python that no mail is written in; punycode takes quadratic time over a long text."""

_ASCII_BASED_NOT = frozenset({"utf-7", "hz", "iso2022_jp", "iso2022_kr", "iso2022_jp_2"})
_TWO_BYTES = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_TEXT_BYTES = bytes({*range(32, 127), *b"\t\n\r\f"})
WIDE = 0.8
"""Share of places where such a byte stands from which a text is utf-16; of the other bytes few are such (a binary file has many)."""

_ANY_BYTES = frozenset({*CYRILLIC, "latin-1", "iso8859-1", "iso8859-15", "cp1252", "cp1250", "iso8859-2"})
"""Charsets in which almost any bytes decode strictly, so that a strict success proves little."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, the charset that gave it, and whether any charset really fitted."""

    text: str
    charset: str
    fits: bool


def decode(content: bytes, declared: str | None, likely: str | None = None) -> DecodedText:
    """The characters of a text part. Never raises; `fits` is False where no charset gave a language.

    `likely` is a charset believed without a declaration: a raw header is written in the charset of its body.
    """
    if mark := _byte_order_mark(content):
        return DecodedText(content.decode(mark, "replace"), mark, True)
    if wide := wide_charset(content):
        return DecodedText(_whole_pairs(content).decode(wide, "replace"), wide, True)
    name = known(declared) or known(likely)
    if name in _TWO_BYTES and not content.translate(None, _TEXT_BYTES):
        name = None  # not decoded from base64 yet, or never in that charset
    if content.isascii() and name not in _ASCII_BASED_NOT:
        return DecodedText(content.decode("ascii"), "ascii", True)
    strict = _strictly(content, name) if name and name not in {"ascii", "utf-8"} else None
    if name not in _ASCII_BASED_NOT or strict is None:
        utf8 = _strictly(content, "utf-8")
        if utf8 is not None:
            return DecodedText(utf8, "utf-8", True)
    if strict is not None and name is not None and name not in _ANY_BYTES:
        return DecodedText(strict, name, True)
    return _by_score(content, name if strict is not None else None)


def wide_charset(content: bytes) -> str | None:
    """utf-16 by the look of its bytes, declared or not: every other one is a zero or the page of Russian letters."""
    sample = content[: SAMPLE // 2 * 2]
    if len(sample) < 4 or not (b"\0" in sample or b"\4" in sample):
        return None
    even, odd = (sum(map(half.count, (b"\0", b"\4"))) for half in (sample[::2], sample[1::2]))
    least, most = WIDE * (len(sample) // 2), (1 - WIDE) * (len(sample) // 2)
    if odd >= least and even <= most:
        return "utf-16-le"
    return "utf-16-be" if even >= least and odd <= most else None


def _whole_pairs(content: bytes) -> bytes:
    """Less a last byte that has lost its other half: mail programs trim the end of a line."""
    return content[: len(content) // 2 * 2]


def _by_score(content: bytes, name: str | None) -> DecodedText:
    """The charset in which the text looks most Russian; the declared one unless it is clearly worse."""
    sample = _sample(content)
    decodings = {charset: sample.decode(charset, "replace") for charset in CYRILLIC}
    scores = {charset: russian_likeness(text) + _PRIOR[charset] for charset, text in decodings.items()}
    best = max(scores, key=lambda charset: scores[charset])
    if name is not None:
        seen = sample.decode(name, "replace")
        clear = looks_damaged(seen) and not looks_damaged(decodings[best])
        if is_latin_prose(seen) or russian_likeness(seen) + (0.05 if clear else MARGIN) >= scores[best]:
            return DecodedText(content.decode(name, "replace"), name, True)
    mostly = content.decode("utf-8", "replace")
    lost = mostly.count("\ufffd")
    is_utf8 = any(not sign.isascii() and sign != "\ufffd" for sign in mostly) or scores[best] < PLAIN
    if lost * 10 < len(mostly) - lost and is_utf8:
        return DecodedText(mostly, "utf-8", True)  # a cut or scratched utf-8 text
    if scores[best] > 0:
        return DecodedText(content.decode(best, "replace"), best, True)
    return DecodedText(content.decode(name, "replace") if name else mostly, name or "utf-8", False)


def _sample(content: bytes) -> bytes:
    """The bytes that tell the charset: from the first one beyond ASCII."""
    start = len(content) - len(content.lstrip(bytes(range(128))))
    return content[max(0, start - 40) : start + SAMPLE]


def known(declared: str | None) -> str | None:
    """Python's name of a declared charset; None where it means nothing."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()[:40]
    name = ALIASES.get(name, name)
    try:
        charset = codecs.lookup(name).name if name.isascii() and name.isprintable() and name else None
        if charset is None or charset in _NO_CHARSET:
            return None
        b"".decode(charset)  # refuses codecs that make no text (zlib, base64)
    except (LookupError, ValueError):
        return None
    return charset


def _strictly(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeError, LookupError, ValueError):
        return None


def _byte_order_mark(content: bytes) -> str | None:
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return charset
    return None
