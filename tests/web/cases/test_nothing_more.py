"""Readings are taken and the client knows it; whether the other words want an answer, a person says with one act."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from mailbot.model import CaseState, ClockMark
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from tests.web.cases.test_closing import opened
from tests.web.conftest import Desk, Pages, press

CHATTER = "Дорогу к нам замело, хоть письмом до вас доехать."
BUTTON = "Больше ни о чём не просят, закрыть"


def letter(words: str, number: int = 1, value: int = 345) -> str:
    return (
        f"From: Дудин <dudin{number}@mail.example>\nTo: 8666@bk.ru\nSubject: показания\nMessage-ID: <r{number}@mail.example>\n"
        f"Content-Type: text/plain; charset=utf-8\n\nЛицевой счёт 4710325, горячая вода {value}.\n{words}\n"
    )


@pytest.fixture
def pages(bare: Desk, browser: Browser) -> Iterator[Pages]:
    """The pages over an empty queue: each test brings its letter."""
    opened = Pages(bare, browser)
    yield opened
    opened.close()


@pytest.mark.browser
def test_who_has_read_the_rest_closes_with_one_key_and_may_undo_it(pages: Pages) -> None:
    page, store = pages.enter(), pages.desk.store
    number = opened(pages, page, pages.desk.receive(letter(CHATTER)))
    expect(page.locator(".reasons")).to_contain_text(CHATTER)
    press(page, "y")
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    assert store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    assert [
        one.template for one in store.ask(summaries.outgoing_of, store.ask(summaries.case_of, number).id)
    ] == ["reading_rest"], "no second letter"
    told = store.ask(events.events_of, store.ask(summaries.case_of, number).id)[-1]
    assert (told.by, told.mark) == ("operator", ClockMark.ANSWERED)
    press(page, "z")
    expect(page.locator("main")).to_contain_text(number)
    assert store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


@pytest.mark.parametrize(
    "body",
    [
        letter("Почему в октябре начислено вдвое больше? Прошу пересчитать."),
        letter("В подъезде прорвало трубу, кипяток, срочно!"),
        letter(CHATTER).replace("Лицевой счёт 4710325, ", "Ул. Мира, 5-12, Дудин, "),
        letter("").replace("горячая вода 345.", "Батареи холодные третий день, примите меры!"),
    ],
    ids=["a question beside", "an emergency beside", "a reading not taken", "no reading"],
)
def test_nothing_else_is_closed_so(bare: Desk, body: str) -> None:
    case = bare.receive(body)
    client = bare.client()
    assert BUTTON not in client.get(f"/case/{case.number}").text
    answer = client.post(f"/case/{case.number}/nothing-more", data={"version": "0"}, follow_redirects=True)
    assert bare.store.ask(summaries.case_of, case.number or "").state is not CaseState.ANSWERED
    assert "Закрыть так можно только письмо с одними показаниями" in answer.text


@pytest.mark.browser
def test_an_attachment_that_nobody_has_read_is_opened_first(pages: Pages) -> None:
    page, store = pages.enter(), pages.desk.store
    picture = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    head, _, body = letter("").partition("\n\n")
    head = head.replace(
        "Content-Type: text/plain; charset=utf-8",
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B",
    )
    parts = (
        f"--B\nContent-Type: text/plain; charset=utf-8\n\n{body}\n--B\nContent-Type: image/png; name=foto.png\n"
        f"Content-Disposition: attachment; filename=foto.png\nContent-Transfer-Encoding: base64\n\n{picture}\n--B--\n"
    )
    number = opened(pages, page, pages.desk.receive(f"{head}\n\n{parts}"))
    expect(page.locator(".reasons")).to_contain_text("Сначала откройте вложение")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[role=alert]")).to_contain_text("Сначала откройте вложение «foto.png»")
    opened(pages, page, store.ask(summaries.case_of, number))
    with page.context.expect_page() as shown:
        press(page, "y")
    shown.value.wait_for_load_state()
    assert store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    page.bring_to_front()
    press(page, "y")
    page.wait_for_url(lambda url: f"/case/{number}" not in url)
    assert store.ask(summaries.case_of, number).state is CaseState.ANSWERED


def test_the_same_words_again_are_no_repeat_of_an_answered_question(bare: Desk) -> None:
    """Nobody has answered them on substance (clause 2.2.email.4)."""
    first = bare.receive(letter(CHATTER))
    bare.client().post(f"/case/{first.number}/nothing-more", data={"version": "0"})
    assert bare.store.ask(summaries.case_of, first.number or "").state is CaseState.ANSWERED
    again = bare.receive(letter(CHATTER).replace("<r1@", "<r2@"))
    assert again.state is CaseState.AWAITING_REVIEW
