"""A repaired text keeps its map to the original: evidence is shown in the letter as it came."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Letter, RawLetter, Span
from mailbot.parsing import parse
from mailbot.parsing.text_repair.repair_alignment import align

TEXT = "Здравствуйте! Передаю показания.\nЛицевой счет 440215, горячая вода 123,4\nПетрова Анна, Мира 5-12"
AT = datetime(2026, 9, 21, tzinfo=UTC)


def letter(subject: str, body: str) -> Letter:
    head = f"From: a@b.ru\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n"
    return parse(RawLetter((head + body).encode(), AT))


def written(found: Letter, words: str) -> str:
    at = found.body.index(words)
    return found.as_written(Span("body", at, at + len(words)))


@pytest.mark.parametrize("read_as", ["koi8-r", "cp1251", "cp866", "latin-1"])
def test_a_wrong_charset_is_traced_back_word_by_word(read_as: str) -> None:
    came = TEXT.encode().decode(read_as, "replace")
    found = letter("Показания", came)
    assert found.body == TEXT
    assert written(found, "440215") == "440215"
    assert "Лицевой".encode().decode(read_as, "replace") in written(found, "Лицевой")
    assert found.part("body").as_came.strip() == came.strip()


def test_a_damaged_html_letter_is_traced_back_to_what_a_browser_would_have_shown() -> None:
    came = "Передаю показания, горячая вода 118".encode().decode("koi8-r")
    raw = f"Content-Type: text/html; charset=utf-8\n\n<p><b>{came}</b></p>".encode()
    found = parse(RawLetter(raw, AT))
    assert found.body == "Передаю показания, горячая вода 118"
    assert written(found, "показания") == "показания,".encode().decode("koi8-r")
    assert written(found, "118") == "118"


def test_transliteration_is_traced_back_to_the_latin_words() -> None:
    found = letter("pokazaniya", "Zdravstvuyte! Peredayu pokazaniya, goryachaya voda 123.\nPetrova Anna")
    assert written(found, "Петрова Анна") == "Petrova Anna"
    assert written(found, "123") == "123"
    assert found.as_written(Span("subject", 0, 9)) == "pokazaniya"


def test_a_wrong_keyboard_is_traced_back_to_the_keys() -> None:
    found = letter("ghbdtn", "Gthtlf. gjrfpfybz? ujhzxfz djlf 123\nGtnhjdf Fyyf")
    assert written(found, "Петрова Анна") == "Gtnhjdf Fyyf"


def test_a_letter_without_damage_is_its_own_original() -> None:
    found = letter("Показания", TEXT)
    assert found.part("body").as_came == TEXT
    assert written(found, "Мира 5-12") == "Мира 5-12"


def test_words_that_do_not_pair_are_traced_back_as_lines_and_lines_as_a_whole() -> None:
    assert [(one.start, one.was_end) for one in align("а б\nв", "аб\nв")] == [(0, 3), (3, 5)]
    (whole,) = align("а\nб", "аб")
    assert (whole.start, whole.end, whole.was_start, whole.was_end) == (0, 2, 0, 3)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_map_never_leaves_either_text_and_never_goes_back(original: str, repaired: str) -> None:
    origins = align(original, repaired)
    for one in origins:
        assert 0 <= one.start < one.end <= len(repaired)
        assert 0 <= one.was_start <= one.was_end <= len(original)
    assert list(origins) == sorted(origins, key=lambda one: (one.start, one.was_start))


@given(st.text(max_size=200))
def test_every_span_of_every_letter_can_be_traced_back(body: str) -> None:
    found = letter("да", body.encode("utf-8", "ignore").decode())
    for part in found.parts:
        for start, end in ((0, len(part.text)), (len(part.text) // 2, len(part.text))):
            was_start, was_end = part.came_from(start, end)
            assert 0 <= was_start <= len(part.as_came)
            assert was_end <= len(part.as_came)
