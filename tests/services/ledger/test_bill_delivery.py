"""The bill by mail or on paper: asked back once, changed on a clear yes from the client's own address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from mailbot.model import CaseState, Client
from mailbot.model.case.context import ClientProof
from mailbot.store import CaseSummary
from mailbot.store.accounts import client_addresses
from mailbot.store.cases import summaries
from mailbot.store.schema.ledger import account, account_event
from tests.services.conftest import House
from tests.services.ledger.neighbours import (
    ANNA,
    BORIS,
    NEIGHBOURS,
    OWN,
    PASS,
    deliver,
    letter,
    settled,
    words_of,
)

WISH = "Присылайте, пожалуйста, квитанцию на почту"


@pytest.fixture
def town(house: House) -> House:
    return settled(house)


def way_of(connection: Connection, number: str) -> str:
    return str(connection.scalar(select(account.c.delivery).where(account.c.number == number)))


def way(house: House, number: str = OWN) -> str:
    return house.store.ask(way_of, number)


def log(connection: Connection) -> list[tuple[str, str, str]]:
    query = select(account_event.c.account, account_event.c.what, account_event.c.detail)
    return [
        (row.account, row.what, row.detail) for row in connection.execute(query.order_by(account_event.c.id))
    ]


def asked(house: House, wish: str = WISH) -> str:
    """The Message-ID of our letter that asks to confirm."""
    case = house.receive(letter(wish))
    assert (case.state, case.template) == (CaseState.ANSWERED, "e_bill_confirm")
    (ours,) = house.store.ask(summaries.outgoing_of, house.store.ask(summaries.case_of, case.number or "").id)
    deliver(house)
    return ours.message_id


def reply(house: House, to: str, body: str, *, sender: str = ANNA, headers: str = PASS) -> CaseSummary:
    return house.receive(
        letter(body, sender=sender, subject="Re: Вопрос", headers=f"{headers}In-Reply-To: {to}\n")
    )


def test_a_wish_changes_nothing_and_is_asked_back(town: House) -> None:
    case = town.receive(letter(WISH))
    assert (case.template, way(town), town.store.ask(log)) == ("e_bill_confirm", "paper", [])
    text = words_of(town, case)
    assert OWN in text
    assert "«да»" in text
    assert ANNA in text


def test_a_yes_in_the_thread_changes_the_account_and_is_logged_with_its_proof(town: House) -> None:
    done = reply(town, asked(town), "Да\n\n20.11.2026, ЭкоСтрой пишет:\n> Если всё верно, ответьте «да»\n")
    assert (done.state, done.template) == (CaseState.ANSWERED, "e_bill_done")
    assert (way(town), way(town, NEIGHBOURS)) == ("email", "paper")
    ((number, what, detail),) = town.store.ask(log)
    assert (number, what) == (OWN, "delivery")
    assert ANNA in detail
    assert done.number is not None
    assert done.number in detail


@pytest.mark.parametrize(
    "body", ["Да, подтверждаю!", "согласна\n\n-- \nКошкина Анна", "Да\n\nОтправлено из мобильной Почты Mail"]
)
def test_a_yes_above_a_signature_is_a_yes(town: House, body: str) -> None:
    assert reply(town, asked(town), body).template == "e_bill_done"


@pytest.mark.parametrize(
    "body", ["нет", "да нет, не надо", "А сколько это стоит?", "", "да, и показания 345"]
)
def test_anything_but_a_clear_yes_goes_before_a_person(town: House, body: str) -> None:
    case = reply(town, asked(town), body)
    assert (case.state, way(town)) == (CaseState.AWAITING_REVIEW, "paper")


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (ANNA, ""),
        (ANNA, "Authentication-Results: mail.ru; dmarc=fail header.from=mail.example\n"),
        (ANNA, f"{PASS}Reply-To: evil@other.example\n"),
        (BORIS, PASS),
        ("evil@other.example", "Authentication-Results: mail.ru; dmarc=pass header.from=other.example\n"),
    ],
)
def test_a_yes_of_anybody_else_changes_nothing(town: House, sender: str, headers: str) -> None:
    reply(town, asked(town), "да", sender=sender, headers=headers)
    assert (way(town), way(town, NEIGHBOURS), town.store.ask(log)) == ("paper", "paper", [])


def test_a_yes_from_another_address_of_the_same_client_goes_before_a_person(town: House) -> None:
    work_address = "anna@work.example"
    with town.store.write() as transaction:
        client_addresses.import_clients(
            transaction, [Client("Кошкина Анна", (OWN,), (work_address,), ClientProof.SENDER)]
        )
    headers = "Authentication-Results: mail.ru; dmarc=pass header.from=work.example\n"
    case = reply(town, asked(town), "да", sender=work_address, headers=headers)
    assert (case.state, way(town)) == (CaseState.AWAITING_REVIEW, "paper")


def test_a_yes_to_another_letter_or_out_of_the_blue_changes_nothing(town: House) -> None:
    asked(town)
    town.receive(letter("да"))
    other = town.receive(letter("Какой у меня долг?"))
    (ours,) = town.store.ask(summaries.outgoing_of, town.store.ask(summaries.case_of, other.number or "").id)
    reply(town, ours.message_id, "да")
    assert (way(town), town.store.ask(log)) == ("paper", [])


def test_an_absence_notice_is_no_yes(town: House) -> None:
    reply(town, asked(town), "да", headers=f"{PASS}Auto-Submitted: auto-replied\n")
    assert way(town) == "paper"


def test_a_question_of_ours_is_forgotten_after_a_month(town: House) -> None:
    ours = asked(town)
    town.now += timedelta(days=31)
    reply(town, ours, "да")
    assert way(town) == "paper"


def test_a_second_yes_and_a_wish_that_stands_are_told_so(town: House) -> None:
    ours = asked(town)
    reply(town, ours, "да")
    assert reply(town, ours, "Да, подтверждаю").template == "e_bill_stands"
    town.now += timedelta(hours=1)
    assert town.receive(letter(WISH)).template == "e_bill_stands"
    assert len(town.store.ask(log)) == 1


def test_back_to_paper_goes_the_same_way(town: House) -> None:
    reply(town, asked(town), "да")
    ours = asked(town, "Верните, пожалуйста, бумажную квитанцию")
    done = reply(town, ours, "Согласна, спасибо")
    assert (done.template, way(town)) == ("e_bill_done", "paper")
    assert [detail.split(":")[0] for _, _, detail in town.store.ask(log)] == ["email", "paper"]


def test_an_unproven_wish_is_acknowledged_as_ever_and_waits_for_a_person(town: House) -> None:
    case = town.receive(letter(f"{WISH}. Л/с {OWN}", headers=""))
    assert (case.state, case.template, way(town)) == (CaseState.AWAITING_REVIEW, "e_bill", "paper")
