"""Latin letters that look Russian, inside Russian words: typed, copied from a scan, or meant to slip by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.parsing.text_repair.homoglyphs import NAME, repair


@pytest.mark.parametrize(
    ("came", "read"),
    [
        ("Здpaвcтвyйтe, пepeдaю пoкaзaния", "Здравствуйте, передаю показания"),
        ("HE PAБOTAET OTOПЛEHИE", "НЕ РАБОТАЕТ ОТОПЛЕНИЕ"),
        ("B квapтиpe xoлoднo", "В квартире холодно"),
    ],
)
def test_mixed_words_become_russian(came: str, read: str) -> None:
    assert repair(came) == (read, NAME)


@pytest.mark.parametrize(
    "text",
    [
        "Счётчик Pulsar, модель СГВ-15 Norma, почта ocean@bk.ru, сайт www.macao.com",
        "I have no heating at all",
        "Батареи холодные",
        "ТВ7 и BKT-7 показывают разное",
    ],
)
def test_words_of_other_languages_and_addresses_stay(text: str) -> None:
    assert repair(text) == (text, "")


def test_addresses_stay_even_beside_mixed_words() -> None:
    text, name = repair("Мoя почта: cao@mac.ru")
    assert (text, name) == ("Моя почта: cao@mac.ru", NAME)


@given(st.text(max_size=200))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(repair(text)[0]) == len(text)
