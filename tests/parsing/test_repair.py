"""Reversible damage is undone: «wrong charset, wrong keyboard layout, transliteration» are readable."""

from __future__ import annotations

import pytest

from mailbot.parsing.charsets.mojibake import repair
from mailbot.parsing.text_repair.keyboard_layout import _TABLE
from mailbot.parsing.text_repair.repair_ladder import repair_text
from tests.parsing.letters import letter, raw, read

TEXT = "Здравствуйте! Прошу проверить отопление: в комнате плюс четырнадцать. Петров С.С., Мира 10, кв. 4"
SEEN = ["cp1251", "koi8-r", "cp866", "latin-1", "iso8859-5", "mac-cyrillic"]


@pytest.mark.parametrize("was", ["utf-8", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("seen", SEEN)
def test_text_decoded_by_the_wrong_charset_is_restored_and_the_repair_is_named(seen: str, was: str) -> None:
    if seen == was or (was == "cp1251" and seen == "mac-cyrillic"):
        return  # nothing is damaged; or all letters but the capitals are the same
    damaged = TEXT.encode(was).decode(seen, "surrogateescape" if seen == "cp1251" else "strict")
    damaged = "".join(chr(ord(one) - 0xDC00) if "\udc80" <= one <= "\udcff" else one for one in damaged)
    text, repair = repair_text(damaged)
    assert text == TEXT
    assert " read as " in repair


def test_damage_twice_over_is_undone_twice() -> None:
    twice = TEXT.encode().decode("latin-1").encode().decode("latin-1")
    assert repair_text(twice)[0] == TEXT


def test_capitals_whose_half_became_a_space_or_a_question_mark_come_back() -> None:
    damaged = "РЕМОНТ ТРУБЫ И БАТАРЕИ".encode().decode("cp1251", "replace").replace("\u00a0", " ")
    assert repair_text(damaged)[0] == "РЕМОНТ ТРУБЫ И БАТАРЕИ"


def test_a_subject_of_one_word_is_repaired_as_its_body_was() -> None:
    found = letter(TEXT.encode().decode("koi8-r"), subject="Тепло".encode().decode("koi8-r"))
    assert (found.subject, found.body) == ("Тепло", TEXT)
    assert found.part("body").repair == "utf-8 read as koi8-r"


def test_a_sound_line_that_a_program_added_below_damage_stays() -> None:
    footer = "\n--\nОтправлено из Mail.ru для Android"
    assert letter(TEXT.encode("koi8-r").decode("cp1251") + footer).body == TEXT + footer


@pytest.mark.parametrize(
    "typed",
    [
        "Ghjdthmnt jnjgktybt? gj;fkeqcnf! Vbhf 10 rd 4",
        "[jkjlyst ,fnfhtb? ghbvbnt vths",
        "Cgfcb,j!",
    ],
)
def test_russian_on_the_latin_keyboard_is_read(typed: str) -> None:
    text, repair = repair_text(typed)
    assert repair == "keyboard layout"
    assert text == typed.translate(_TABLE)


def test_only_the_lines_typed_wrongly_are_retyped() -> None:
    found = letter(
        "Ghjdthmnt jnjgktybt, gj;fkeqcnf, ivan@mail.ru\n--\nОтправлено из Mail.ru для Android"
    ).body
    assert found == "Проверьте отопление, пожалуйста, ivan@mail.ru\n--\nОтправлено из Mail.ru для Android"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "zdravstvuite, peredayu pokazaniya: goryachaya voda 209",
            "здравствуйте, передаю показания: горячая вода 209",
        ),
        ("pochemu net otopleniya? batarei holodnie", "почему нет отопления? батареи холодние"),
        ("raschet obschij, eschyo raz proshu schitat", "расчет общий, ещё раз прошу считат"),
        ("4to s otopleniem, po4emu holodno", "что с отоплением, почему холодно"),
    ],
)
def test_transliteration_is_read(written: str, meant: str) -> None:
    assert repair_text(written) == (meant, "transliteration")


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your message. I am out of the office until December 1st.",
        "Please send me the invoice for October, account 123456. Best regards, Peter",
        "Sehr geehrte Damen und Herren, bitte senden Sie uns die Rechnung",
        "Bonjour, pouvez-vous nous envoyer la facture de chauffage du mois de novembre ?",
        "ivan.petrov@mail.ru https://mail.ru/peredayu-pokazaniya",
        "HTTP XML SPb kWh TCP",
        "Показания гвс 45, счётчик CT-15 N 0448213",
        "Да",
    ],
)
def test_what_is_sound_is_left_alone(text: str) -> None:
    assert repair_text(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        "а" * 29 + " пожар в подвале речная 5",
        "Когда дадут тепло???? " + "А" * 17,
        "ой" + "й" * 40 + " холодно",
        "о" * 60,
    ],
)
def test_a_letter_that_is_drawn_out_is_no_sign_of_a_wrong_charset(text: str) -> None:
    """Who cries out was shown as «яёяёяё», and an emergency with it was lost."""
    assert repair(text) == (text, "")


def test_html_entities_of_a_wrong_charset_are_restored() -> None:
    body = "".join(f"&#{byte};" if byte > 127 else chr(byte) for byte in TEXT.encode("cp1251"))
    assert read(raw(f"<p>{body}</p>".encode(), "text/html; charset=us-ascii")).body == TEXT
