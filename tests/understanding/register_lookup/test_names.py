"""The client's own name: what the register calls the client of a letter's account is found in the letter's words."""

from __future__ import annotations

import pytest

from mailbot.model import Rulebook
from mailbot.understanding import understand
from tests.understanding.letters import make_letter
from tests.understanding.register_lookup.registers import Client, register

KNOWN = register(
    Client("61-Т", "Кокшаров Егор Ильич", heat="44"),
    Client("440215", "Мороз Анна", hot="12"),
    Client("440216", "Школа № 4", hot="12"),
)


def names(body: str, rulebook: Rulebook, quoted: str = "") -> list[str]:
    return [one.value for one in understand(make_letter(body, quoted=quoted), rulebook, KNOWN).contacts.names]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("дог 61-Т  гкал 45,2   кокшаров", "Кокшаров"),
        ("дог 61-Т  гкал 45,2   кокшаров е и", "Кокшаров е и"),
        ("договор 61-Т, опять нет счёта по кокшарову", "Кокшаров"),
    ],
)
def test_a_clients_surname_is_a_name_in_small_letters_and_any_case(
    body: str, name: str, rulebook: Rulebook
) -> None:
    assert names(body, rulebook)[0].lower() == name.lower()


def test_a_sure_name_of_somebody_else_is_left_where_it_is(rulebook: Rulebook) -> None:
    body = "Договор 61-Т (Кокшаров), отопление 45,2 Гкал.\nС уважением, Крохалева Тамара Петровна"
    assert names(body, rulebook)[0] == "Крохалева Тамара Петровна"


@pytest.mark.parametrize(
    "body", ["л/с 440215, на улице мороз, батареи холодные", "л/с 440216: наша школа мёрзнет"]
)
def test_a_word_of_the_language_is_no_name_for_a_client_who_bears_it(body: str, rulebook: Rulebook) -> None:
    assert not names(body, rulebook)


def test_a_name_in_our_quoted_letter_is_not_the_writers_word(rulebook: Rulebook) -> None:
    assert not names("договор 61-Т, спасибо", rulebook, quoted="Уважаемый Кокшаров Егор!")
