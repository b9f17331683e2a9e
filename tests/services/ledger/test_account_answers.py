"""Questions about an account through the whole house: the client is told their own figures, nobody else is told any."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.model import CaseState, Client, StaffMember, StaffRole
from mailbot.model.case.context import ClientProof
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.letter_sending import send
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.writing.account_answer import account_answer
from mailbot.services.desk.writing.proposed_letter import Proposal, propose
from mailbot.services.letters.handle import handle
from mailbot.store import AlreadyDecided, CaseSummary
from mailbot.store.accounts import client_addresses
from mailbot.store.cases import summaries
from mailbot.store.casework import page_acts
from mailbot.store.schema.letters_and_cases import client_email
from tests.services.conftest import House
from tests.services.ledger.neighbours import (
    ANNA,
    ANNAS_BALANCE,
    BORIS,
    NEIGHBOURS,
    OWN,
    PASS,
    deliver,
    figures_in,
    letter,
    settled,
    words_of,
)


def passed_on(writer: str, text: str) -> str:
    """A letter of `writer` as the programs of Mail.ru pass it on."""
    head, foot = "-------- Пересылаемое сообщение --------", "-------- Конец пересылаемого сообщения --------"
    return f"{head}\nОт: {writer}\nТема: долг\n\n{text}\n{foot}"


MEMBER = StaffMember(1, "olga", "Ольга", StaffRole.OPERATOR, signed_up=True, disabled=False)
DEBT = "Какой у меня долг?"
EVIL = "evil@other.example"
EVIL_PASS = "Authentication-Results: mail.ru; dmarc=pass header.from=other.example\n"
FORGED = "Authentication-Results: mail.ru; dmarc=fail header.from=mail.example\n"


@pytest.fixture
def town(house: House) -> House:
    return settled(house)


def proposal(house: House, case: CaseSummary) -> Proposal:
    file = case_file(house.store, case.number or "", MEMBER, house.now)
    return propose(
        file.line,
        file.topics,
        file.judged.decision if file.judged else None,
        file.readings,
        house.templates,
        house.now,
        joined=file.joined_answer,
        account=account_answer(house.store, file, house.rules, house.now),
    )


def doubts_of(house: House, case: CaseSummary) -> str:
    judged = house.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    return "; ".join(judged.decision.doubts)


def test_the_balance_is_told_to_the_client_and_closes_the_case(town: House) -> None:
    case = town.receive(letter(DEBT))
    assert (case.state, case.template) == (CaseState.ANSWERED, "ledger_balance")
    (sent,) = town.store.ask(summaries.outgoing_of, town.store.ask(summaries.case_of, case.number or "").id)
    assert sent.recipient == ANNA
    for told in (
        ANNAS_BALANCE,
        "октябрь 2026: 1\u00a0993,76",
        "15.11.2026",
        "03.11.2026: 1\u00a0791,92",
        OWN,
    ):
        assert told in sent.text
    judged = town.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    assert judged.decision.accounts == (OWN,), "whose figures were told stands in the record"


def test_a_charge_is_explained_line_by_line_beside_the_month_before(town: House) -> None:
    case = town.receive(letter("Почему такая сумма за октябрь? л/с 450123"))
    assert (case.state, case.template) == (CaseState.ANSWERED, "ledger_charge")
    text = words_of(town, case)
    assert "Отопление — 1\u00a0993,76\u00a0₽" in text
    assert "0,85 Гкал × 2\u00a0345,60\u00a0₽" in text
    assert "показания 12,5 от 20.09.2026 и 13,35 от 20.10.2026" in text
    assert "на 351,84\u00a0₽ больше, чем за сентябрь 2026" in text
    assert "объём 0,85 Гкал, был 0,7 Гкал" in text


def test_the_last_readings_and_what_became_of_those_sent(town: House) -> None:
    town.receive(letter("Передаю показания: л/с 450123, отопление 14,2 Гкал", subject="Показания"))
    case = town.receive(letter("Приняты ли мои показания?"))
    assert (case.state, case.template) == (CaseState.ANSWERED, "ledger_readings")
    text = words_of(town, case)
    assert "счётчик № 77123: 14,2 Гкал за 23.11.2026" in text
    assert "отопление 14,2 Гкал: принято" in text


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("a spoofed From", letter(DEBT, headers="")),
        ("a failed check", letter(DEBT, headers=FORGED)),
        ("a forged header below the provider's", letter(DEBT, headers=FORGED + PASS)),
        ("another server's header", letter(DEBT, headers=PASS.replace("mail.ru;", "mx.other.example;"))),
        ("the client's address as a name", letter(DEBT, sender=f'"{ANNA}" <{EVIL}>', headers=EVIL_PASS)),
        ("the client's address as a bare name", letter(DEBT, sender=f"{ANNA} <{EVIL}>", headers=EVIL_PASS)),
        ("a look-alike domain", letter(f"{DEBT} л/с {OWN}", sender="anna@mai1.example", headers=PASS.replace("mail.ex", "mai1.ex"))),
        ("a Cyrillic look-alike", letter(f"{DEBT} л/с {OWN}", sender="anna@mаil.example", headers=PASS)),
        ("a subdomain", letter(f"{DEBT} л/с {OWN}", sender="anna@x.mail.example", headers=PASS)),
        ("Reply-To elsewhere", letter(DEBT, headers=f"{PASS}Reply-To: {EVIL}\n")),
        ("Reply-To elsewhere and From", letter(DEBT, headers=f"{PASS}Reply-To: {ANNA}, {EVIL}\n")),
        ("two in From", letter(DEBT, sender=f"{ANNA}, {EVIL}")),
        ("two From fields", letter(DEBT, headers=f"{PASS}From: {EVIL}\n")),
        ("a stranger who knows it all", letter(f"{DEBT} Кошкина Анна, Мира 5-12, лс {OWN}", sender=EVIL, headers=EVIL_PASS)),
        ("the client's letter passed on by a stranger", letter(passed_on(ANNA, f"{DEBT} л/с {OWN}"), sender=EVIL, headers=EVIL_PASS)),
        ("a neighbour's account", letter(f"{DEBT} л/с {NEIGHBOURS}")),
        ("a neighbour's account beside one's own", letter(f"{DEBT} лс {OWN} и {NEIGHBOURS}")),
        ("a neighbour's flat", letter(f"{DEBT} ул. Мира, д. 5, кв. 13")),
        ("the client passing on another's letter", letter(passed_on(BORIS, DEBT))),
    ],
)  # fmt: skip
def test_no_figure_is_told(town: House, what: str, content: str) -> None:
    case = town.receive(content)
    said = words_of(town, case)
    assert figures_in(said) == set(), what
    assert case.state is not CaseState.ANSWERED, "a person decides"


@pytest.mark.parametrize(
    "question", ["Почему такая сумма? л/с 450123", "Какие последние показания? л/с 450123"]
)
def test_neither_a_charge_nor_a_reading_is_told_to_a_stranger(town: House, question: str) -> None:
    case = town.receive(letter(question, sender=EVIL, headers=EVIL_PASS))
    assert (case.state, figures_in(words_of(town, case))) == (CaseState.AWAITING_REVIEW, set())
    assert "нет в реестре" in doubts_of(town, case)


def test_an_address_taken_out_of_the_register_is_a_strangers(town: House) -> None:
    with town.store.write() as transaction:
        transaction.execute(client_email.delete().where(client_email.c.email == ANNA))
    case = town.receive(letter(f"{DEBT} л/с {OWN}"))
    assert (case.state, figures_in(words_of(town, case))) == (CaseState.AWAITING_REVIEW, set())


def test_an_address_that_the_register_gives_to_another_hears_of_that_clients_account_alone(
    town: House,
) -> None:
    with town.store.write() as transaction:
        client_addresses.import_clients(
            transaction, [Client("Мышкин Борис", (NEIGHBOURS,), (ANNA,), ClientProof.SENDER)]
        )
    case = town.receive(letter(DEBT))
    assert OWN not in words_of(town, case)
    assert ANNAS_BALANCE not in words_of(town, case)
    other = town.receive(letter(f"{DEBT} лс {OWN}"))
    assert figures_in(words_of(town, other)) == set()


def test_a_clients_letter_above_our_quoted_answer_names_nothing_of_the_quote(town: House) -> None:
    town.receive(letter(DEBT))
    (first,) = deliver(town)
    assert first
    quoted = f"Спасибо большое!\n\n20.11.2026 10:00, ЭкоСтрой пишет:\n> Лицевой счёт {NEIGHBOURS}\n> к оплате {ANNAS_BALANCE}\n"
    case = town.receive(letter(quoted, subject="Re: Вопрос"))
    assert figures_in(words_of(town, case)) == set()


def test_a_stranger_who_quotes_our_answer_learns_no_more(town: House) -> None:
    case = town.receive(letter(DEBT))
    (ours,) = town.store.ask(summaries.outgoing_of, town.store.ask(summaries.case_of, case.number or "").id)
    thief = letter(
        "А сейчас какой долг?", sender=EVIL, headers=f"{EVIL_PASS}In-Reply-To: {ours.message_id}\n"
    )
    assert figures_in(words_of(town, town.receive(thief))) == set()


def test_a_letter_decided_twice_is_answered_once(town: House) -> None:
    case = town.receive(letter(DEBT))
    with pytest.raises(AlreadyDecided):
        handle(town.store, town.rules, case.letter_id, town.now)
    assert len(deliver(town)) == 1


def test_the_same_question_within_a_month_goes_before_a_person_with_the_answer_ready(town: House) -> None:
    town.receive(letter("Подскажите, какой у меня долг?"))
    town.now += timedelta(hours=1)
    again = town.receive(letter("Подскажите, какой у меня долг?"))
    assert again.state is CaseState.AWAITING_REVIEW, "never silenced: the figures may have changed"
    assert ANNAS_BALANCE in proposal(town, again).text


def test_the_same_question_a_month_later_is_answered_anew(town: House) -> None:
    town.receive(letter("Подскажите, какой у меня долг?"))
    town.now += timedelta(days=40)
    again = town.receive(letter("Подскажите, какой у меня долг?"))
    assert (again.state, again.template) == (CaseState.ANSWERED, "ledger_balance")


@pytest.mark.parametrize(
    "body",
    [
        "Сумма завышена, пересчитайте! л/с 450123",
        "Какой у меня долг и как его оплатить без комиссии? Реквизиты пришлите.",
        "Почему начислили по нормативу?",  # the October charge is by meter: the answer would miss the point
        "За что начислены пени?",  # there are none
        "Сколько нужно заплатить за декабрь?",
    ],
)
def test_what_is_no_simple_question_waits_for_a_person_with_the_figures_proposed(
    town: House, body: str
) -> None:
    case = town.receive(letter(body))
    assert case.state is CaseState.AWAITING_REVIEW
    assert figures_in(words_of(town, case)) == set()
    offered = proposal(town, case)
    assert figures_in(offered.text), body
    assert OWN in offered.title


def test_a_person_is_offered_the_figures_where_the_answer_goes_to_the_registers_address(town: House) -> None:
    case = town.receive(letter(DEBT, headers=""))
    assert "не подтверждён" in doubts_of(town, case)
    offered = proposal(town, case)
    assert ANNAS_BALANCE in offered.text
    assert offered.closes


@pytest.mark.parametrize(
    "content",
    [
        letter(f"{DEBT} л/с {OWN}", sender=EVIL, headers=EVIL_PASS),
        letter(f"{DEBT} л/с {OWN}", headers=f"{PASS}Reply-To: {EVIL}\n"),
        letter(f"{DEBT} л/с {NEIGHBOURS}"),
        letter(f"Почему такая сумма? л/с {OWN}", sender=EVIL, headers=EVIL_PASS),
    ],
)
def test_a_person_is_offered_no_figures_for_any_other_address_but_how_to_get_them(
    town: House, content: str
) -> None:
    offered = proposal(town, town.receive(content))
    assert figures_in(offered.text) == set()
    assert "с паспортом" in offered.text
    assert offered.title.startswith("без сумм")
    assert not offered.closes


def test_a_strangers_case_joined_to_the_clients_is_not_offered_the_clients_answer(town: House) -> None:
    own = town.receive(letter("Сумма завышена, пересчитайте! л/с 450123"))
    stranger = town.receive(
        letter(f"Сумма завышена, пересчитайте! л/с {OWN}", sender=EVIL, headers=EVIL_PASS)
    )
    with town.store.write() as transaction:
        page_acts.join(transaction, stranger.id, own.number or "", "Ольга", town.now)
    send(
        town.store,
        town.rules,
        ActContext(own.number or "", None, "Ольга", town.now),
        proposal(town, own).text,
    )
    assert figures_in(words_of(town, own)), "the client was told"
    assert figures_in(proposal(town, stranger).text) == set()


def test_a_company_without_a_ledger_is_proposed_no_empty_letter(house: House) -> None:
    offered = proposal(house, house.receive(letter("За что пени? л/с 450123")))
    assert "без сумм" not in offered.title
    assert "лицевой счёт" not in offered.title
    assert "сверим начисления" in offered.text
