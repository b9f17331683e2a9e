"""Bytes → characters: the declared charset where it makes sense, else utf-8, else the best by score."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from mailbot.parsing.russian import likeness

CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
"""One-byte charsets of Russian mail. Never latin-1 first: it decodes anything into nonsense."""

MARGIN = 0.25
"""By how much another charset must look more Russian than the declared one to be believed instead."""

ALIASES = {"x-cp1251": "cp1251", "win-1251": "cp1251", "windows1251": "cp1251", "cp-1251": "cp1251",
           "koi8r": "koi8-r", "x-koi8-r": "koi8-r", "utf8": "utf-8", "unicode-1-1-utf-7": "utf-7",
           "x-mac-cyrillic": "mac-cyrillic", "ansi_x3.110-1983": "latin-1", "iso-8859-8-i": "iso8859-8"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset that gave it, and whether any charset really fitted."""

    text: str
    charset: str
    fits: bool


def decode(content: bytes, declared: str | None) -> Decoded:
    """The characters of a text part. Never raises; `fits` is False where no charset gave a language."""
    if mark := _byte_order_mark(content):
        return Decoded(content.decode(mark, "replace"), mark, True)
    name = known(declared)
    if content.isascii() and name not in {"utf-7", "hz", "iso2022_jp", "iso2022_kr", "utf-16", "utf-32"}:
        return Decoded(content.decode("ascii"), "ascii", True)
    strict = _strictly(content, name) if name and name not in {"ascii", "utf-8"} else None
    utf8 = _strictly(content, "utf-8")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", True)
    if strict is not None and name not in CYRILLIC and name not in {"latin-1", "iso8859-1", "cp1252", None}:
        return Decoded(strict, str(name), True)
    return _by_score(content, name, strict)


def _by_score(content: bytes, name: str | None, strict: str | None) -> Decoded:
    found = {charset: content.decode(charset, "replace") for charset in CYRILLIC}
    scores = {charset: likeness(text) for charset, text in found.items()}
    best = max(scores, key=lambda charset: scores[charset])
    if strict is not None and name is not None and likeness(strict) + MARGIN >= scores[best]:
        return Decoded(strict, name, True)
    if scores[best] > 0:
        return Decoded(found[best], best, True)
    mostly = content.decode("utf-8", "replace")
    if mostly.count("\ufffd") * 10 < len(mostly):
        return Decoded(mostly, "utf-8", True)  # a cut or scratched utf-8 text
    return Decoded(strict or mostly, name or "utf-8", False)


def known(declared: str | None) -> str | None:
    """Python's name of a declared charset; None where it means nothing."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    name = ALIASES.get(name, name)
    try:
        return codecs.lookup(name).name if name.isascii() and name.isprintable() and name else None
    except (LookupError, ValueError):
        return None


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
