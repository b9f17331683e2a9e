"""Figures of other alphabets and of decorative fonts: «３４５», «٣٤٥», «𝟑𝟒𝟓», «3️⃣4️⃣5️⃣» are 345."""

from __future__ import annotations

import re
import unicodedata

_KEYCAP = re.compile("(?<=[0-9])\ufe0f?\u20e3")
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""The full-width forms of ASCII: who types 「３４５」 types its comma and its letters so, too."""

_SEPARATORS = {"\u066b": ",", "\u066c": ""}
"""Arabic: of decimals and of thousands."""

NAME = "foreign figures"


def repair(text: str, likely: str = "") -> tuple[str, str]:  # noqa: ARG001
    """The text with figures that everything else can read, and the name of the repair; '' where there are none.

    Powers («м³») and figures in circles stay: they are no digits of a number.
    """
    if text.isascii():
        return text, ""
    table = {ord(sign): meant for sign in set(text) if (meant := _meant(sign)) is not None}
    found = _KEYCAP.sub("", text.translate(table))
    return (found, NAME) if found != text else (text, "")


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
