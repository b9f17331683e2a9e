"""A letter of ours is returned only by a report's structure and the recipient it went to (RFC 3464), however it is encoded."""

from __future__ import annotations

import base64
import quopri
from datetime import timedelta
from email import message_from_bytes

import pytest

from mailbot.model import CaseState, DeliveryState, SendOutcome, SendResult
from mailbot.store.cases import summaries
from mailbot.store.mail import outbox
from tests.services.conftest import House

ANNA = "anna@mail.example"


def answered(house: House, value: int = 148) -> tuple[str, str]:
    """(number, Message-ID of our letter) of a case that the machine answered; the letter has left."""
    text = f"From: {ANNA}\nSubject: Показания\nMessage-ID: <{value}@x>\n\nл/с 450123, горячая вода {value} м3, Иванова Анна\n"
    case = house.receive(text)
    assert case.state is CaseState.ANSWERED
    item = house.store.do(outbox.claim_outgoing, "test", timedelta(minutes=1), house.now)
    assert item is not None
    house.store.do(outbox.record_delivery, item.id, SendResult(SendOutcome.SENT, "250"), house.now, house.now)
    return case.number or "", str(message_from_bytes(item.content)["Message-ID"])


def came_back(house: House, number: str) -> bool:
    (letter,) = house.store.ask(summaries.outgoing_of, house.store.ask(summaries.case_of, number).id)
    case = house.store.ask(summaries.case_of, number)
    back = letter.state is DeliveryState.REFUSED
    assert back == (case.state is CaseState.AWAITING_REVIEW)
    return back


def report(
    cited: str,
    *,
    to: str = ANNA,
    action: str = "failed",
    kind: str = "text/rfc822-headers",
    encoding: str = "",
) -> str:
    """A report as Postfix writes it; `cited` is its third part."""
    transfer = f"Content-Transfer-Encoding: {encoding}\n" if encoding else ""
    third = f"--R\nContent-Type: {kind}\n{transfer}\n{cited}\n\n" if cited else ""
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: 8666@bk.ru\nSubject: Undelivered Mail Returned to Sender\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=R\n\n"
        "--R\nContent-Type: text/plain\n\nfailed\n\n--R\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {to}\nAction: {action}\nStatus: 5.1.1\n\n{third}--R--\n"
    )


def headers(id: str) -> str:
    return f"From: 8666@bk.ru\nTo: {ANNA}\nSubject: Re\nMessage-ID: {id}\n"


def in_base64(text: str) -> str:
    return base64.encodebytes(text.encode()).decode()


def in_quoted_printable(text: str) -> str:
    return quopri.encodestring(text.replace("@", "=40").encode()).decode().replace("=3D40", "=40")


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(lambda id: report(headers(id)), id="plain headers"),
        pytest.param(lambda id: report(in_base64(headers(id)), encoding="base64"), id="base64"),
        pytest.param(
            lambda id: report(in_quoted_printable(headers(id)), encoding="quoted-printable"), id="quoted-printable"
        ),
        pytest.param(lambda id: report(headers(id), kind="message/rfc822"), id="our whole letter"),
        pytest.param(
            lambda id: report(in_base64(headers(id)), kind="message/rfc822", encoding="base64"),
            id="our whole letter in base64",
        ),
        pytest.param(lambda id: report(f"Message-ID:\n {id}\n"), id="folded after the name"),
        pytest.param(lambda id: report(headers(id.replace(".answer.", ".answer.\n "))), id="folded within the id"),
        pytest.param(
            lambda id: report(f"<p>Message-ID: &lt;{id.strip('<>')}&gt;</p>", kind="text/html"), id="escaped in HTML"
        ),
        pytest.param(lambda id: report(f"> Message-ID: {id.strip('<>')}", kind="text/plain"), id="quoted, no brackets"),
        pytest.param(lambda _: report("", to="Anna@Mail.Example"), id="no headers at all"),
        pytest.param(
            lambda id: report("").replace("Subject:", f"In-Reply-To: {id}\nReferences: {id}\nSubject:"), id="In-Reply-To alone"
        ),
        pytest.param(lambda id: report(headers(id), action="failed (relayed)"), id="action with a comment"),
    ],
)  # fmt: skip
def test_our_letter_is_returned_however_the_report_cites_it(way, house: House) -> None:  # type: ignore[no-untyped-def]
    number, id = answered(house)
    assert house.receive(way(id)).state is CaseState.IGNORED
    assert came_back(house, number)


PLAIN = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: {}\nContent-Type: text/plain; charset=utf-8\n\n{}"
EXIM = (
    "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or\n"
    "more of its recipients. This is a permanent error.\nThe following address(es) failed:\n\n  {to}\n    Unrouteable address\n\n"
    "------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: {id}\n\nтекст\n"
)
QMAIL = (
    "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "\n<{to}>:\nSorry, no mailbox here by that name.\n\n--- Below this line is a copy of the message.\n\nMessage-ID: {id}\n"
)
MAIL_RU = (
    "Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть\n"
    "доставлено одному или нескольким получателям:\n\n**********************\n\n{to}: Пользователь не найден\n\n"
    "**********************\n\nMessage-ID: {id}\n"
)
YANDEX = (
    "Это письмо отправлено почтовым сервером yandex.ru.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может\n"
    "быть отправлено одному или нескольким адресатам.\n\n<{to}>: host mx said: 550 no such user\n\nMessage-ID: {id}\n"
)
TEXTS = {"Exim": EXIM, "qmail": QMAIL, "Mail.ru": MAIL_RU, "Yandex": YANDEX}


@pytest.mark.parametrize("server", TEXTS)
def test_servers_that_write_no_report_are_known_by_their_text(server: str, house: House) -> None:
    number, id = answered(house)
    house.receive(PLAIN.format("failure notice", TEXTS[server].format(to=ANNA, id=id)))
    assert came_back(house, number)


@pytest.mark.parametrize("server", TEXTS)
def test_a_text_on_another_recipient_returns_nothing_and_a_person_sees_it(server: str, house: House) -> None:
    number, id = answered(house)
    bounce = house.receive(PLAIN.format("failure notice", TEXTS[server].format(to="other@x.example", id=id)))
    assert not came_back(house, number)
    assert bounce.state is CaseState.AWAITING_REVIEW
    assert any(number in doubt and "other@x.example" in doubt for doubt in bounce.doubts)
    assert not house.store.ask(
        summaries.outgoing_of, house.store.ask(summaries.case_of, bounce.number or "").id
    )


def test_a_report_on_another_recipient_returns_nothing_and_a_person_sees_it(house: House) -> None:
    """Our reader may pass letters on to that address, and then the answer has not arrived."""
    number, id = answered(house)
    bounce = house.receive(report(headers(id), to="other@x.example"))
    assert not came_back(house, number)
    assert bounce.state is CaseState.AWAITING_REVIEW
    assert any(number in doubt for doubt in bounce.doubts)


def test_a_report_without_an_id_on_one_of_two_letters_is_a_persons(house: House) -> None:
    first, _ = answered(house)
    second, _ = answered(house, 149)
    bounce = house.receive(report(""))
    assert not came_back(house, first)
    assert not came_back(house, second)
    assert bounce.state is CaseState.AWAITING_REVIEW
    assert any(second in doubt for doubt in bounce.doubts)


def test_a_report_without_an_id_long_after_our_letter_is_about_another(house: House) -> None:
    number, _ = answered(house)
    house.now += timedelta(days=6)
    assert house.receive(report("")).state is CaseState.IGNORED
    assert not came_back(house, number)


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded"])
def test_a_letter_that_may_still_arrive_is_not_returned(action: str, house: House) -> None:
    number, id = answered(house)
    house.receive(report(headers(id), action=action))
    assert not came_back(house, number)


VACATION = (
    "Return-Path: <>\nFrom: {who}\nSubject: Re: Показания [№ 26-000001]\nIn-Reply-To: {id}\nReferences: {id}\n"
    "Content-Type: text/plain; charset=utf-8\n\nЯ в отпуске до 5 декабря, почту не читаю. Отвечу по возвращении.\n\n"
    "23.11.2026, 11:01, 8666@bk.ru:\n> Показания приняты.\n> Message-ID: {id}\n"
)


def test_a_vacation_reply_with_a_null_path_returns_nothing(house: House) -> None:
    number, id = answered(house)
    reply = house.receive(VACATION.format(who=ANNA, id=id))
    assert not came_back(house, number)
    assert reply.state is CaseState.IGNORED


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Undelivered Mail Returned to Sender", "Message-ID: {id}"),
        ("Недоставленное сообщение", "Ваше письмо {id} я не читала, напишите ещё раз. Мира 8-42"),
    ],
)
def test_a_bounces_subject_returns_nothing(subject: str, text: str, house: House) -> None:
    number, id = answered(house)
    house.receive(f"From: {ANNA}\nReturn-Path: <>\nSubject: {subject}\n\n{text.format(id=id)}\n")
    assert not came_back(house, number)


def test_a_report_that_names_no_recipient_is_a_persons(house: House) -> None:
    number, id = answered(house)
    bounce = house.receive(report(headers(id)).replace(f"Final-Recipient: rfc822; {ANNA}\n", ""))
    assert not came_back(house, number)
    assert bounce.state is CaseState.AWAITING_REVIEW


def test_of_several_recipients_only_the_failed_one_counts(house: House) -> None:
    number, id = answered(house)
    two = f"Final-Recipient: rfc822; {ANNA}\nAction: relayed\n\nFinal-Recipient: rfc822; b@x.example\nAction: failed"
    house.receive(report(headers(id)).replace(f"Final-Recipient: rfc822; {ANNA}\nAction: failed", two))
    assert not came_back(house, number)
