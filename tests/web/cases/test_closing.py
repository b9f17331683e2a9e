"""Nothing is closed by a key that does not answer it, nothing is sent twice, nothing urgent leaves people's sight."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from mailbot.model import CaseState, StaffRole
from mailbot.store import CaseSummary
from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests.web.cases.test_keyboard import sent
from tests.web.cases.test_queue import counted, shown
from tests.web.conftest import Desk, Pages, press, press_russian

pytestmark = pytest.mark.browser

PIXEL = base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(60)).decode()

LETTERS = {
    "thanks": (
        "From: a.ivanova@mail.ru\nSubject: Спасибо\n\n"
        "Спасибо вашим слесарям Олегу и Марату: выручили, а то я уж думала мёрзнуть! Иванова А.П., Мира 5-12\n"
    ),
    "threat": (
        "From: k.serov@mail.ru\nSubject: последнее предупреждение\n\n"
        "Не включите батареи, приду и разнесу вашу контору, сволочи. Серов К., Мира 9-4, 89194502218\n"
    ),
    "scan only": (
        "From: m.orlova@mail.ru\nSubject: прошу рассмотреть\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=part\n\n--part\nContent-Type: text/plain; charset=utf-8\n\n\n"
        "--part\nContent-Type: image/jpeg; name=scan.jpg\nContent-Transfer-Encoding: base64\n"
        f"Content-Disposition: attachment; filename=scan.jpg\n\n{PIXEL}\n--part--\n"
    ),
    "nobody came": (
        "From: p.petrov@mail.ru\nSubject: мастер\n\n"
        "Обещали прислать мастера во вторник, никто не пришёл. Петров П.И., Мира 7-3, 89194502219\n"
    ),
}
KEYS = {
    "Enter": "Enter", "Ctrl+Enter": "Control+Enter", "send key": "KeyS", "send key, Russian layout": "ы",
}  # fmt: skip

BURST = (
    "From: o.belova@mail.ru\nSubject: прорвало трубу\n\n"
    "Прорвало трубу отопления в подъезде, льётся кипяток! Белова О.Н., ул. Мира, д. 3, кв. 8, 89194502220\n"
)
QUESTION = (
    "From: v.zimin@mail.ru\nSubject: замена счётчика\n\n"
    "Как заменить счётчик горячей воды, куда подать заявку? Зимин В.А., Мира 11-2, л/с 120033\n"
)


def opened(pages: Pages, page: Page, case: CaseSummary) -> str:
    number = case.number or str(case.id)
    page.goto(f"{pages.url}/case/{number}")
    return number


def press_in_its_place(page: Page, key: str) -> None:
    if key == "ы":
        press_russian(page, "KeyS", key)
        return
    if key == "Control+Enter":
        page.locator("#answer-text").focus()
    press(page, key)


@pytest.fixture
def pages(bare: Desk, browser: Browser) -> Iterator[Pages]:
    """The pages over an empty queue: each test brings its letters."""
    opened = Pages(bare, browser)
    yield opened
    opened.close()


@pytest.mark.parametrize("letter", LETTERS)
def test_what_the_machine_cannot_answer_is_closed_by_no_one_key(pages: Pages, letter: str) -> None:
    desk, page = pages.desk, pages.enter()
    case = desk.receive(LETTERS[letter])
    number = case.number or ""
    if case.state is CaseState.SILENCED:  # a threat that says nothing else: a person has taken it back
        desk.client().post(f"/case/{number}/take-back", data={"version": "0"})
    for key in KEYS.values():
        opened(pages, page, case)
        expect(page.locator("#answer-text")).to_have_value("")
        expect(page.locator("#answer h2")).to_contain_text("готового ответа нет")
        press_in_its_place(page, key)
        page.wait_for_timeout(300)
        assert desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW, key
    assert all(
        one.template != "person_answer"
        for one in desk.store.ask(summaries.outgoing_of, desk.store.ask(summaries.case_of, number).id)
    ), "nothing was sent"
    refused = desk.client().post(f"/case/{number}/send", data={"text": "", "means": "answered"})
    assert refused.status_code == 409


def test_enter_in_a_field_of_the_form_sends_nothing(pages: Pages) -> None:
    page = pages.enter()
    number = opened(pages, page, pages.desk.receive(QUESTION))
    for field in ("#answer-text", "[name=until]", "[name=until_exact]"):
        page.locator("#answer-text").fill("Заявку можно подать в офисе.")
        page.locator(f"#answer {field}").focus()
        press(page, "Enter")
        page.wait_for_timeout(200)
        if page.url.endswith("/preview"):  # at most it is shown how the client would see it
            page.go_back()
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    assert (
        len(pages.desk.store.ask(summaries.outgoing_of, pages.desk.store.ask(summaries.case_of, number).id))
        == 1
    ), "the machine's acknowledgement alone"


def test_a_promise_put_into_the_empty_field_is_sent_without_closing(pages: Pages) -> None:
    page = pages.enter()
    number = opened(pages, page, pages.desk.receive(LETTERS["nobody came"]))
    press(page, "f")
    page.get_by_role("button", name="Холодно: проверим температуру").click()
    press(page, "Control+Enter")
    page.wait_for_url(lambda url: number not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_an_acknowledgement_closes_by_no_button_and_its_preview_offers_none(pages: Pages) -> None:
    page = pages.enter()
    number = opened(pages, page, pages.desk.receive(LETTERS["scan only"]))
    press(page, "f")
    page.get_by_role("button", name="Подтвердить получение").click()
    page.locator("#answer-text").blur()
    press(page, "w")
    page.locator("h1", has_text="Как увидит клиент").wait_for()
    assert page.get_by_role("button", name="Ответить и закрыть").count() == 0
    page.go_back()
    page.locator("#answer-text").wait_for()
    page.get_by_role("button", name="Ответить и закрыть").click()
    expect(page.locator("[role=alert]")).to_contain_text("не отвечает по существу")
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def overdue_burst(desk: Desk) -> str:
    number = desk.receive(BURST).number or ""
    desk.clock.go(timedelta(days=20).total_seconds())
    return number


def test_an_overdue_emergency_stays_in_every_list_after_an_interim_letter(
    pages: Pages, sink: EmbeddedSmtp
) -> None:
    number = overdue_burst(pages.desk)
    assert pages.desk.store.ask(summaries.case_of, number).priority == "emergency"
    client = pages.desk.client(StaffRole.MANAGER)
    client.post("/views", data={"name": "аварии", "query": "rank=0"})
    client.post("/views", data={"name": "свои", "query": "kind=complaint"})
    lists = ("", "due=overdue", "due=today", "rank=0", "assignee=-", "age=3", "q=прорвало", "kind=complaint")
    before = {
        name: counted(client, name) for name in ("Все", "Просрочено", "Сегодня", "Ничьи", "аварии", "свои")
    }
    page = pages.enter(StaffRole.MANAGER)
    page.goto(f"{pages.url}/case/{number}")
    expect(page.locator(".until")).to_contain_text("останется во всех списках")
    page.locator("#answer-text").fill("Бригада работает, дадим тепло к вечеру.")
    page.get_by_role("button", name="Отправить, не закрывая").click()
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    for query in lists:
        assert number in shown(client, f"/queue?{query}"), query
    assert {name: counted(client, name) for name in before} == before
    page.goto(pages.url + "/board")
    expect(page.get_by_label("Сроки")).to_contain_text(number)
    expect(page.locator(".heads")).to_contain_text("просрочено")
    assert number not in shown(client, "/queue?put_off=only")


def test_what_is_neither_late_nor_urgent_waits_out_of_sight_and_comes_back_by_itself(pages: Pages) -> None:
    page = pages.enter()
    desk = pages.desk
    number = opened(pages, page, desk.receive(QUESTION))
    page.locator("#answer-text").fill("Уточняем у поставщика, напишем завтра.")
    tomorrow = page.locator(
        "#answer [name=until] option", has_text=re.compile("^завтра утром")
    ).get_attribute("value")
    page.locator("#answer [name=until]").select_option(tomorrow)
    page.get_by_role("button", name="Отправить, не закрывая").click()
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    client = desk.client()
    assert number not in shown(client, "/queue?topic=meter_installation")
    assert number in shown(client, "/queue?put_off=only")
    desk.clock.go(timedelta(days=1).total_seconds())
    assert number in shown(desk.client(), "/queue?topic=meter_installation")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_an_interim_letter_is_refused_past_the_deadline_with_the_text_kept(
    pages: Pages, javascript: bool
) -> None:
    page = pages.enter(java_script_enabled=javascript)
    number = opened(pages, page, pages.desk.receive(QUESTION))
    page.fill("#answer-text", "Уточняем, напишем позже.")
    if javascript:
        page.evaluate("document.querySelector('[name=until_exact]').removeAttribute('max')")
        page.fill("[name=until_exact]", "2027-01-15T10:00")
        page.get_by_role("button", name="Отправить, не закрывая").click()
        expect(page.locator("[role=alert]")).to_contain_text("позже отложить нельзя")
        expect(page.locator("#answer-text")).to_have_value("Уточняем, напишем позже.")
    else:
        page.get_by_role("button", name="Отправить, не закрывая").click()
        assert number in shown(pages.desk.client(), "/queue?put_off=only"), "by the usual time"
    refused = pages.desk.client().post(
        f"/case/{number}/send", data={"text": "Ещё раз.", "means": "responded", "until": "2027-01-15T10:00"}
    )
    assert refused.status_code == 409
    assert "позже отложить нельзя" in refused.text


def test_a_double_click_and_a_second_tab_send_one_letter(pages: Pages, sink: EmbeddedSmtp) -> None:
    desk = pages.desk
    desk.deliver(sink)
    before = len(sink.received)
    page, other, colleague = pages.enter(), pages.enter(), pages.enter(StaffRole.MANAGER)
    number = opened(pages, page, desk.receive(QUESTION))
    words = "Заявку на замену счётчика примем по телефону."
    for one in (other, colleague):
        one.goto(f"{pages.url}/case/{number}")
        one.locator("#answer-text").fill(words)
    page.locator("#answer-text").fill(words)
    page.get_by_role("button", name="Отправить, не закрывая").dblclick()
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    for one, button in ((other, "Отправить, не закрывая"), (colleague, "Ответить и закрыть")):
        one.get_by_role("button", name=button).click()
        expect(one.locator("[role=alert]")).to_contain_text("Это письмо уже отправлено в 11:00")
    page.go_back()
    page.locator("#answer-text").fill(words)
    page.get_by_role("button", name="Отправить, не закрывая").click()
    expect(page.locator("[role=alert]")).to_contain_text("уже отправлено")
    page.reload()  # the browser posts the form once more
    expect(page.locator("[role=alert]")).to_contain_text("уже отправлено")
    desk.clock.go(31)
    desk.deliver(sink)
    assert sum(words in text for text in sent(sink)[before:]) == 1
    assert desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_after_undo_the_same_text_goes_once(pages: Pages, sink: EmbeddedSmtp) -> None:
    desk = pages.desk
    page = pages.enter()
    number = opened(pages, page, desk.receive(QUESTION))
    words = "Заявку на замену счётчика примем по телефону."
    for undone in (True, False):
        page.goto(f"{pages.url}/case/{number}")
        page.locator("#answer-text").fill(words)
        page.get_by_role("button", name="Ответить и закрыть").click()
        page.wait_for_url(lambda url: f"/case/{number}" not in url)
        if undone:
            press(page, "z")
            page.wait_for_url(f"**/case/{number}*")
    assert desk.store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    desk.clock.go(31)
    desk.deliver(sink)
    assert sum(words in text for text in sent(sink)) == 1
