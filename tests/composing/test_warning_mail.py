"""The mail about deadlines: the late first, then the near, each with what a reader needs to act."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from mailbot.composing import compose_warning
from mailbot.model import LetterPurpose, OutgoingLetter
from mailbot.model.case.due_case import DueCase
from mailbot.model.letter.own_message_id import case_token_of, is_own_message_id
from tests.composing.material import Room
from tests.composing.reading import body, read

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ADDRESS = "https://mail.example"
LATE = DueCase(
    "26-000123", "Нет отопления", NOW - timedelta(days=4), NOW - timedelta(hours=3), "Анна Зуева", passed=True
)
NEAR = DueCase(
    "26-000131", "", NOW - timedelta(days=2), NOW + timedelta(hours=2, minutes=5), "", passed=False
)


def seen(html: str) -> str:
    """The words of the HTML as they stand on the screen, single-spaced."""
    html = re.sub(r"<style>.*?</style>|<title>.*?</title>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u200b", "").split())


def warned(room: Room, *cases: DueCase, address: str = ADDRESS) -> OutgoingLetter:
    return compose_warning(cases, room.templates, to="boss@mail.example", address=address, now=NOW)


def test_a_warning_tells_the_late_first_then_the_near(room: Room) -> None:
    letter = warned(room, NEAR, LATE)
    text = letter.text.replace("\u00a0", " ")
    assert letter.subject == "Сроки ответа: срок прошёл у 1 обращения, срок близок у 1 обращения"
    assert (
        "СРОК ПРОШЁЛ\n- № 26-000123. Нет отопления\n  просрочено на 3 ч: срок 23.11.2026 05:00, "
        "пришло 19.11.2026 08:00\n  Отвечает: Анна Зуева\n  https://mail.example/case/26-000123\n" in text
    )
    assert (
        "СРОК БЛИЗОК\n- № 26-000131. тема не определена\n  осталось 2 ч 5 мин: срок 23.11.2026 10:05, "
        "пришло 21.11.2026 08:00\n  Отвечает: никому не поручено\n" in text
    )
    assert text.index("26-000123") < text.index("26-000131")


def test_text_and_html_of_a_warning_say_the_same(room: Room) -> None:
    html = seen(body(read(warned(room, LATE, NEAR)), "html"))
    for said in (
        "№ 26-000123 . Нет отопления",
        "просрочено на 3 ч : срок 23.11.2026 05:00, пришло 19.11.2026 08:00",
        "осталось 2 ч 5 мин : срок 23.11.2026 10:05",
        "Отвечает: никому не поручено",
    ):
        assert said in html
    assert 'href="https://mail.example/case/26-000131"' in body(read(warned(room, LATE, NEAR)), "html")


def test_a_warning_of_one_sort_names_no_other(room: Room) -> None:
    letter = warned(room, LATE, replace(LATE, number="26-000124"), address="")
    assert letter.subject == "Сроки ответа: срок прошёл у 2 обращений"
    assert "БЛИЗОК" not in letter.text
    assert "http" not in letter.text


def test_a_warning_is_the_same_letter_until_it_says_something_else(room: Room) -> None:
    first = warned(room, NEAR)
    assert first.purpose is LetterPurpose.WARNING
    assert warned(room, NEAR) == first
    assert warned(room, replace(NEAR, passed=True)).message_id != first.message_id
    assert is_own_message_id(first.message_id)
    assert case_token_of(first.message_id) is None
    assert read(first)["Auto-Submitted"] == "auto-generated"


def test_a_warning_of_nothing_is_not_written(room: Room) -> None:
    with pytest.raises(ValueError, match="no case"):
        warned(room)
