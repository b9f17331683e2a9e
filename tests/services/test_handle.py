"""One letter from its bytes to the committed outcome: case, readings, decision, and our letter."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest

from mailbot.model import CaseState, InvalidCaseTransition, SendOutcome, SendResult
from mailbot.services.desk.case_acts import acts, letter_sending
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.store import CaseSummary
from mailbot.store.case_log.events import events_of
from mailbot.store.cases import summaries
from mailbot.store.casework.page_acts import UNDO_WINDOW
from mailbot.store.mail import outbox
from tests.services.conftest import House


def letter(body: str, sender: str = "anna@mail.example", subject: str = "Вопрос", headers: str = "") -> str:
    return (
        f"From: {sender}\nSubject: {subject}\nMessage-ID: <{abs(hash(body + sender))}@x>\n{headers}\n{body}\n"
    )


def send_all(house: House) -> list[bytes]:
    """Deliver what is due once no person can undo it any longer, as if a server took everything; the bytes."""
    sent, at = [], house.now + UNDO_WINDOW
    while (item := house.store.do(outbox.claim_outgoing, "test", timedelta(minutes=1), at)) is not None:
        house.store.do(outbox.record_delivery, item.id, SendResult(SendOutcome.SENT, "250"), at, at)
        sent.append(item.content)
    return sent


def read(house: House, number: str) -> CaseSummary:
    return house.store.ask(summaries.case_of, number)


def test_chapter_3_a_reading_is_kept_and_receipted(house: House) -> None:
    case = house.receive(letter("л/с 450123, горячая вода 148 м3, Иванова Анна"))
    assert (case.state, case.action, case.clause) == (CaseState.ANSWERED, "reading_accepted", "3")
    assert case.readings == (("450123", "148"),)
    (reply,) = send_all(house)
    assert message_from_bytes(reply)["Auto-Submitted"] == "auto-replied"


def test_clause_2_2_email_1_no_contact_data_is_silenced_and_listed(house: House) -> None:
    case = house.receive(letter("у нас холодно сделайте что нибудь"))
    assert (case.state, case.rule, case.clause) == (CaseState.SILENCED, "no_contacts", "2.2.email.1")
    assert send_all(house) == []
    assert house.store.ask(summaries.cases, CaseState.SILENCED, 10) == (case,)


def test_clause_2_2_email_2_abuse_with_a_cold_flat_is_answered(house: House) -> None:
    case = house.receive(letter("вы там совсем охуели, батареи ледяные третий день, Мира 10 кв 15, Фадеев"))
    assert (case.state, case.template) == (CaseState.AWAITING_REVIEW, "complaint_received")


def test_clause_2_2_email_2_abuse_and_nothing_else_is_silenced(house: House) -> None:
    case = house.receive(letter("Твари безмозглые, сдохните там все. л/с 330215", subject="вам"))
    assert (case.state, case.rule) == (CaseState.SILENCED, "abuse")


def test_an_emergency_without_contacts_is_before_a_person_on_top(house: House) -> None:
    case = house.receive(letter("Прорвало трубу у школы, кипяток хлещет на дорогу!!!"))
    assert (case.state, case.priority) == (CaseState.AWAITING_REVIEW, "emergency")
    assert case.template == "emergency_received"


def test_clause_2_2_email_4_the_same_question_again_is_silenced_only_after_an_answer_on_substance(
    house: House,
) -> None:
    question = "Подскажите, пожалуйста, как можно оплатить квитанцию? л/с 450777"
    again = "Здравствуйте, подскажите всё же, как мне оплатить квитанцию? л/с 450777"
    first = house.receive(letter(question))
    assert (first.action, first.template) == ("answer", "payment_ways")
    repeat = house.receive(letter(again))
    assert (repeat.state, repeat.rule, repeat.clause) == (CaseState.SILENCED, "repeat", "2.2.email.4")
    events = house.store.ask(events_of, house.store.ask(summaries.case_of, repeat.number or "").id)
    assert "2.2.email.4" in events[-1].why


def test_what_was_silenced_can_be_taken_back_and_answered_by_a_person(house: House) -> None:
    case = house.receive(letter("мне бы справочку для соцзащиты. Наташа"))
    number = case.number or ""
    assert case.state is CaseState.SILENCED
    acts.take_back(house.store, ActContext(number, None, "Ольга", house.now), "знаем её")
    assert read(house, number).state is CaseState.AWAITING_REVIEW
    letter_sending.send(
        house.store, house.rules, ActContext(number, None, "Ольга", house.now), "Справка готова."
    )
    assert read(house, number).state is CaseState.ANSWERED
    (reply,) = send_all(house)
    message = message_from_bytes(reply)
    assert message["To"] == "anna@mail.example"
    assert message["Auto-Submitted"] is None
    assert [event.by for event in house.store.ask(events_of, house.store.ask(summaries.case_of, number).id)][
        -2:
    ] == ["Ольга", "Ольга"]
    with pytest.raises(InvalidCaseTransition):
        letter_sending.send(
            house.store, house.rules, ActContext(number, None, "Ольга", house.now), "Ещё раз."
        )


def test_rfc_3834_an_automatic_letter_gets_neither_number_nor_reply(house: House) -> None:
    case = house.receive(
        letter(
            "Я в отпуске до 1 декабря.",
            subject="Автоответ: Показания",
            headers="Auto-Submitted: auto-replied\n",
        )
    )
    assert (case.state, case.number) == (CaseState.IGNORED, None)
    assert send_all(house) == []


def test_a_bounce_of_our_answer_puts_its_case_before_a_person_again(house: House) -> None:
    case = house.receive(letter("л/с 450123, горячая вода 148 м3, Иванова Анна"))
    (reply,) = send_all(house)
    ours = message_from_bytes(reply)["Message-ID"]
    assert case.state is CaseState.ANSWERED
    bounce = (
        "From: MAILER-DAEMON@mail.example\nReturn-Path: <>\nSubject: Undelivered Mail\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nno such user\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; anna@mail.example\nAction: failed\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {ours}\n\n--b--\n"
    )
    assert house.receive(bounce).state is CaseState.IGNORED
    again = read(house, case.number or "")
    assert again.state is CaseState.AWAITING_REVIEW
    assert "вернулось" in (again.error or "")


def test_a_notice_of_delay_is_no_bounce(house: House) -> None:
    case = house.receive(letter("л/с 450123, горячая вода 148 м3, Иванова Анна"))
    (reply,) = send_all(house)
    ours = message_from_bytes(reply)["Message-ID"]
    notice = (
        "From: MAILER-DAEMON@mail.example\nReturn-Path: <>\nSubject: Warning: could not send message for 4 hours\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nwill retry\n--b\nContent-Type: message/delivery-status\n\n"
        f"Action: delayed\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {ours}\n\n--b--\n"
    )
    house.receive(notice)
    assert read(house, case.number or "").state is CaseState.ANSWERED


def test_a_reply_that_has_no_address_to_go_to_puts_the_case_before_a_person(house: House) -> None:
    case = house.receive("Subject: показания\n\nл/с 450123, горячая вода 148 м3, Иванова Анна\n")
    assert (case.action, case.state) == ("reading_accepted", CaseState.AWAITING_REVIEW)


def test_the_gate_stops_the_fifth_answer_in_an_hour_and_shows_it(house: House) -> None:
    states = []
    for value in range(6):
        case = house.receive(letter(f"л/с 450123, горячая вода {148 + value} м3, Иванова Анна"))
        states.append((case.state, case.delivery))
    assert states[:4] == [(CaseState.ANSWERED, "ready")] * 4
    assert states[4:] == [(CaseState.AWAITING_REVIEW, "held")] * 2


def test_a_stranger_who_quotes_our_message_id_does_not_enter_the_thread(house: House) -> None:
    first = house.receive(letter("Подскажите, как можно оплатить квитанцию? л/с 450777"))
    (reply,) = send_all(house)
    ours = message_from_bytes(reply)["Message-ID"]
    stranger = letter(
        "А ещё вопрос: когда перерасчёт? л/с 9990001", "other@mail.example", headers=f"In-Reply-To: {ours}\n"
    )
    own = letter("А ещё вопрос: когда перерасчёт? л/с 450777", headers=f"In-Reply-To: {ours}\n")
    assert house.receive(stranger).follows is None
    assert house.receive(own).follows == first.number
