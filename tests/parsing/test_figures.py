"""Figures of other alphabets and fonts are figures: «３» alone was once taken for a reading of «３４５»."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Span
from tests.parsing.letters import letter

DIGITS = {
    "full width": "０１２３４５６７８９",
    "Arabic": "٠١٢٣٤٥٦٧٨٩",
    "Persian": "۰۱۲۳۴۵۶۷۸۹",
    "Devanagari": "०१२३४५६७८९",
    "Bengali": "০১২৩৪৫৬৭৮৯",
    "Thai": "๐๑๒๓๔๕๖๗๘๙",
    "mathematical bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "mathematical double": "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "mathematical sans": "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫",
    "mathematical mono": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
}


def spelt(text: str, digits: str) -> str:
    return "".join(digits[int(sign)] if sign in "0123456789" else sign for sign in text)


@pytest.mark.parametrize("digits", DIGITS.values(), ids=DIGITS)
def test_figures_of_any_alphabet_are_read_and_traced_back(digits: str) -> None:
    text = "Лицевой счёт 4710325, ГВС 345, отопление 12,481"
    found = letter(spelt(text, digits))
    assert found.body == text
    at = found.body.index("345")
    assert found.as_written(Span("body", at, at + 3)) == spelt("345", digits)


@given(st.integers(0, 10**9), st.sampled_from(sorted(DIGITS)))
def test_any_number_in_any_figures_is_that_number(number: int, name: str) -> None:
    assert letter(f"ГВС {spelt(str(number), DIGITS[name])}").body == f"ГВС {number}"


def test_keycaps_and_full_width_signs_are_read() -> None:
    assert letter("ГВС 3️⃣4️⃣5️⃣").body == "ГВС 345"
    assert letter("ГВС ３４５，５ ｍ３").body == "ГВС 345,5 m3"
    assert letter("ГВС ٣٤٥٫٥").body == "ГВС 345,5"


@pytest.mark.parametrize(
    "text", ["ГВС 345 м³, 12 м²", "① ГВС ② отопление", "½ месяца", "Ⅳ квартал", "тепло — 4°"]
)
def test_powers_circles_fractions_and_roman_figures_stay(text: str) -> None:
    assert letter(text).body == text
