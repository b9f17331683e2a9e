"""Names and addresses by the trained model: what is put together, whose it is, and that no text upsets it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Address, Letter, Rulebook
from mailbot.model.trained.name_words import UNTRAINED_WORDS
from mailbot.understanding import understand
from mailbot.understanding.contacts.contact_finder import find_contacts
from mailbot.understanding.number_roles.model_values import read_parts
from mailbot.understanding.word_roles.names_and_addresses import NamedPart, read_names
from tests.scale import tries
from tests.understanding.letters import make_letter

ADDRESSES = [
    ("Добрый день. Живу на Плотинной 19, квартира 44, батареи холодные.", "Плотинной, 19-44"),
    ("Показания гвс 118. Сплавная 6-33, Мезенцев", "Сплавная, 6-33"),
    ("В квартире холодно. Мезенцева, ул. Ермака, дом 12, кв. 39", "ул. Ермака, 12-39"),
    ("Добрый вечер, Кедровая 2/1 кв 16, нет горячей воды", "Кедровая, 2/1-16"),
    ("Здравствуйте, пер. Речной 7-14. Когда включат тепло?", "пер. Речной, 7-14"),
    ("Мезенцев, 40 лет Победы 7-25. Нет горячей воды", "40 лет Победы, 7-25"),
    ("Пишу из деревни Ключики, Лесная 14-6. Холодно", "Ключики, Лесная, 14-6"),
    ("Луговая дом пять квартира двенадцать, батареи холодные", "Луговая, 5-12"),
    ("Частный дом, Луговая 4а. Нет отопления. Мезенцев", "Луговая, 4а"),
]


@pytest.mark.parametrize(("body", "address"), ADDRESSES)
def test_street_house_and_flat_are_put_together(body: str, address: str, rulebook: Rulebook) -> None:
    assert understand(make_letter(body), rulebook).contacts.addresses[0].value == address


NAMES = [
    ("Нет воды с утра. Сосед из 12 квартиры, Пинаев, тоже жалуется.\n\nДеменева Ольга", "Деменева Ольга"),
    ("Прошу справку о задолженности.\nЗаранее спасибо, Квирквелия Г. Т.", "Квирквелия Г. Т."),
    (
        "Директору ООО «ЭкоСтрой»\nот Чазовой Анны Ефимовны\n\nПрошу перерасчёт за ноябрь.",
        "Чазова Анна Ефимовна",
    ),
]


@pytest.mark.parametrize(("body", "name"), NAMES)
def test_the_writer_is_the_surest_of_the_people_named(body: str, name: str, rulebook: Rulebook) -> None:
    assert understand(make_letter(body), rulebook).contacts.names[0].value == name


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ("Павел Мезенцев", "Павел Мезенцев"),
        ("Зоя Фёдоровна", "Мезенцева Зоя Фёдоровна"),
        ("Олег", "Мезенцева"),  # her surname is not his
    ],
)
def test_from_completes_a_surname_that_the_letter_signs_with(
    display: str, name: str, rulebook: Rulebook
) -> None:
    signed = "Мезенцев" if display == "Павел Мезенцев" else "Мезенцева"
    letter = make_letter(f"Батареи холодные.\n{signed}", sender=Address(display, "client@example.com"))
    assert understand(letter, rulebook).contacts.names[0].value == name


def test_a_neighbour_is_no_writer_and_yet_a_surname_seen(rulebook: Rulebook) -> None:
    """Clause 2.2.email.1 silences where nothing tells who writes: any surname is a reason to look."""
    contacts = understand(make_letter("Сосед Пинаев опять перекрыл стояк, холодно"), rulebook).contacts
    assert all(found.confidence < 0.5 for found in contacts.names)
    assert any("Пинаев" in found.value for found in contacts.surnames)


@pytest.mark.parametrize("signed", ["Наблюдатель", "Налогоплательщик", "Доброжелатель"])
def test_what_somebody_does_is_no_surname(signed: str, rulebook: Rulebook) -> None:
    """Whoever hides their name signs so: nobody could be found by it (clause 2.2.email.1)."""
    letter = make_letter(
        f"Сосед врезался в трубу и греет гараж. Проверьте. {signed}.", sender=Address("", "a@b.ru")
    )
    assert understand(letter, rulebook).contacts.surnames == ()


def test_every_surname_of_the_patterns_stays_seen(rulebook: Rulebook) -> None:
    letter = make_letter("Прошу квитанцию. Мира 3-15, Козлова Анна", signature="Зуев П. П.")
    by_patterns = find_contacts(letter).surnames
    seen = understand(letter, rulebook).contacts.surnames
    assert by_patterns
    assert all(
        any(
            one.spans[0].start < other.spans[0].end and other.spans[0].start < one.spans[0].end
            for other in seen
        )
        for one in by_patterns
    )


def test_an_unknown_word_alone_is_a_surname_to_look_at_and_no_name(rulebook: Rulebook) -> None:
    """«Дубак.» below readings must not be explained away as a signature."""
    letter = make_letter("Лицевой 450093, гвс 118. Дубак.")
    assert "Дубак" not in [found.value for found in understand(letter, rulebook).contacts.names]


def test_without_the_model_the_patterns_read_alone(rulebook: Rulebook) -> None:
    letter = make_letter("Прошу квитанцию. Мира 3-15, Козлова Анна")
    assert read_names(letter, read_parts(letter, rulebook.roles), UNTRAINED_WORDS) == ()
    contacts = understand(letter, replace(rulebook, word_models=UNTRAINED_WORDS)).contacts
    assert [found.value for found in contacts.names] == ["Козлова Анна"]
    assert [found.value for found in contacts.addresses] == ["Мира 3-15"]


_PIECES = st.sampled_from(
    "Иванова Пётр Сергеевич А. Б. ул. Мира, 12-5 кв 3 дом пять д. Ключики «Ромашка» ООО ИП > 40 лет 450093 İ ß ﷺ 8/1 a@b.ru \n".split(
        " "
    )
)


@settings(max_examples=tries(150), deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=40).map(" ".join)))
def test_spans_lie_in_the_text_whatever_it_is(rulebook: Rulebook, text: str) -> None:
    letter = make_letter(text, subject=text[:60])
    contacts = find_contacts(letter, _named(letter, rulebook))
    for found in (*contacts.names, *contacts.addresses, *contacts.surnames):
        assert found.value.strip()
        assert 0 <= found.confidence <= 1
        for span in found.spans:
            assert 0 <= span.start < span.end <= len(letter.part(span.part).text)


@pytest.mark.parametrize(
    "line",
    ["Иванова Анна, ул. Мира 12-5, Пётр\n", "Мира Мира ", "аб-вг. ", "кв 3 дом 5 ", "А.Б. ", "дом 5 Мира\n"],
)
def test_a_text_twice_as_long_takes_about_twice_the_time(line: str, rulebook: Rulebook) -> None:
    letters = [make_letter(line * (size // len(line))) for size in (4_000, 8_000)]
    read = [read_parts(letter, rulebook.roles) for letter in letters]
    spent = []
    for letter, parts in zip(letters, read, strict=True):
        read_names(letter, parts, rulebook.word_models)
        ways = []
        for _ in range(3):
            started = time.process_time()
            read_names(letter, parts, rulebook.word_models)
            ways.append(time.process_time() - started)
        spent.append(min(ways))
    assert spent[1] < 3 * spent[0] + 0.01


def _named(letter: Letter, rulebook: Rulebook) -> tuple[NamedPart, ...]:
    return read_names(letter, read_parts(letter, rulebook.roles), rulebook.word_models)
