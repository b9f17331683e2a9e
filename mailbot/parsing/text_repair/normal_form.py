"""One form for all text that is kept: spans count over it, so it never changes afterwards."""

from __future__ import annotations

import re
import unicodedata

_KEYCAP = re.compile("(?<=[0-9])\ufe0f?\u20e3")
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""The full-width forms of ASCII: who types 「３４５」 types its comma and its letters so, too."""

_SEPARATORS = {"\u066b": ",", "\u066c": ""}
"""Arabic: of decimals and of thousands."""

NAME = "foreign figures"


def repair_digits(text: str, likely: str = "") -> tuple[str, str]:  # noqa: ARG001
    """The text with figures that everything else can read, and the name of the repair; '' where there are none.

    Powers («м³») and figures in circles stay: they are no digits of a number.
    """
    if text.isascii():
        return text, ""
    table = {ord(sign): meant for sign in set(text) if (meant := _meant(sign)) is not None}
    repaired = _KEYCAP.sub("", text.translate(table))
    return (repaired, NAME) if repaired != text else (text, "")


def _meant(sign: str) -> str | None:
    if sign.isascii():
        return None
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if sign in _SEPARATORS:
        return _SEPARATORS[sign]
    if "\U0001d400" <= sign <= "\U0001d7ff":  # mathematical letters
        return unicodedata.normalize("NFKC", sign)
    return _WIDE.get(sign)


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING = re.compile(r"(?<! ) ++$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{4,}")

MAX_COMBINING_MARKS = 8
"""Combining marks kept over one letter; canonical ordering takes quadratic time over 100,000 of them."""


def normalise(text: str) -> str:
    """NFC, `\\n` line ends, plain spaces, tabs (they part the cells of a table); no soft hyphens, zero-width or control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", _unstacked(_SPACES.sub(" ", text)))
    return _EMPTY_LINES.sub("\n\n\n", _TRAILING.sub("", text)).strip("\n")


def _unstacked(text: str) -> str:
    marks = "" if text.isascii() else "".join(mark for mark in set(text) if unicodedata.combining(mark))
    if not marks:
        return text
    several = f"[{re.escape(marks)}]"
    return re.sub(f"({several}{{{MAX_COMBINING_MARKS}}}){several}+", r"\1", text)


def unflow(text: str, *, delete_space: str) -> str:
    """Lines of `format=flowed` joined again (RFC 3676 4.2); `delete_space` is «yes» for DelSp=yes."""
    out: list[list[str]] = []
    joining = -1  # the depth of quotation whose line goes on; lines of another depth are never joined to it
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare[1:] if bare.startswith(" ") else bare
        signature = bare == "-- "
        flowing = bare.endswith(" ") and not signature
        piece = bare[:-1] if flowing and delete_space == "yes" else bare
        if joining == depth and not signature:
            out[-1].append(piece)
        else:
            out.append([">" * depth + (" " if depth else ""), piece])
        joining = depth if flowing else -1
    return "\n".join("".join(pieces) for pieces in out)
