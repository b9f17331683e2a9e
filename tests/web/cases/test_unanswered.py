"""Closing a letter without an answer: asked once where something is at stake, never by a key meant for another page,
and taken back act by act."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from mailbot.model import CaseState
from mailbot.store.cases import summaries
from mailbot.store.cases.review_queue import line_of
from mailbot.transport.embedded import EmbeddedSmtp
from tests.web.cases.test_queue import shown
from tests.web.conftest import Desk, Pages, press

COLD = "В квартире холодно третий день, батареи ледяные. Мира, 5-12, Кошкина А. И., тел. 8 919 450-22-18."


def letter(words: str, number: int) -> str:
    return (
        f"From: <a{number}@mail.example>\nTo: 8666@bk.ru\nSubject: письмо {number}\nMessage-ID: <u{number}@mail.example>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{words}\n"
    )


@pytest.fixture
def pages(bare: Desk, browser: Browser) -> Iterator[Pages]:
    opened = Pages(bare, browser)
    yield opened
    opened.close()


def received(desk: Desk, many: int) -> list[str]:
    """Cold flats, in the order of the queue."""
    return [desk.receive(letter(COLD, number)).number or "" for number in range(1, many + 1)]


def state(desk: Desk, number: str) -> CaseState:
    return desk.store.ask(summaries.case_of, number).state


def at(page: Page, number: str) -> None:
    page.wait_for_url(f"**/case/{number}*")


@pytest.mark.parametrize(
    ("act", "form"), [("ignore", {}), ("silence", {"clause": "2.2.email.2"})], ids=["X", "N 2"]
)
def test_what_is_at_stake_is_named_and_nothing_is_closed_unasked(
    bare: Desk, act: str, form: dict[str, str]
) -> None:
    first, second = received(bare, 2)
    client = bare.client()
    asked = client.post(f"/case/{first}/{act}", data={"version": "0", **form})
    assert asked.status_code == 409
    for words in ("Закрыть без ответа", "+79194502218", "Кошкина", "Мира", "ледяные", *form.values()):
        assert words in asked.text.partition('role="alertdialog"')[2].partition("</section>")[0], words
    assert state(bare, first) is CaseState.AWAITING_REVIEW
    went = client.post(f"/case/{first}/{act}", data={"version": "0", "sureness": "sure", **form})
    assert went.headers["Location"].endswith(f"/case/{second}")
    assert state(bare, first) in (CaseState.IGNORED, CaseState.SILENCED)


def test_a_letter_in_which_nothing_is_found_is_closed_at_once(bare: Desk) -> None:
    case = bare.receive(letter("", 1).replace("Subject: письмо 1\n", ""))
    nothing, client = case.number or str(case.id), bare.client()
    client.post(f"/case/{nothing}/take-back", data={"version": "0"})
    client.post(f"/case/{nothing}/ignore", data={})
    assert state(bare, nothing) is CaseState.IGNORED


def test_of_a_selection_what_is_at_stake_comes_back_once(bare: Desk) -> None:
    numbers = received(bare, 2)
    client = bare.client()
    chosen = {"what": "ignore", "case": [f"{one}@0" for one in numbers]}
    asked = client.post("/queue/bulk", data=chosen)
    assert asked.status_code == 409
    assert all(one in asked.text for one in (*numbers, "+79194502218"))
    client.post("/queue/bulk", data={**chosen, "sureness": "sure"})
    assert {state(bare, one) for one in numbers} == {CaseState.IGNORED}
    assert ": 2" in client.get("/queue").text.partition('class="undo"')[2], "taken back together"


def test_after_an_act_comes_the_case_that_follows_and_after_the_last_the_one_before(bare: Desk) -> None:
    first, second, third, last = received(bare, 4)
    client = bare.client()
    assert shown(client, "/queue") == [first, second, third, last]
    went = client.post(f"/case/{second}/ignore", data={"version": "0", "sureness": "sure"})
    assert went.headers["Location"].endswith(third), "not the top of the list"
    assert client.get(f"/case/{third}/next").headers["Location"].endswith(last)
    went = client.post(f"/case/{last}/ignore", data={"version": "0", "sureness": "sure"})
    assert went.headers["Location"].endswith(third)


def test_acts_are_undone_one_by_one_the_last_first_until_a_letter_has_left(
    bare: Desk, sink: EmbeddedSmtp
) -> None:
    numbers = received(bare, 12)
    bare.deliver(sink)
    client = bare.client()
    for one in numbers[:11]:
        client.post(f"/case/{one}/assign", data={"version": "0", "assignee": "operator"})
        client.post(f"/case/{one}/ignore", data={"version": "1", "sureness": "sure"})
        bare.clock.go(20)
    answer = {"version": "0", "text": "Бригада отрегулировала стояк.", "means": "answered"}
    client.post(f"/case/{numbers[11]}/send", data=answer)
    bare.clock.go(31)
    bare.deliver(sink)
    assert numbers[11] not in client.get("/queue").text.partition('class="undo"')[2][:600], "it has left"
    assert client.post("/undo", data={"of": numbers[11]}).status_code == 409
    assert 'class="undo"' not in bare.client().get("/queue").text, "another session, whose acts these are not"
    assert state(bare, numbers[11]) is CaseState.ANSWERED
    for one in reversed(numbers[:11]):
        for assignee in ("operator", None):
            assert f'name="of" value="{one}"' in client.get("/queue").text
            client.post("/undo", data={"of": one})
            assert state(bare, one) is CaseState.AWAITING_REVIEW
            assert bare.store.ask(line_of, bare.store.ask(summaries.case_of, one).id).assignee == assignee
    assert 'class="undo"' not in client.get("/queue").text


@pytest.mark.browser
def test_a_second_press_and_a_held_key_close_nothing_that_nobody_read(pages: Pages) -> None:
    desk, page = pages.desk, pages.enter()
    first, second, third = received(desk, 3)
    page.goto(f"{pages.url}/case/{first}")
    page.keyboard.press("x")  # before the page has been seen
    page.locator("body[data-seen]").wait_for()
    assert page.locator(".ask").count() == 0
    page.keyboard.down("x")
    page.locator(".ask").wait_for()
    page.keyboard.down("x")
    page.keyboard.up("x")
    page.keyboard.press("Enter")  # at once: the question was not read either
    page.locator("body[data-seen]").wait_for()
    assert state(desk, first) is CaseState.AWAITING_REVIEW
    expect(page.locator(".ask")).to_contain_text("ледяные")
    press(page, "s")
    press(page, "Escape")
    page.locator(".ask").wait_for(state="detached")
    assert [state(desk, one) for one in (first, second, third)] == [CaseState.AWAITING_REVIEW] * 3
    press(page, "x")
    page.locator(".ask").wait_for()
    press(page, "Enter")
    at(page, second)
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    page.locator("body[data-seen]").wait_for()
    assert page.locator(".ask").count() == 0
    press(page, "n", "2")
    page.locator(".ask").wait_for()
    press(page, "Enter")
    at(page, third)
    assert [state(desk, one) for one in (first, second)] == [CaseState.IGNORED, CaseState.SILENCED]
    for one in (second, first):
        press(page, "z")
        at(page, one)
        expect(page.locator("h1")).to_be_visible()
        assert state(desk, one) is CaseState.AWAITING_REVIEW
    assert not [one for one in pages.faults if "409" not in one]
