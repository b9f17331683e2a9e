"""What each number of a letter is: account, value, what it was before, house, flat; by the trained model."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Rulebook
from mailbot.model.trained.number_roles import UNTRAINED_ROLES
from mailbot.understanding.number_roles.amount_relations import relations
from mailbot.understanding.number_roles.best_assignment import NumberRole, roles_of
from mailbot.understanding.number_roles.letter_features import about_letter, quoted_lines
from mailbot.understanding.number_roles.line_shapes import line_shapes
from mailbot.understanding.number_roles.number_features import NumberContext, scene
from mailbot.understanding.numbers.interpretations import find_numbers


def seen(body: str) -> NumberContext:
    return scene("body", body, quoted_lines(body), about_letter("", body))


def roles(body: str, rulebook: Rulebook) -> list[NumberRole]:
    return roles_of(seen(body), rulebook.roles)


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("Лицевой 4471032, горячая вода 345", {"4471032": "account", "345": "value"}),
        ("гвс было 120, стало 125, лс 4471032", {"120": "before", "125": "value", "4471032": "account"}),
        ("Мира 12-5, горячая 88, холодная 140", {"12": "house", "5": "flat", "88": "value", "140": "norole_value"}),
        ("Тел. 8 912 345-67-89, показания отопления 12,345 Гкал", {"89123456789": "phone", "12.345": "value"}),
        ("Оплатил 1500 рублей 15 ноября, а долг не списан", {"1500": "sum", "15": "date"}),
        ("В квартире 14 градусов, двое детей", {"14": "temperature"}),
    ],
)  # fmt: skip
def test_roles_of_plain_letters(letter: str, expected: dict[str, str], rulebook: Rulebook) -> None:
    found = {one.number.digits: one.role for one in roles(letter, rulebook)}
    assert {digits: found.get(digits) for digits in expected} == expected


@given(st.text(max_size=300) | st.text(alphabet="0123456789 ,.-/№абв\nдвасто|", max_size=200))
def test_any_text_gives_roles_that_do_not_overlap(rulebook: Rulebook, text: str) -> None:
    found = roles(text, rulebook)
    for one, other in pairwise(found):
        assert one.number.end <= other.number.start
    assert all(0 <= one.number.start < one.number.end <= len(text) for one in found)


def test_without_models_no_number_has_a_role() -> None:
    assert roles_of(seen("Лицевой 4471032, горячая 345"), UNTRAINED_ROLES) == []


def test_twice_the_letter_takes_at_most_about_twice_the_time(rulebook: Rulebook) -> None:
    row = "Мира {0}, кв. {0}  ГВС было 1{0}0,5 стало 1{0}3,7 расход 3,2\n"
    short, long = ("".join(row.format(at) for at in range(many)) for many in (40, 160))
    roles(short, rulebook)
    took = []
    for letter in (short, long):
        began = time.process_time()
        roles(letter, rulebook)
        took.append(time.process_time() - began)
    assert took[1] < took[0] * 4 * 2.5


def test_now_less_was_is_what_was_used() -> None:
    numbers = find_numbers("120,5 стало 125,7 расход 5,2")
    names = {
        number.digits: relations(numbers).get((number.start, number.end, number.digits), ())
        for number in numbers
    }
    assert "sum=was" in names["120.5"]
    assert "sum=now" in names["125.7"]
    assert "sum=used" in names["5.2"]


def test_lines_made_alike_are_counted() -> None:
    shapes = line_shapes("кв 1 - 5\nкв 2 - 7\nспасибо")
    assert [alike for _, alike in shapes.values()] == [2, 2, 1]
