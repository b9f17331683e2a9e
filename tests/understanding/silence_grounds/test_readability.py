"""«Текст обращения не поддаётся прочтению» (clause 2.2.email.3): only where no person could read it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Attachment, AttachmentText, Certainty, LetterDamage, Rulebook
from mailbot.understanding import understand
from tests.scale import tries
from tests.understanding.attached import with_attachment
from tests.understanding.letters import make_letter

PHOTO = Attachment(1, "foto.jpg", "image/jpeg", b"x", AttachmentText.PICTURE)


def readable(body: str, rulebook: Rulebook, subject: str = "") -> Certainty:
    return understand(make_letter(body, subject), rulebook).readable.answer


@pytest.mark.parametrize(
    "body",
    [
        "???????????? ??????! ?????? ??? ? ???????? 12 ? ???? ????? ?? ????????.",
        "\ufffd\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd",
        "фывапролдж йцукенгш ячсмить",
        "asdfghjkl qwertyuiop",
        "jpRYBJfW3djMNOG28vrDVsXG24UMnJHg4gonxqmiDiztko5ElUGPyWr7Yvg0ZYqNoM8jPddmYS9zbZCy4PHbf5747PJ2O5dhBUW22Os5",
    ],
)
def test_lost_letters_mash_and_ciphertext_are_unreadable(body: str, rulebook: Rulebook) -> None:
    assert readable(body, rulebook) is Certainty.NO


@pytest.mark.parametrize(
    "body",
    [
        "Батареи холодные, примите меры",
        "Счёт 5 м3",
        "л/с 1234567 гвс 87",
        "100000000000*54678",
        "ЖКХ 1# 123456 Х 0000056.8 Г 0000047.3",
        "zdravstvuite peredayu pokazaniya, goryachaya voda 209",
        "Исәнмесез, бездә җылы юк, батареялар салкын",
        "Доброго дня, у нас немає опалення, що робити?",
        "Hello, there is no heating in the flat, please help",
        "батарэи холодныи зделайте чтонибуть",
        "ХОЛОДНО",
    ],
)
def test_any_human_language_and_machine_format_is_readable(body: str, rulebook: Rulebook) -> None:
    assert readable(body, rulebook) is Certainty.YES


def test_damage_with_words_left_is_not_unreadable(rulebook: Rulebook) -> None:
    letter = make_letter("Батареи хол??ные, в кварт??е +14, примите меры")
    letter = dataclasses.replace(letter, damage=(LetterDamage.LOST_CHARACTERS,))
    assert understand(letter, rulebook).readable.answer is Certainty.YES


@pytest.mark.parametrize("body", ["", "???????????? ??????! ?????? ??? ? ????????", "фывапролдж йцукенгш"])
def test_a_picture_a_person_can_read_is_never_unreadable(body: str, rulebook: Rulebook) -> None:
    judged = understand(with_attachment(make_letter(body), PHOTO), rulebook).readable
    assert judged.answer is Certainty.DOUBT
    assert "человек" in judged.because


def test_clause_2_2_email_3_is_not_for_an_empty_letter_in_which_nothing_was_lost(rulebook: Rulebook) -> None:
    judged = understand(make_letter(""), rulebook).readable
    assert judged.answer is Certainty.YES
    assert "читать нечего" in judged.because


def test_a_subject_alone_is_readable(rulebook: Rulebook) -> None:
    assert readable("", rulebook, "гвс 77 лс 561209") is Certainty.YES


@pytest.mark.parametrize(
    "damage", [LetterDamage.BROKEN_STRUCTURE, LetterDamage.CUT, LetterDamage.UNKNOWN_CHARSET]
)
def test_our_own_failure_to_take_out_the_text_never_silences(
    damage: LetterDamage, rulebook: Rulebook
) -> None:
    letter = dataclasses.replace(make_letter(""), damage=(damage,))
    assert understand(letter, rulebook).readable.answer is Certainty.DOUBT


JUNK = Attachment(1, "", "application/octet-stream", b"\x8f\x02\xd1", AttachmentText.EMPTY)


@pytest.mark.parametrize("subject", ["", "Message from KM_C224e", "scan"])
def test_octets_that_nothing_opens_are_unreadable_under_a_subject_from_a_machine(
    subject: str, rulebook: Rulebook
) -> None:
    letter = dataclasses.replace(make_letter("", subject), damage=(LetterDamage.UNKNOWN_CHARSET,))
    assert understand(with_attachment(letter, JUNK), rulebook).readable.answer is Certainty.NO


@pytest.mark.parametrize("subject", ["жалоба", "ГВС 231", "no heating since last monday", "лс 40771"])
def test_a_subject_that_speaks_is_read_above_octets(subject: str, rulebook: Rulebook) -> None:
    letter = dataclasses.replace(make_letter("", subject), damage=(LetterDamage.UNKNOWN_CHARSET,))
    assert understand(with_attachment(letter, JUNK), rulebook).readable.answer is not Certainty.NO


def test_words_the_dictionary_does_not_know_are_doubt(rulebook: Rulebook) -> None:
    assert readable("Кабукима лотесаро минувела", rulebook) is Certainty.DOUBT


WORDS = [
    "батареи",
    "холодные",
    "вода",
    "счёт",
    "прошу",
    "ответить",
    "дом",
    "квартира",
    "тепло",
    "мы",
    "вам",
    "не",
]


@given(st.lists(st.sampled_from(WORDS), min_size=3))
@settings(max_examples=tries(50), deadline=None)
def test_russian_words_are_always_readable(rulebook: Rulebook, words: list[str]) -> None:
    assert readable(" ".join(words), rulebook) is Certainty.YES
