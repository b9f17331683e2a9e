"""What the writer wants (clause 2.2.email: «свои вопросы, жалобы и иные обращения», and readings)."""

from __future__ import annotations

import pytest

from mailbot.model import Attachment, AttachmentText, LetterKind, Rulebook
from mailbot.understanding import understand
from tests.understanding.attached import with_attachment
from tests.understanding.letters import make_letter


@pytest.mark.parametrize(
    ("body", "primary"),
    [
        ("Это что такое??? Почему батареи ледяные? Сколько можно?", LetterKind.COMPLAINT),
        ("Прошу выдать справку об отсутствии долга", LetterKind.QUESTION),
        ("ЗАЯВЛЕНИЕ. Прошу заключить договор на отопление гаража", LetterKind.QUESTION),
        ("БАТАРЕИ ХОЛОДНЫЕ ТРЕТИЙ ДЕНЬ", LetterKind.COMPLAINT),
        ("атопления нет, халодно, дети балеют", LetterKind.COMPLAINT),
        ("Низкий поклон и большое спасибо слесарю Орлову!", LetterKind.OTHER),
        ("Здравствуйте", LetterKind.OTHER),
    ],
)
def test_primary_kind(body: str, primary: LetterKind, rulebook: Rulebook) -> None:
    assert understand(make_letter(body), rulebook).primary is primary


def test_a_rhetorical_question_is_no_question(rulebook: Rulebook) -> None:
    facts = understand(make_letter("Никто не пришёл, хотя обещали. Кто мне оплатит день?"), rulebook)
    assert [kind.value for kind in facts.kinds] == [LetterKind.COMPLAINT]


def test_a_job_seeker_is_other_and_asks(rulebook: Rulebook) -> None:
    facts = understand(make_letter("Слесарь ещё нужен? Стаж 12 лет", "Вакансия"), rulebook)
    assert [kind.value for kind in facts.kinds] == [LetterKind.OTHER, LetterKind.QUESTION]


def test_a_reading_with_a_question_is_both(rulebook: Rulebook) -> None:
    body = "Передаю горячую воду 118, лицевой 199204. И подскажите, до какого числа надо подавать?"
    facts = understand(make_letter(body), rulebook)
    assert [kind.value for kind in facts.kinds] == [LetterKind.READING, LetterKind.QUESTION]


def test_a_reading_with_small_talk_is_a_reading(rulebook: Rulebook) -> None:
    body = "Личный кабинет опять выдаёт ошибку, поэтому пишу. Лицевой счёт 90217744, горячая вода 402 м3"
    facts = understand(make_letter(body), rulebook)
    assert [kind.value for kind in facts.kinds] == [LetterKind.READING]


def test_a_dispute_about_a_reading_is_a_complaint(rulebook: Rulebook) -> None:
    body = "В квитанции показание 512, а я передавала 152! Переставили цифры. Счёт 450093, прошу исправить."
    assert understand(make_letter(body), rulebook).primary is LetterKind.COMPLAINT


def test_readings_in_a_file_we_cannot_open_are_a_reading(rulebook: Rulebook) -> None:
    file = Attachment(1, "vedomost.xls", "application/vnd.ms-excel", b"x", AttachmentText.UNREAD)
    letter = with_attachment(make_letter("Направляем показания приборов учёта, файл во вложении."), file)
    assert understand(letter, rulebook).primary is LetterKind.READING


def test_quoted_text_gives_no_kind(rulebook: Rulebook) -> None:
    letter = make_letter("Добрый день.", quoted="> Жалоба: батареи холодные, примите меры!")
    assert understand(letter, rulebook).primary is LetterKind.OTHER


def test_forwarded_text_is_content(rulebook: Rulebook) -> None:
    letter = make_letter("", forwarded="Батареи холодные третий день, примите меры")
    assert understand(letter, rulebook).primary is LetterKind.COMPLAINT


def test_the_words_of_an_attachment_count(rulebook: Rulebook) -> None:
    letter = make_letter("Во вложении.", attachment="ЖАЛОБА. В квартире холодно, требую перерасчёта.")
    assert understand(letter, rulebook).primary is LetterKind.COMPLAINT


def test_the_evidence_stands_where_it_points(rulebook: Rulebook) -> None:
    letter = make_letter("Батареи холодные, примите меры", "Жалоба")
    kind = understand(letter, rulebook).kinds[0]
    quotes = [letter.quote(span).lower() for span in kind.spans]
    assert "жалоба" in quotes
    assert any("батареи холодн" in quote for quote in quotes)


def test_a_greeting_alone_is_other(rulebook: Rulebook) -> None:
    assert understand(make_letter("Добрый день."), rulebook).primary is LetterKind.OTHER
