"""Readings from who may be anybody: asked about before the ledger moves, and told nothing that only the client may know."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from mailbot.model import CaseState
from mailbot.store import CaseSummary
from mailbot.store.cases import review_queue as lists
from mailbot.store.cases import summaries
from mailbot.store.ledger.meter_readings import of_accounts
from tests.material.flat import HEAT, NUMBER, WATER
from tests.web.conftest import Desk, Pages, press

OWNER = "Каменева Светлана Юрьевна"
QUESTION = "И почему в подъезде третий день нет света?"


def letter(words: str, sender: str = "stranger@mail.example", head: str = "") -> str:
    return (
        f"From: <{sender}>\nTo: 8666@bk.ru\nSubject: показания\nMessage-ID: <{abs(hash(words))}@mail.example>\n{head}"
        f"Content-Type: text/plain; charset=utf-8\n\n{words}\n"
    )


def last(desk: Desk, serial: str) -> int:
    """The whole digits of the newest value in the ledger."""
    held = [one for one in desk.store.ask(of_accounts, [NUMBER]) if one.meter == serial and one.value]
    return int(max(held, key=lambda one: one.day).value or 0)


def proposed(desk: Desk, case: CaseSummary) -> str:
    page = desk.client().get(f"/case/{case.number}").text
    found = re.search(r'<textarea id="answer-text"[^>]*>([^<]*)</textarea>', page)
    assert found
    return found[1]


def judge(desk: Desk, case: CaseSummary, **form: str) -> tuple[int, str]:
    (row,) = desk.store.ask(lists.readings, case.id)
    line = desk.store.ask(lists.line_of, case.id)
    wanted = {"version": str(line.version), "value": row.value, "account": row.account or "", **form}
    said = desk.client().post(f"/case/{case.number}/reading/{row.id}", data=wanted)
    return said.status_code, said.text


def test_accepting_for_who_is_not_proven_shows_the_owner_and_asks_once(ledger: Desk) -> None:
    value = last(ledger, WATER.serial)
    case = ledger.receive(letter(f"Лс {NUMBER}, горячая вода {value - 3}."))
    rows = len(ledger.store.ask(of_accounts, [NUMBER]))
    status, page = judge(ledger, case, state="accepted", resource="hot_water")
    assert status == 409
    for words in (
        OWNER,
        "Солнечная, 1",
        "stranger@mail.example",
        "нет в реестре у клиента",
        "Всё равно принять",
    ):
        assert words in page, words
    assert len(ledger.store.ask(of_accounts, [NUMBER])) == rows, "nothing moved"
    assert judge(ledger, case, state="accepted", resource="hot_water", sureness="sure")[0] == 302
    assert len(ledger.store.ask(of_accounts, [NUMBER])) == rows + 1
    text = proposed(ledger, case)
    assert "Принято" in text
    assert WATER.serial not in text, "the letter gave no number of a meter"


def test_why_a_value_was_refused_is_told_to_the_client_alone(ledger: Desk) -> None:
    value = last(ledger, WATER.serial)
    case = ledger.receive(letter(f"Лс {NUMBER}, горячая вода {value - 3}."))
    reason = f"меньше прежнего, было {value}, прибор {WATER.serial}"
    assert judge(ledger, case, state="refused", reason=reason)[0] == 302
    text = proposed(ledger, case)
    assert "показание проверит сотрудник" in text
    assert not any(one in text for one in (reason, str(value), WATER.serial))
    proven = letter(
        f"Лс {NUMBER}, гвс {value - 3}",
        "svetlana.k81@bk.ru",
        "Authentication-Results: mxs.mail.ru; dkim=pass header.d=bk.ru\n",
    )
    case = ledger.receive(proven)
    judge(ledger, case, state="refused", reason=reason)
    assert reason in proposed(ledger, case)
    assert "записан за клиентом" not in judge(ledger, case, state="accepted", resource="hot_water")[1]


@pytest.mark.parametrize("state", ["accepted", "refused"])
def test_the_outcome_of_readings_hides_and_closes_nothing_else(ledger: Desk, state: str) -> None:
    value = last(ledger, WATER.serial)
    case = ledger.receive(letter(f"Лс {NUMBER}, горячая вода {value - 3}.\n{QUESTION}"))
    judge(ledger, case, state=state, resource="hot_water", reason="не сходится", sureness="sure")
    page = ledger.client().get(f"/case/{case.number}").text
    assert QUESTION in page.partition('class="rest"')[2].partition("</p>")[0], "beside the readings"
    assert "не закрывает обращение" in page
    text, line = proposed(ledger, case), ledger.store.ask(lists.line_of, case.id)
    form = {"version": str(line.version), "text": text, "means": "answered"}
    assert ledger.client().post(f"/case/{case.number}/send", data=form).status_code == 409
    assert ledger.store.ask(summaries.case_of, case.number or "").state is CaseState.AWAITING_REVIEW


def test_a_phrase_to_the_rest_does_not_close_over_a_reading_that_waits(ledger: Desk) -> None:
    value = last(ledger, WATER.serial)
    case = ledger.receive(letter(f"Лицевой счёт {NUMBER}, показание {value - 5}\n{QUESTION}"))
    page = ledger.client().get(f"/case/{case.number}").text
    assert "о показании ещё не решено" in page
    key = re.search(r'value="(\w+)"[^>]*data-key="KeyS"', page)
    assert key
    assert key[1] == "responded"


@pytest.mark.browser
def test_where_no_resource_is_named_the_likely_stands_first_and_one_key_takes_it(
    account_pages: Pages,
) -> None:
    desk, page = account_pages.desk, account_pages.enter()
    value = last(desk, WATER.serial) + 2
    case = desk.receive(letter(f"Лицевой счёт {NUMBER}, показание {value - 5}"))
    page.goto(f"{account_pages.url}/case/{case.number}")
    page.locator(".reading-form [name=resource]").select_option("")
    page.locator(".reading-form [name=value]").fill(str(value))
    page.locator("h1").click()
    press(page, "r")
    asked = page.locator(".reading-form.ask")
    expect(asked.locator(".choices button")).to_have_count(2)
    expect(asked.locator(".choices li").first).to_contain_text("Горячая вода")
    expect(asked.locator(".choices li").first).to_contain_text(
        f"скорее всего: на приборе {WATER.serial} было"
    )
    expect(asked.locator(".choices li").last).to_contain_text(HEAT.serial)
    expect(asked).to_contain_text(OWNER)
    expect(asked.locator(".choices button").first).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".reading-form .good")).to_contain_text("принято")
    assert last(desk, WATER.serial) == value
    page.locator(".reading-form [name=account]").fill("")
    page.get_by_role("button", name="Принять").click()
    expect(page.locator(".reading-form .fault")).to_contain_text("Укажите лицевой счёт")
    expect(page.locator(".reading-form [name=value]")).to_have_value(str(value))
