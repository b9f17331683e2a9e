"""Reversible damage undone in all parts of a letter together: what one part needed, the others likely need."""

from __future__ import annotations

from mailbot.parsing.charsets import mojibake
from mailbot.parsing.text_repair import digit_forms, homoglyphs, keyboard_layout, transliteration
from mailbot.parsing.text_repair.normal_form import normalise


def repair_text(text: str, likely: str = "") -> tuple[str, str]:
    """The text normalised, with reversible damage undone, and the names of what was undone.

    Wrong decodings come first, on the characters as they came: normalising drops halves of damaged letters.
    """
    text, undone = mojibake.repair(text.replace("\r\n", "\n"), likely)
    names = [undone] if undone else []
    text = normalise(text)
    for step in (digit_forms.repair, keyboard_layout.repair, transliteration.repair, homoglyphs.repair):
        text, undone = step(text, likely)
        if undone:
            names.append(undone)
            text = normalise(text)
    return text, ", ".join(names)
