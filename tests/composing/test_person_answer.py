"""A person's answer goes out in their words, as a person's."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from typing import Any

import pytest

from mailbot.composing import NoRecipient, compose, compose_person_answer
from mailbot.model import Address, Letter, LetterPurpose, OutgoingLetter
from mailbot.model.letter.own_message_id import case_token_of
from tests.composing.material import CONTEXT, DECIDED, DECISION, DIGEST, FACTS, RECEIVED, Room, a_letter

TEXT = "Счёт пересчитан.\r\nНовый придёт в декабре.\r\n\r\nТариф < прошлого & ниже."


def answered(room: Room, text: str = TEXT, letter: Letter | None = None, **more: Any) -> OutgoingLetter:
    return compose_person_answer(
        text,
        number="26-000123",
        letter=letter or a_letter("Квитанция"),
        templates=room.templates,
        raw_digest=DIGEST,
        now=DECIDED,
        **more,
    )


def test_the_words_stand_as_written(room: Room) -> None:
    outgoing = answered(room, received_at=RECEIVED)
    assert "Счёт пересчитан.\nНовый придёт в декабре.\n\nТариф < прошлого & ниже.\n" in outgoing.text
    assert "Ответ на обращение № 26-000123 от 21.11.2026." in outgoing.text
    assert outgoing.purpose is LetterPurpose.ANSWER
    message = BytesParser(policy=policy.default).parsebytes(outgoing.content)
    part = message.get_body(("html",))
    assert part is not None
    html = part.get_content()
    assert "Счёт пересчитан.<br>Новый придёт в декабре.</p>" in html
    assert "Тариф &lt; прошлого &amp; ниже." in html


def test_it_does_not_pass_for_a_robots_letter(room: Room) -> None:
    outgoing = answered(room)
    assert b"Auto-Submitted" not in outgoing.content
    assert "автоматически" not in outgoing.text


def test_without_the_day_of_receipt_no_day_is_named(room: Room) -> None:
    assert "Ответ на обращение № 26-000123.\n" in answered(room).text


def test_its_id_is_neither_the_machines_nor_an_earlier_answers(room: Room) -> None:
    machine = compose(
        DECISION, a_letter(), FACTS, CONTEXT, room.templates, received_at=RECEIVED, raw_digest=DIGEST
    )
    assert machine is not None
    ids = {machine.message_id, answered(room).message_id, answered(room, revision=2).message_id}
    assert len(ids) == 3
    assert {case_token_of(id) for id in ids} == {"26-000123"}
    assert answered(room).message_id == answered(room, "Другие слова.").message_id


def test_the_person_may_choose_the_address(room: Room) -> None:
    assert answered(room, recipient="son@mail.ru").recipient == "son@mail.ru"
    assert answered(room).recipient == "sveta@mail.ru"


@pytest.mark.parametrize("wrong", ["", "нет", "a@b", "a@mail.ru\nBcc: x@y.ru", "a@mail.ru, b@mail.ru"])
def test_a_wrong_address_is_told(room: Room, wrong: str) -> None:
    with pytest.raises(NoRecipient):
        answered(room, recipient=wrong)


def test_a_letter_without_an_address_is_told(room: Room) -> None:
    with pytest.raises(NoRecipient):
        answered(room, letter=a_letter(from_=Address("", "")))


@pytest.mark.parametrize("blank", ["", " \n\t\r\n "])
def test_a_blank_answer_is_refused(room: Room, blank: str) -> None:
    with pytest.raises(ValueError, match="Ответ пуст"):
        answered(room, blank)
