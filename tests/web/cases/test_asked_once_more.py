"""An operator's text that answers nothing asks once more before it closes a case; whoever insists does it in two acts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from mailbot.model import CaseState, ClockMark
from mailbot.services.desk.writing.effect_of_text import INSISTED
from mailbot.store import CaseSummary
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from tests.web.cases.test_closing import QUESTION, opened
from tests.web.conftest import Desk, Pages, press

pytestmark = pytest.mark.browser

RECEIPT = "Ваше обращение принято. Ожидайте."
EMPTY = {
    "a receipt": RECEIPT,
    "taken into work": "Ваш вопрос взят в работу специалистом",
    "a promise": "Здравствуйте! Обязательно вам ответим позже.",
    "a greeting": "Добрый день!",
    "a full stop": ".",
    "a question back": "Уточните пожалуйста ваш адрес?",
}
CLOSE, LEAVE_OPEN, ALL_THE_SAME = "Ответить и закрыть", "Отправить, не закрывая", "Это ответ, закрыть"


@pytest.fixture
def pages(bare: Desk, browser: Browser) -> Iterator[Pages]:
    """The pages over an empty queue: each test brings its letter."""
    opened = Pages(bare, browser)
    yield opened
    opened.close()


def asked(pages: Pages, page: Page, case: CaseSummary, text: str) -> str:
    """Type the text, press «Ответить и закрыть», and be asked once more; the case's number."""
    number = opened(pages, page, case)
    page.locator("#answer-text").fill(text)
    page.get_by_role("button", name=CLOSE).click()
    expect(page.locator("[role=alert]")).to_contain_text("Похоже, это не ответ")
    expect(page.locator("#answer-text")).to_have_value(text)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    return number


def log(desk: Desk, number: str) -> list[str]:
    return [
        event.why for event in desk.store.ask(events.events_of, desk.store.ask(summaries.case_of, number).id)
    ]


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_a_text_that_answers_nothing_is_asked_about_and_sent_without_closing(pages: Pages, text: str) -> None:
    page = pages.enter()
    number = asked(pages, page, pages.desk.receive(QUESTION), text)
    first = page.locator("[role=alert] button").first
    expect(first).to_contain_text("не закрывая")
    first.click()
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    assert INSISTED not in log(pages.desk, number)
    assert [
        one.template
        for one in pages.desk.store.ask(
            summaries.outgoing_of, pages.desk.store.ask(summaries.case_of, number).id
        )
    ].count("person_answer") == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_second_deliberate_act_closes_and_the_log_says_so(pages: Pages, javascript: bool) -> None:
    page = pages.enter(java_script_enabled=javascript)
    number = asked(pages, page, pages.desk.receive(QUESTION), RECEIPT)
    page.get_by_role("button", name=ALL_THE_SAME).click()
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    (line,) = (
        event
        for event in pages.desk.store.ask(
            events.events_of, pages.desk.store.ask(summaries.case_of, number).id
        )
        if event.why == INSISTED
    )
    assert (line.by, line.mark) == ("operator", None)


def test_the_same_button_or_key_pressed_again_does_not_close(pages: Pages) -> None:
    page = pages.enter()
    number = asked(pages, page, pages.desk.receive(QUESTION), RECEIPT)
    page.get_by_role("button", name=CLOSE).click()
    expect(page.locator("[role=alert]")).to_contain_text("Похоже, это не ответ")
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    page.locator("#answer-text").focus()
    press(page, "Control+Enter")
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW, (
        "the key leaves it open now"
    )


def test_an_answer_written_after_the_question_closes_at_once(pages: Pages) -> None:
    page = pages.enter()
    number = asked(pages, page, pages.desk.receive(QUESTION), RECEIPT)
    page.locator("#answer-text").fill("Заявку на замену счётчика примем по телефону.")
    page.get_by_role("button", name=CLOSE).click()
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    assert INSISTED not in log(pages.desk, number)


def test_a_ready_phrase_with_a_few_words_changed_is_asked_about(pages: Pages) -> None:
    page = pages.enter()
    number = opened(pages, page, pages.desk.receive(QUESTION))
    press(page, "f")
    page.get_by_role("button", name="Холодно: проверим температуру").click()
    field = page.locator("#answer-text")
    text = field.input_value()
    for was, becomes in (("мастеру", "слесарю"), ("измерить", "замерить"), ("подтвердится", "найдут")):
        assert was in text
        text = text.replace(was, becomes)
    field.fill(text)
    page.get_by_role("button", name=CLOSE).click()
    expect(page.locator("[role=alert]")).to_contain_text("Похоже, это не ответ")
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_a_receipt_insisted_upon_may_still_be_undone(pages: Pages) -> None:
    page = pages.enter()
    number = asked(pages, page, pages.desk.receive(QUESTION), RECEIPT)
    page.get_by_role("button", name=ALL_THE_SAME).click()
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    press(page, "z")
    page.wait_for_url(f"**/case/{number}*")
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    assert ClockMark.ANSWERED not in {
        event.mark
        for event in pages.desk.store.ask(
            events.events_of, pages.desk.store.ask(summaries.case_of, number).id
        )
    }


def test_what_a_client_was_told_is_asked_about_in_the_same_way(pages: Pages) -> None:
    page = pages.enter()
    number = opened(pages, page, pages.desk.receive(QUESTION))
    press(page, "t")
    told = page.locator("form[action$='/told']")
    told.locator("textarea").fill("Приняли, ждите")
    told.get_by_role("button", name="Закрыть обращение").click()
    expect(page.locator("[role=alert]")).to_contain_text("Напишите, что именно сказали")
    told = page.locator("form[action$='/told']")
    expect(told.locator("textarea")).to_have_value("Приняли, ждите")
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    told.locator("textarea").fill("Сказали, что счётчик меняют по заявке в офисе")
    told.get_by_role("button", name="Закрыть обращение").click()
    assert pages.desk.store.ask(summaries.case_of, number).state is CaseState.ANSWERED
