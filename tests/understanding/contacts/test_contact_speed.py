"""Hostile letters must not hold up the others: the search for contact data costs time linear in the text."""

from __future__ import annotations

import time

import pytest

from mailbot.understanding.contacts.contact_finder import find_contacts
from tests.understanding.letters import make_letter

SECONDS = 2.0  # of processor time, for 16,000 characters; measured below 0.2


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1 ",
            "12345 ",
            "8 ",
            "8\n",
            "8-",
            "(9",
            "+1 ",
            "лс ",
            "лс .",
            "л",
            "О",
            "О" * 60 + " ",
            "счет 12345 ",
        ),
        *(
            "Иванов ",
            "А.",
            "а-",
            "от ",
            "в лице слово ",
            "мира 3-5, ",
            "ул. ",
            "ул Мира ",
            "с. Фоки, ",
            "дом 1 ",
        ),
        *(
            "кв 1 ",
            "8 марта ",
            "К. ",
            "«",
            "лс 12345, ",
            "Лицевой счёт\tГВС\n",
            "440215\t1\n",
            " ",
            "\t",
            "\n",
            "¦",
        ),
    ],
)
def test_a_letter_of_one_repeated_piece_is_searched_in_time(piece: str) -> None:
    letter = make_letter((piece * 16_000)[:16_000])
    started = time.process_time()
    find_contacts(letter)
    assert time.process_time() - started < SECONDS
