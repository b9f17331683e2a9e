"""Places of the register in a letter: through case endings, abbreviations, numerals in words and slips of the pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.understanding.register_lookup.places import find_places, nearest_street
from mailbot.understanding.register_lookup.slips import edit_distance
from tests.understanding.register_lookup.registers import Client, register

ADDRESSES = (
    "п. Прикамский, ул. Камская, 31, кв. 77", "ул. 8 Марта, 11-2", "ул. Солнечная, 8-12", "ул. Строителей, 30, кв. 64",
    "Мира, 10", "ул. 40 лет Победы, 7-25", "ул. Карла Маркса, 3/1-4",
)  # fmt: skip
KNOWN = register(*(Client(str(440_210 + at), address=one) for at, one in enumerate(ADDRESSES)))


def found(text: str) -> list[tuple[str, str]]:
    return [(place.key, text[place.start : place.end]) for place in find_places(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("живу на Камской, дом тридцать один квартира семьдесят семь", "камск|31|77"),
        ("Восьмого марта 11 кв 2", "8 марта|11|2"),
        ("Солничная 8-12", "солнечн|8|12"),
        ("строит. 30-64", "строител|30|64"),
        ("Строителлей д.30 кв.64", "строител|30|64"),
        ("Мира,10", "мира|10|"),
        ("сорок лет Победы, 7 - 25", "40 лет победы|7|25"),
        ("карла маркса 3/1 кв. 4", "карла маркса|3/1|4"),
    ],
)
def test_a_place_of_the_register_is_found(text: str, key: str) -> None:
    assert [place for place, _ in found(text)] == [key]


def test_the_stretch_is_the_whole_place_and_nothing_before_it() -> None:
    ((_, written),) = found("Семья Юговых, Камская 31 кв. 77, вода 345")
    assert written == "Камская 31 кв. 77"


@pytest.mark.parametrize(
    "text", ["осталось 10", "на улице мирно 10", "Солнечная 9-12", "Лесная 8-12", "камень 31"]
)
def test_a_number_beside_a_word_is_no_place(text: str) -> None:
    assert found(text) == []


def test_two_streets_as_near_as_each_other_are_neither() -> None:
    assert nearest_street("ленсная", ("лесная", "леннная")) is None


@given(st.text("абвг", min_size=1, max_size=7), st.text("абвг", min_size=1, max_size=7))
def test_slips_are_the_same_both_ways_and_none_for_the_same_word(one: str, other: str) -> None:
    assert edit_distance(one, other, 9) == edit_distance(other, one, 9)
    assert (edit_distance(one, other, 9) == 0) == (one == other)


@given(st.text(max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    for place in find_places(text, KNOWN):
        assert 0 <= place.start < place.end <= len(text)
