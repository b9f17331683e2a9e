"""Two letters side by side: what one says and the other does not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailbot.policy import split_sides


def new(text: str, *others: str) -> list[str]:
    return [piece.text for piece in split_sides(text, *others) if piece.new]


def test_other_forms_and_another_order_are_nothing_new() -> None:
    assert new("Когда отрегулируете батареи в доме?", "Батарея дома холодная, когда отрегулируете") == []


def test_new_words_that_follow_each_other_are_one_stretch() -> None:
    earlier = "Батареи холодные, когда отрегулируете?"
    assert new("Батареи холодные. 16 ноября приходил мастер", earlier) == ["16 ноября приходил мастер"]


def test_a_denial_and_another_figure_are_new() -> None:
    assert new("Вы не ответили", "Вы ответили") == ["не"]
    assert new("Долг 3500 рублей", "Долг 3400 рублей") == ["3500"]
    assert new("Замер показал 21,5 градуса", "замер показал 21.5 градус") == []


def test_what_our_answer_said_is_nothing_new_either() -> None:
    assert new("Стояк отрегулировали, а холодно", "В квартире холодно", "Стояк отрегулировали") == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pieces_are_the_text(text: str, other: str) -> None:
    assert "".join(piece.text for piece in split_sides(text, other)) == text
    assert not new(text, text)
