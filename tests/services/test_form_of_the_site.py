"""A form of our own site writes from our own address: the appeal is the client's, before a person, answered to Reply-To."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from mailbot.model import CaseState
from mailbot.services.desk.case_acts import letter_sending
from mailbot.services.desk.case_acts.acts import ActContext
from tests.services.conftest import House
from tests.services.test_handle import send_all

IVAN = "ivan.petrov@mail.ru"
WORDS = "Имя: Иван Петров\nТелефон: 8 912 345-67-89\nЛицевой счёт: 4710325\nТекст: Нет горячей воды третий день, Солнечная 14 кв. 33"
OURS = "<mailbot.26-000009.answer.0123456789abcdef@bk.ru>"


def form(
    words: str = WORDS,
    *,
    reply_to: str = IVAN,
    id: str = "<1@site.example>",
    to: str = "8666@bk.ru",
    sender: str = "8666@bk.ru",
    more: str = "",
) -> str:
    answered = f"Reply-To: {reply_to}\n" if reply_to else ""
    return (
        f"From: {sender}\nTo: {to}\nSubject: Обращение с сайта\nMessage-ID: {id}\n{answered}{more}"
        f"Content-Type: text/plain; charset=utf-8\n\n{words}\n"
    )


def test_the_clients_appeal_is_before_a_person_and_answered_to_the_client(house: House) -> None:
    case = house.receive(form())
    assert (case.state, case.sender) == (CaseState.AWAITING_REVIEW, IVAN)
    assert any(IVAN in doubt for doubt in case.doubts)
    assert send_all(house) == []
    letter_sending.send(
        house.store,
        house.rules,
        ActContext(case.number or "", None, "Ольга", house.now),
        "Слесарь заменит прокладку завтра в 10 часов.",
    )
    (reply,) = send_all(house)
    assert message_from_bytes(reply)["To"] == IVAN


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(form("Нет горячей воды, что делать", id="<2@s>"), id="no contact data in the words"),
        pytest.param(form("Показания ГВС 345, л/с 4710325", id="<3@s>"), id="readings"),
        pytest.param(form("Прорвало трубу, хлещет кипяток! Мира 8", id="<4@s>"), id="emergency"),
        pytest.param(form(id="<5@s>", more="Auto-Submitted: auto-generated\n"), id="a careful form"),
        pytest.param(form(id="<6@s>", more="Precedence: bulk\nReturn-Path: <>\n"), id="a careless form"),
        pytest.param(form(reply_to="", id="<7@s>"), id="the client in the words alone"),
        pytest.param(
            form("Нет воды. Мира 8-42, тел. 8 912 345-67-89", reply_to="", id="<8@s>"), id="no account"
        ),
    ],
)
def test_no_form_is_ignored_silenced_or_answered_by_the_machine(content: str, house: House) -> None:
    case = house.receive(content)
    assert case.state is CaseState.AWAITING_REVIEW
    assert send_all(house) == []


def test_an_emergency_in_a_form_stands_on_top(house: House) -> None:
    case = house.receive(form("Прорвало трубу, хлещет кипяток! Мира 8", id="<4@s>"))
    assert (case.priority, case.template) == ("emergency", None)


def test_two_clients_of_the_form_are_not_one_sender(house: House) -> None:
    """What one was answered silences no other as a repeat."""
    question = "Подскажите, пожалуйста, как можно оплатить квитанцию?"
    first = house.receive(form(question, id="<1@s>"))
    letter_sending.send(
        house.store,
        house.rules,
        ActContext(first.number or "", None, "Ольга", house.now),
        "В кассе офиса или по QR-коду.",
    )
    second = house.receive(form(question, id="<2@s>", reply_to="anna@mail.example"))
    assert (second.state, second.sender) == (CaseState.AWAITING_REVIEW, "anna@mail.example")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(form(id=OURS), id="our own id"),
        pytest.param(form(id=OURS, more="Auto-Submitted: auto-replied\n", to=IVAN), id="our own answer"),
        pytest.param(
            form(reply_to="8666@bk.ru", to=IVAN, id="<p@bk.ru>"), id="a person's answer from our mailbox"
        ),
        pytest.param(form(reply_to="", to=IVAN, id="<p@bk.ru>"), id="a copy of it"),
        pytest.param(form("Проверка почты", reply_to="", id="<p@bk.ru>"), id="a note to ourselves"),
        pytest.param(form(reply_to="", id="<p@bk.ru>", more="X-Loop: 8666@bk.ru\n"), id="our own, marked"),
    ],
)
def test_our_own_letter_come_back_is_ignored(content: str, house: House) -> None:
    case = house.receive(content)
    assert (case.state, case.rule) == (CaseState.IGNORED, "own_address")


def test_advertising_from_a_forged_address_of_ours_is_ignored(house: House) -> None:
    words = "Казино! Бонус 500% на первый депозит. Промокод WIN. Отписаться от рассылки можно по ссылке https://casino.example"
    assert house.receive(form(words, reply_to="win@casino.example")).state is CaseState.IGNORED
