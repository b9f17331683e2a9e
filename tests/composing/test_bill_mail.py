"""The mail of a bill: what its reader is told, and how mail programs take it apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from email.message import EmailMessage

import pytest

from mailbot.composing import NoRecipient, compose_bill, load_templates
from mailbot.composing.views.bill_view import monthly_consumption
from mailbot.model import LetterPurpose, OutgoingLetter, Resource, RulebookError, SourceFile
from mailbot.model.bill.bill import Bill
from mailbot.model.ledger.accounts_and_meters import ClientGroup, Month
from mailbot.model.ledger.charges import LineKind, PriceComponent
from mailbot.model.letter.own_message_id import case_token_of
from tests.composing.bills import BILL, HELD, OCTOBER, PDF, PNG, SEPTEMBER, charge, line
from tests.composing.material import Room, mail_sources, package_rulebook
from tests.composing.reading import body, read

ISSUED = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)


def mailed(room: Room, bill: Bill = BILL, qr: bytes | None = PNG, again: int = 0) -> OutgoingLetter:
    return compose_bill(bill, PDF, qr, room.templates, to="sveta@mail.ru", now=ISSUED, again=again)


def test_the_subject_says_month_sum_and_day(room: Room) -> None:
    message = read(mailed(room))
    assert message["Subject"] == "Квитанция за октябрь 2026: 4 523,53 ₽ до 15.11.2026"


def test_a_mail_program_finds_text_html_code_and_pdf(room: Room) -> None:
    message = read(mailed(room))
    assert [(part.get_content_type()) for part in message.walk()] == [
        "multipart/mixed",
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "Квитанция 2026-10, л-с 4710325.pdf"
    assert pdf.get_content() == PDF
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert isinstance(picture, EmailMessage)
    assert picture.get_content() == PNG
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in body(message, "html")
    assert not message.defects


def test_every_line_is_short_and_ascii(room: Room) -> None:
    lines = mailed(room).content.split(b"\r\n")
    assert max(len(one) for one in lines) <= 78
    assert all(one.isascii() for one in lines)


def test_an_old_program_reads_the_name_of_the_file_too(room: Room) -> None:
    """RFC 2047 in a parameter is not lawful, and what programs without RFC 2231 read."""
    content = mailed(room).content
    name = content.split(b"Content-Type: application/pdf;")[1].split(b"Content-Disposition")[0]
    assert b'name="=?utf-8?B?0JrQstC40YLQsNC90YbQuNGP' in name


def test_robots_are_told_that_nobody_asked(room: Room) -> None:
    message = read(mailed(room))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["In-Reply-To"] is None
    assert message["List-Unsubscribe"] is None  # a bill is owed: nobody is offered to stop it
    assert message["Date"].datetime.isoformat() == "2026-11-05T09:00:00+05:00"


def test_the_same_bill_gives_the_same_bytes_and_another_month_or_copy_another_id(room: Room) -> None:
    first = mailed(room)
    assert mailed(room) == first
    others = [mailed(room, again=1), mailed(room, replace(BILL, charge=charge(SEPTEMBER, "1")))]
    others.append(mailed(room, replace(BILL, account=replace(HELD, number="4710326"))))
    assert len({one.message_id for one in (first, *others)}) == 4
    assert first.purpose is LetterPurpose.BILL


def test_the_id_of_a_bill_names_no_case(room: Room) -> None:
    outgoing = mailed(room)
    assert outgoing.message_id.startswith("<mailbot.bill.2026-10.")
    assert case_token_of(outgoing.message_id) is None
    assert b"4710325" not in outgoing.content.split(b"\r\n\r\n")[0]


def test_sum_day_balance_and_use_are_told_in_words(room: Room) -> None:
    text = mailed(room).text.replace("\u00a0", " ")
    for said in (
        "Здравствуйте, Светлана Юрьевна!",
        "Лицевой счёт 4710325, п. Прикамский, ул. Мира, д. 5, кв. 12.",
        "К ОПЛАТЕ: 4 523,53 ₽\nЗаплатите, пожалуйста, до 15.11.2026 включительно.",
        "Начислено за октябрь 2026: 3 023,53 ₽",
        "Долг на 01.10.2026: 2 506,16 ₽",
        "Оплачено с 01.10.2026 по 05.11.2026: 1 006,16 ₽",
        "- Горячая вода: 4,5 м³, по показаниям. Это на 0,8 м³ больше, чем в сентябре; "
        "на 1,2 м³ меньше, чем в октябре 2025 года.",
        "- Отопление: 0,85 Гкал, по нормативу. Это столько же, сколько в сентябре;",
        "камеру другого телефона",
        "ответьте на это письмо",
        "8 (34241) 0-00-00",
        "при наличии в нём фискального регистратора",
    ):
        assert said in text


def test_text_and_html_say_the_same_sums(room: Room) -> None:
    message = read(mailed(room))
    for said in (
        "4\u00a0523,53\u00a0₽",
        "15.11.2026",
        "2\u00a0506,16\u00a0₽",
        "на 0,8\u00a0м³ больше, чем в сентябре",
    ):
        assert said in body(message, "plain")
        assert said in body(message, "html")


def test_who_has_paid_ahead_is_asked_for_nothing_and_shown_no_code(room: Room) -> None:
    outgoing = mailed(room, replace(BILL, opening=Decimal("-5000.00"), payments=()), qr=None)
    message = read(outgoing)
    assert outgoing.subject == "Квитанция за октябрь 2026: платить не нужно"
    assert "Остаётся переплата 1\u00a0976,47\u00a0₽" in outgoing.text
    assert "Как оплатить" not in outgoing.text
    assert "cid:" not in body(message, "html")
    assert message.get_content_type() == "multipart/mixed"
    assert next(message.iter_parts()).get_content_type() == "multipart/alternative"


def test_nothing_to_pay_and_nothing_over_is_no_overpayment(room: Room) -> None:
    even = replace(BILL, opening=Decimal("-3023.53"), payments=())
    assert "Остаётся переплата" not in mailed(room, even, qr=None).text


def test_an_organisation_is_sent_a_schet(room: Room) -> None:
    firm = replace(BILL, account=replace(HELD, group=ClientGroup.BUSINESS), name="ООО «Ромашка»")
    outgoing = mailed(room, firm)
    assert outgoing.subject.startswith("Счёт за октябрь 2026:")
    (pdf,) = read(outgoing).iter_attachments()
    assert pdf.get_filename() == "Счёт 2026-10, л-с 4710325.pdf"


def test_a_copy_says_that_it_is_one(room: Room) -> None:
    assert "Квитанция за октябрь 2026 (повторно)." in mailed(room, again=1).text
    assert "повторно" not in mailed(room).text


def test_corrections_of_other_months_are_no_use_of_this_one() -> None:
    undone = line(
        Resource.HOT_WATER, PriceComponent.COLD_WATER, "-3", "-200", SEPTEMBER, kind=LineKind.TAKEN_BACK
    )
    bill = replace(BILL, charge=charge(OCTOBER, "4.5", "0.85", undone))
    assert monthly_consumption(bill) == monthly_consumption(BILL)


def test_without_earlier_charges_nothing_is_compared() -> None:
    assert [use.compared for use in monthly_consumption(replace(BILL, previous=None, year_ago=None))] == [
        "",
        "",
    ]


def test_january_is_held_against_december_of_its_own_year() -> None:
    january = replace(BILL, charge=charge(Month(2027, 1), "4.5"), previous=charge(Month(2026, 12), "4"))
    assert monthly_consumption(january)[1].compared.startswith(
        "на 0,5\u00a0м³ больше, чем в декабре 2026 года"
    )


def test_hostile_names_stay_words(room: Room) -> None:
    hostile = replace(
        BILL,
        name='<script>alert(1)</script>\r\nBcc: x@y.z "',
        account=replace(
            HELD, number='47/"10\r\n<3>', premises=replace(HELD.premises, address="<b>Мира</b>\r\n5")
        ),
    )
    outgoing = mailed(room, hostile)
    message = read(outgoing)
    assert message["Bcc"] is None
    html = body(message, "html")
    assert "<script>" not in html
    assert "<b>Мира" not in html
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "Квитанция 2026-10, л-с 47-10 -3-.pdf"


def test_an_address_that_smtp_would_not_take_is_refused(room: Room) -> None:
    with pytest.raises(NoRecipient, match="проверьте"):
        compose_bill(BILL, PDF, None, room.templates, to="нет адреса", now=ISSUED)


def faults_of(name: str, text: str) -> tuple[str, ...]:
    files = {source.name: source for source in mail_sources()} | {name: SourceFile(name, text)}
    with pytest.raises(RulebookError) as caught:
        load_templates(tuple(files.values()), package_rulebook())
    return caught.value.faults


def test_a_fault_in_the_bills_template_stops_the_start() -> None:
    (fault,) = faults_of("templates/mail/bill.txt", "{{ month }}\n{{ number }}")
    assert fault.startswith(
        "templates/mail/bill.txt:2: неизвестная переменная «number»; есть такие: account,"
    )
    (fault,) = faults_of("templates/mail/bill.txt", "К оплате {{ to_pay }}")
    assert fault == "templates/mail/bill.txt:1: не сказано, за какой месяц квитанция; добавьте {{ month }}"
    (fault,) = faults_of(
        "templates/mail/bill.html", "{{ month }}{% if picture %}{{ channels.fax }}{% endif %}"
    )
    assert "шаблон не собирается" in fault
