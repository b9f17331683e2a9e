"""The display name of `From`: a name to show, never contact data (clause 2.2.email.1)."""

from __future__ import annotations

import pytest

from mailbot.model import Address, CaseContext, Certainty, Letter, Rulebook
from mailbot.policy.checks.contacts import MIN_CONFIDENCE, no_contact_data
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from mailbot.understanding.contacts.contact_finder import find_contacts
from tests.understanding.letters import make_letter


def sent_by(display: str, body: str = "когда включат отопление?") -> Letter:
    return make_letter(body, sender=Address(display, "client@example.com"))


@pytest.mark.parametrize(
    "display",
    [
        "Иван Петров",
        "Петров Иван",
        "Павел Оглезнев",
        "Петрова А.И.",
        "Анна Ивановна Петрова",
        '"Гузель Ахметова"',
    ],
)
def test_a_personal_name_before_the_address_is_a_doubtful_name(display: str) -> None:
    (found,) = find_contacts(sent_by(display)).names
    assert found.value == display.strip('"')
    assert (found.spans, found.confidence < MIN_CONFIDENCE) == ((), True)


@pytest.mark.parametrize(
    ("display", "name"), [("ИП Ощепков", "Ощепков"), ("ИП Глава КФХ Мерзляков А.В.", "Мерзляков А.В.")]
)
def test_a_sole_trader_is_a_person_whose_name_the_trade_bears(display: str, name: str) -> None:
    (found,) = find_contacts(sent_by(display)).names
    assert (found.value, found.spans) == (name, ())


@pytest.mark.parametrize(
    "display",
    [
        *(
            "",
            "buhgalter",
            "Бухгалтерия",
            "Юля",
            "Мама",
            "Иван К",
            "ТСЖ Победа",
            "ИП Бухгалтерия",
            "ООО Ромашка",
            "Администрация",
        ),
        *(
            "Судебный пристав",
            "ЖКХ-форум",
            "Клуб «Факел»",
            "Сбербанк Онлайн",
            "Юрий Андреевич",
            "Котлы Оптом",
        ),
        *("Отдел Кадров", "Тутынин Александр", "client@example.com", "Марина Красота", "х" * 500),
    ],
)
def test_a_firm_an_office_or_a_first_name_alone_is_no_name(display: str) -> None:
    assert find_contacts(sent_by(display)).names == ()


def test_the_letters_own_name_goes_before_the_display_name() -> None:
    contacts = find_contacts(sent_by("Иван Петров", "Мира 3-15, Козлова Анна"))
    assert [found.value for found in contacts.names] == ["Козлова Анна"]


@pytest.mark.parametrize("body", ["когда включат отопление?", "Холодно! Примите меры!"])
def test_the_display_name_alone_is_no_contact_data_yet_a_surname_in_it_is_a_doubt(
    body: str, rulebook: Rulebook
) -> None:
    """By it the register may know who writes, so silence has no proof; a first name proves nothing."""
    assert _judged(sent_by("Иван Петров", body), rulebook) is Certainty.DOUBT
    assert _judged(sent_by("Иван", body), rulebook) is Certainty.YES


def test_a_house_with_the_display_name_goes_to_a_person(rulebook: Rulebook) -> None:
    """With a surname of the letter's own it would suffice; with that of `From` it is doubt, not silence."""
    assert _judged(sent_by("Иван Петров", "На Мира 30 холодно"), rulebook) is Certainty.DOUBT
    assert _judged(sent_by("", "На Мира 30 холодно. Петров Иван"), rulebook) is Certainty.NO


def _judged(letter: Letter, rulebook: Rulebook) -> Certainty:
    context = CaseContext(number="26-0001", register_known=True)
    return no_contact_data(LetterInContext(letter, understand(letter, rulebook), context, rulebook)).answer


@pytest.mark.parametrize(
    ("display", "field", "value"),
    [
        ("Пермякова Анна, Мира 5-12", "addresses", "Мира 5-12"),
        ("Сидоров лс 440211", "accounts", "440211"),
        ("кв 12 Мира 5", "addresses", "Мира 5, кв 12"),
    ],
)
def test_contact_data_written_as_the_name_are_doubtful(display: str, field: str, value: str) -> None:
    (found,) = getattr(find_contacts(sent_by(display)), field)
    assert found.value == value
    assert found.confidence < MIN_CONFIDENCE


def test_a_first_name_below_the_letter_is_completed_by_the_profile() -> None:
    names = find_contacts(sent_by("Вера Тиунова", "Показания гвс 341. Вера")).names
    assert names[0].value == "Вера Тиунова"
