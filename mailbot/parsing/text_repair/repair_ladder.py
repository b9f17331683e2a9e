"""Reversible damage undone in all parts of a letter together: what one part needed, the others likely need.

What cannot be undone (question marks where letters stood) is told."""

from __future__ import annotations

import re

from mailbot.parsing.charsets import mojibake
from mailbot.parsing.text_repair import homoglyphs, keyboard_layout, transliteration
from mailbot.parsing.text_repair.normal_form import normalise, repair_digits

_LOST = re.compile(r"\?{2,}|\ufffd+")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def is_illegible(text: str) -> bool:
    """Are more characters lost than words left? «????» in a complaint's anger is not yet a loss."""
    gone = sum(len(match) for match in _LOST.findall(text))
    kept = sum(len(match) for match in _WORDS.findall(text))
    return (gone >= 6 and gone > kept) or ("\ufffd" in text and gone * 3 > kept)


def repair_text(text: str, likely: str = "") -> tuple[str, str]:
    """The text normalised, with reversible damage undone, and the names of what was undone.

    Wrong decodings come first, on the characters as they came: normalising drops halves of damaged letters.
    """
    text, undone = mojibake.repair(text.replace("\r\n", "\n"), likely)
    names = [undone] if undone else []
    text = normalise(text)
    for step in (repair_digits, keyboard_layout.repair, transliteration.repair, homoglyphs.repair):
        text, undone = step(text, likely)
        if undone:
            names.append(undone)
            text = normalise(text)
    return text, ", ".join(names)
