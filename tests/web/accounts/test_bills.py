"""Bills on the pages over a real store: opened safely, sent again once asked, a month at a glance, quick at any size."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from mailbot.command_setup import load_files
from mailbot.model import SendOutcome, SendResult, StaffRole
from mailbot.services.desk.accounts.opened_papers import PaperFile
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_current_rules
from mailbot.services.ledger import payments
from mailbot.services.ledger.bills.sending_again import send_again
from mailbot.store.accounts import register_import
from mailbot.store.bills import sending_status
from mailbot.store.ledger import charges
from mailbot.store.schema.bills import bill
from mailbot.store.schema.ledger import charge
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.web.accounts.bill_pages import _shown
from tests.material import flat, posted, town
from tests.services.ledger.billing_office import pdf_of, text_of
from tests.web.accounts.test_account import HOSTILE, PAGE, _floor, hostile, shown, words
from tests.web.conftest import NOW, POSTED, Desk

BILL, AGAIN = f"{PAGE}/bill/2026-10", f"{PAGE}/bill/2026-10/again"
OWN = "svetlana.k81@bk.ru"
SPAM = SendResult(SendOutcome.THROTTLED, "550 spam message rejected")


def section(text: str, name: str) -> str:
    """The words of one section of a page."""
    return words(re.split(rf'<section[^>]*aria-label="{name}"', text)[1].split("</section>")[0])


def inner(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def again(desk: Desk, at: timedelta = timedelta(0)) -> None:
    send_again(desk.store, flat.NUMBER, flat.LAST, _rules(desk), by="operator", now=NOW + at)


def _rules(desk: Desk) -> ActiveRules:
    return load_current_rules(desk.store, load_files(desk.settings))


def test_each_month_says_where_its_bill_stands(bills: Desk) -> None:
    text = section(bills.client().get(PAGE).text, "Квитанции и справки")
    assert f"октябрь 2026 отправлена 03.11 10:14 на {OWN} отправить ещё раз" in text
    assert "сентябрь 2026 не отправлялась август 2026" in text


def test_the_letter_stands_on_the_line_of_time_and_can_be_sent_again_from_there(bills: Desk) -> None:
    page = bills.client().get(PAGE).text
    assert f"03.11 10:14 Квитанция за октябрь 2026 на {OWN} отправлено" in section(page, "Всё по времени")
    assert page.split('id="time"')[1].count(f'href="{AGAIN}"') == 1


@pytest.mark.parametrize(
    ("fate", "told"),
    [
        (SendResult(SendOutcome.REFUSED, "550 no such user"), f"не принята на {OWN}: 550 no such user"),
        (SendResult(SendOutcome.UNCERTAIN, "соединение оборвалось"), f"неизвестно, дошла ли до {OWN}"),
    ],
)
def test_what_became_of_a_letter_sent_again_is_what_became_of_the_bill(
    bills: Desk, fate: SendResult, told: str
) -> None:
    again(bills)
    assert f"в очереди с 23.11 11:00, на {OWN}" in shown(bills.client())
    posted.deliver(bills.store, NOW, {OWN: fate})
    assert told in section(bills.client().get(PAGE).text, "Квитанции и справки")


def test_the_bill_opens_in_the_browsers_viewer_as_its_client_has_it(bills: Desk) -> None:
    answer = bills.client().get(BILL)
    letter = bills.store.ask(sending_status.newest_letter, flat.NUMBER, flat.LAST)
    assert letter is not None
    assert answer.data == pdf_of(letter)
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("inline; filename*=UTF-8''%D0%9A%D0%B2%D0%B8%D1%82")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert flat.NUMBER in text_of(answer.data)


@pytest.mark.parametrize(
    "name", ['a"; x=".pdf', "a\r\nSet-Cookie: x=1.pdf", "../../etc/passwd", "\u202efdp.exe"]
)
def test_no_name_of_a_file_gets_out_of_its_header(bills: Desk, name: str) -> None:
    with bills.app.test_request_context():
        headers = _shown(PaperFile(name, b"%PDF-")).headers
    assert re.fullmatch(r"inline; filename\*=UTF-8''[A-Za-z0-9._~%-]+", headers["Content-Disposition"])
    assert "%E2%80%AE" not in headers["Content-Disposition"], "what hides a name's ending stays out"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        (f"{PAGE}/bill/2026-11", 409, "ничего не начислено"),
        (f"{PAGE}/bill/октябрь", 409, "не месяц"),
        ("/account/1/2/bill/2026-10", 404, "в реестре нет"),
        ("/account/1/2/bill/2026-10/again", 404, "в реестре нет"),
        (f"{PAGE}/bill/2026-09/again", 409, "ещё не было"),
        (f"{PAGE}/statement", 409, "Напишите месяц"),
        (f"{PAGE}/statement?since=2026-10&until=2026-01", 409, "Поменяйте их местами"),
        (f"{PAGE}/certificate", 409, "есть долг"),
        ("/account/1/2/certificate", 404, "в реестре нет"),
    ],
)
def test_what_cannot_be_shown_is_told_with_what_to_do(bills: Desk, path: str, code: int, told: str) -> None:
    answer = bills.client().get(path)
    assert answer.status_code == code
    assert told in words(answer.text)


def test_a_statement_opens_and_a_certificate_once_nothing_is_owed(bills: Desk) -> None:
    client = bills.client()
    page = client.get(PAGE).text
    assert 'name="since" required placeholder="2026-01" value="2025-11"' in page
    assert "Справку об отсутствии задолженности выдать нельзя" in words(page)
    statement = client.get(f"{PAGE}/statement?since=2026-01&until=2026-10")
    assert "%D0%90%D0%BA%D1%82" in statement.headers["Content-Disposition"]
    assert "сверки" in text_of(statement.data).lower()
    owed = bills.store.ask(charges.charges, [flat.NUMBER], flat.LAST)[flat.NUMBER][0].total
    today = NOW.date()
    payments.add(bills.store, flat.NUMBER, owed, today, "991", by="anna", now=NOW, today=today)
    assert f'href="{PAGE}/certificate"' in client.get(PAGE).text
    assert flat.NUMBER in text_of(client.get(f"{PAGE}/certificate").data)


def test_a_bill_is_sent_again_once_a_person_has_confirmed_the_address(bills: Desk) -> None:
    client = bills.client()
    asked = client.get(AGAIN).text
    assert f"Письмо уйдёт на адрес клиента из реестра: {OWN} ." in words(asked)
    assert len(bills.store.ask(sending_status.letters, flat.NUMBER, flat.LAST)) == 1, "asking sends nothing"
    answer = client.post(AGAIN, data={"to": OWN})
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE + "#bills")
    assert f"Квитанция отправляется ещё раз на {OWN}." in shown(client)
    newest = bills.store.ask(sending_status.letters, flat.NUMBER, flat.LAST)[-1]
    assert (newest.recipient, newest.again_by) == (OWN, "operator")
    assert "квитанция ещё раз" in bills.client(StaffRole.MANAGER).get("/log").text


@pytest.mark.parametrize("to", ["", "zloy@bk.ru", OWN.upper()])
def test_no_form_sends_a_bill_anywhere_else(bills: Desk, to: str) -> None:
    answer = bills.client().post(AGAIN, data={"to": to})
    assert answer.status_code == 409
    assert "уже другой" in words(answer.text)
    assert len(bills.store.ask(sending_status.letters, flat.NUMBER, flat.LAST)) == 1


def test_a_second_press_sends_no_second_letter(bills: Desk) -> None:
    client = bills.client()
    assert client.post(AGAIN, data={"to": OWN}).status_code == 302
    second = client.post(AGAIN, data={"to": OWN})
    assert second.status_code == 409
    assert "в очереди" in words(second.text)
    assert "<form method" not in inner(client.get(AGAIN).text)


def test_where_the_register_has_no_address_there_is_nothing_to_press(bills: Desk) -> None:
    with bills.store.write() as transaction:
        register_import.import_register(transaction, [replace(flat.person(), emails=())])
    page = bills.client().get(AGAIN).text
    assert "Внесите адрес в реестр" in words(page)
    assert "<form method" not in inner(page)


def test_the_form_carries_a_token(bills: Desk) -> None:
    form = re.search(
        r'<form method="post" action="[^"]+/again".*?</form>', bills.client().get(AGAIN).text, re.DOTALL
    )
    assert form
    assert 'name="csrf_token"' in form[0]


def test_a_month_is_seen_at_a_glance_with_the_commands_for_what_is_left(bills: Desk) -> None:
    with bills.store.write() as transaction:
        register_import.import_register(transaction, [town.account(7)])
    text = shown(bills.client(StaffRole.MANAGER), "/bills")
    for told in (
        "Квитанции за октябрь 2026", "Начислено счетам: 1", "Отправка начата 03.11 10:12 (Зуева А.), квитанции от 03.11.2026",
        "На почту: 1 Отправлены 1 В очереди 0 Задержаны 0", "Ничего не задержано и не вернулось",
    ):  # fmt: skip
        assert told in text, told
    before = shown(bills.client(StaffRole.MANAGER), "/bills?month=2026-09")
    assert "Ещё не сделано: 1 . Отправить: mailbot bill send --month 2026-09" in before


def test_a_paused_provider_is_told_with_the_servers_words(bills: Desk) -> None:
    again(bills)
    posted.deliver(bills.store, NOW, {OWN: SPAM}, most=1)
    text = shown(bills.client(StaffRole.MANAGER), "/bills")
    assert "Почта mail.ru: пауза до 23.11" in text
    assert "Квитанции ждут в очереди и не потеряны. Ответ сервера: 550 spam message rejected" in text


def test_a_list_leads_to_the_account_with_the_reason(bills: Desk) -> None:
    again(bills)
    posted.deliver(bills.store, NOW, {OWN: SendResult(SendOutcome.REFUSED, "550 no such user")})
    client = bills.client(StaffRole.MANAGER)
    page = client.get("/bills?month=2026-10&state=refused").text
    assert f'href="{PAGE}#bills"' in page
    assert f"не принята на {OWN}: 550 no such user" in words(page)
    assert "Таких квитанций нет" in shown(client, "/bills?state=held")
    for odd in ("/bills?month=2031-01", "/bills?state=<script>", "/bills?after=" + "9" * 500):
        assert client.get(odd).status_code == 200, odd
    assert client.get("/bills?month=завтра").status_code == 409


def test_nothing_charged_yet_is_said(bare: Desk) -> None:
    assert "Ни один месяц ещё не закрыт" in shown(bare.client(StaffRole.MANAGER), "/bills")


def test_a_script_in_a_name_or_a_servers_answer_is_shown_as_text(bills: Desk) -> None:
    again(bills)
    hostile(bills)
    posted.deliver(
        bills.store,
        NOW,
        {OWN: SendResult(SendOutcome.REFUSED, HOSTILE), HOSTILE: SendResult(SendOutcome.REFUSED, HOSTILE)},
    )
    client = bills.client(StaffRole.MANAGER)
    for path in (PAGE, AGAIN, "/bills", "/bills?state=refused", "/bills?state=" + HOSTILE):
        text = client.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert client.get("/bills").text.count("&lt;script&gt;") >= 2


def a_month_of(connection: Connection, count: int) -> None:
    """So many more bills of the newest month, whose letters stand in every state."""
    letter = dict(connection.execute(select(outbox)).mappings().one())
    charged = dict(
        connection.execute(select(charge).where(charge.c.month == str(flat.LAST))).mappings().one()
    )
    made = dict(connection.execute(select(bill)).mappings().one())
    numbers = [town.account(at).account.number for at in range(count)]
    states = ("sent", "sent", "sent", "ready", "refused", "held", "uncertain")
    letter |= {"content": bytes(9000)}
    letters = [
        {**letter, "id": 1000 + at, "message_id": f"<{at}@x>", "state": states[at % 7]} for at in range(count)
    ]
    connection.execute(insert(charge), [{**charged, "account": one} for one in numbers])
    connection.execute(insert(outbox), letters)
    rows = [{**made, "account": one, "number": one, "outbox_id": 1000 + at} for at, one in enumerate(numbers)]
    connection.execute(insert(bill), rows)


def test_ten_thousand_bills_are_shown_as_quickly_as_one(bills: Desk) -> None:
    client = bills.client(StaffRole.MANAGER)
    paths = ("/bills", "/bills?state=sent", "/bills?state=held")
    with bills.store.write() as transaction:
        register_import.import_register(transaction, [town.account(at) for at in range(10_000)])
        a_month_of(transaction, 10_000)
    for path in paths:
        times = []
        for _ in range(4):
            begun = time.process_time()
            assert client.get(path).status_code == 200
            times.append(time.process_time() - begun)
        assert min(times) < 60 * _floor(client), (path, min(times))
    assert "10\u00a0001" in client.get("/bills").text
    assert len(client.get("/bills?state=sent").data) < 100_000, "a list has pages"


def test_no_letter_is_read_to_count_a_month(bills: Desk) -> None:
    """SQLite's own word: the states come out of an index that covers them."""
    query = sending_status._states(flat.LAST)
    with bills.store._engine.connect() as connection:
        statement = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"))
    assert "USING COVERING INDEX ix_outbox_unasked" in plan


def test_the_moment_of_sending_is_what_the_tests_say() -> None:
    assert f"{POSTED + timedelta(hours=5):%d.%m %H:%M}" == "03.11 10:12"
