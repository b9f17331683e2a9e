"""A day at the queue in a real browser, from the keyboard; what was sent is looked for in the SMTP sink."""

from __future__ import annotations

import email
import re
from email.policy import default

import pytest
from playwright.sync_api import Page, expect

from mailbot.model import CaseState
from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests.scale import scale
from tests.web.conftest import Pages, press, press_russian

pytestmark = pytest.mark.browser

ANSWER = "Мы проверили: давление в норме, дом подключён."


def sent(sink: EmbeddedSmtp) -> list[str]:
    """The plain text of every letter in the sink."""
    texts = []
    for letter in sink.received:
        body = email.message_from_bytes(letter.content, policy=default).get_body(("plain",))
        assert body is not None
        texts.append(body.get_content().replace("\r\n", "\n"))
    return texts


def reference(page: Page) -> str:
    found = re.search(r"/case/([^?/#]+)", page.url)
    assert found, page.url
    return found[1]


def open_first(page: Page) -> None:
    press(page, "Enter")
    page.wait_for_url("**/case/**")


def press_again(page: Page, key: str) -> None:
    """A key on the page that asks whether the letter is really to be left without an answer."""
    page.locator(".ask").wait_for()
    press(page, key)


def type_answer(page: Page, text: str) -> None:
    press(page, "e")
    page.locator("#answer-text").fill(text)
    press(page, "Control+Enter")


def test_cases_are_worked_through_by_keyboard_alone(pages: Pages, sink: EmbeddedSmtp) -> None:
    desk = pages.desk
    desk.deliver(sink)
    before = len(sink.received)
    page = pages.enter()
    open_first(page)
    done, asked, many = [], 0, scale(12, 30)
    for _ in range(many):
        here = reference(page)
        if page.locator("[data-key=KeyS]").count():
            asked += page.locator("[data-key=KeyS]").get_attribute("value") != "answered"
            press(page, "s")
        else:
            type_answer(page, ANSWER)
        page.wait_for_url(lambda url, here=here: f"/case/{here}" not in url)  # type: ignore[misc]
        done.append(here)
    assert len(set(done)) == many, "each case once, and always the next"
    closed = [one for one in done if desk.store.ask(summaries.case_of, one).state is CaseState.ANSWERED]
    assert len(closed) == many - asked
    assert desk.deliver(sink) == 0, "nothing leaves in the half minute in which it can be undone"
    desk.clock.go(31)
    assert desk.deliver(sink) == many
    assert len(sink.received) == before + many
    assert not pages.faults


def test_an_edited_answer_is_sent_as_it_was_typed(pages: Pages, sink: EmbeddedSmtp) -> None:
    pages.desk.deliver(sink)
    before = len(sink.received)
    page = pages.enter()
    open_first(page)
    number = reference(page)
    type_answer(page, "Слесарь уже в пути.\n\nЗакройте, пожалуйста, вентиль.")
    page.wait_for_url(lambda url: number not in url)
    pages.desk.clock.go(31)
    pages.desk.deliver(sink)
    (text,) = sent(sink)[before:]
    assert "Слесарь уже в пути.\n\nЗакройте, пожалуйста, вентиль." in text
    assert f"Ответ на обращение № {number}" in text


def test_undo_within_half_a_minute_holds_the_letter(pages: Pages, sink: EmbeddedSmtp) -> None:
    pages.desk.deliver(sink)
    page = pages.enter()
    open_first(page)
    number = reference(page)
    type_answer(page, ANSWER)
    page.wait_for_url(lambda url: number not in url)
    expect(page.locator(".undo")).to_contain_text(number)
    press(page, "z")
    page.wait_for_url(f"**/case/{number}*")
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    pages.desk.clock.go(31)
    assert pages.desk.deliver(sink) == 0


def test_a_reading_is_corrected_and_the_proposal_follows(pages: Pages) -> None:
    page = pages.enter()
    refused = pages.desk.receive("From: n.zueva@mail.ru\nSubject: показания\n\nпередаю воду 45 лс 6601294\n")
    page.goto(f"{pages.url}/case/{refused.number}")
    reading = page.locator("form.reading-form").first
    reading.locator("[name=value]").fill("45,5")
    reading.locator("[name=account]").fill("6601294")
    reading.locator("[name=resource]").select_option("hot_water")
    page.locator("h1").click()
    press(page, "r")
    expect(page.locator("form.reading-form .good").first).to_contain_text("принято")
    # the letter does not write that value, and its sender is not proven: they are told that it was corrected
    assert "значение исправил сотрудник" in page.locator("#answer-text").input_value()
    assert page.locator("[data-key=KeyS]").get_attribute("value") == "answered"


def test_silence_by_clause_and_back_again(pages: Pages) -> None:
    page = pages.enter()
    open_first(page)
    number = reference(page)
    press(page, "n")
    press(page, "2")
    press_again(page, "Enter")
    page.wait_for_url(lambda url: number not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.SILENCED
    page.goto(pages.url + "/queue?list=silenced")
    line = page.locator(".line", has_text=number)
    line.locator(".open").focus()
    press(page, "b")
    expect(page.locator(".line", has_text=number)).to_have_count(0)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_the_russian_layout_needs_no_switching(pages: Pages) -> None:
    page = pages.enter()
    open_first(page)
    number = reference(page)
    press_russian(page, "KeyX", "ч")
    press_again(page, "Enter")
    page.wait_for_url(lambda url: number not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.IGNORED


def test_two_people_on_one_case_see_each_other_and_a_stale_save_keeps_the_text(
    pages: Pages, sink: EmbeddedSmtp
) -> None:
    from mailbot.model import StaffRole

    pages.desk.deliver(sink)
    first, second = pages.enter(), pages.enter(StaffRole.MANAGER)
    open_first(first)
    number = reference(first)
    second.goto(f"{pages.url}/case/{number}")
    expect(second.locator("#presence")).to_contain_text("Сотрудник operator")
    second.locator("#answer-text").fill("Долго набранный ответ второго сотрудника.")
    type_answer(first, ANSWER)
    first.wait_for_url(lambda url: number not in url)
    second.locator("#answer-text").press("Control+Enter")
    expect(second.locator("[role=alert]")).to_contain_text("изменил другой сотрудник")
    assert second.locator("#answer-text").input_value() == "Долго набранный ответ второго сотрудника."
    pages.desk.clock.go(31)
    assert pages.desk.deliver(sink) == 1, "one letter, one answer"
    second.goto(f"{pages.url}/case/{number}")
    assert second.locator("#answer-text").input_value() == "Долго набранный ответ второго сотрудника."


def test_an_appeal_brought_to_the_office_gets_a_number_and_a_receipt(pages: Pages) -> None:
    page = pages.enter()
    page.goto(pages.url + "/office")
    page.fill("[name=name]", "Кошкина Анна Ивановна")
    page.fill("[name=address]", "ул. Мира, 5-12")
    page.fill("[name=subject]", "Перерасчёт")
    page.fill("[name=text]", "Прошу пересчитать отопление за октябрь: неделю было холодно.")
    page.press("[name=email]", "Enter")
    page.wait_for_url("**/receipt")
    number = reference(page)
    expect(page.locator(".receipt .big")).to_have_text(f"№ {number}")
    case = pages.desk.store.ask(summaries.case_of, number)
    assert case.state is CaseState.AWAITING_REVIEW
    assert case.respond_by is not None
    page.goto(pages.url + "/queue?channel=office")
    expect(page.locator(".line")).to_have_count(1)


def test_all_of_it_works_without_javascript(pages: Pages, sink: EmbeddedSmtp) -> None:
    pages.desk.deliver(sink)
    page = pages.enter(java_script_enabled=False)
    page.locator(".line .open").first.click()
    number = reference(page)
    page.fill("#answer-text", ANSWER)
    page.get_by_role("button", name="Ответить и закрыть").click()
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    page.get_by_role("button", name="Отменить").click()
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_evidence_is_lit_in_the_letter_when_a_finding_is_focused(pages: Pages) -> None:
    page = pages.enter()
    open_first(page)
    link = page.locator(".evidence").first
    link.focus()
    assert page.locator("mark.on").count() > 0
    link.blur()
    assert page.locator("mark.on").count() == 0


def test_two_people_going_down_the_queue_never_get_the_same_case(pages: Pages) -> None:
    from mailbot.model import StaffRole

    first, second = pages.enter(), pages.enter(StaffRole.MANAGER)
    open_first(first)
    opened = reference(first)
    expect(first.locator("#presence")).to_be_attached()
    first.wait_for_timeout(300)  # the page says that it is open
    second.goto(pages.url + "/queue")
    expect(second.locator(".line", has_text=opened)).to_contain_text("смотрит Сотрудник operator")
    second.locator(".line .open").nth(1).click()
    second.wait_for_url("**/case/**")
    press(second, "x")
    press_again(second, "Enter")
    second.wait_for_url(lambda url: "/case/" in url and opened not in url)
    assert reference(second) != opened
