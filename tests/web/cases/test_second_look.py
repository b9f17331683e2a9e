"""The second look in a browser: by one key, at the Russian layout, without script; what was said is in the store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from mailbot.model import CaseState
from mailbot.services.desk.second_look import draw_due
from mailbot.store.cases import summaries
from mailbot.store.casework import second_looks
from tests.web.conftest import Desk, Pages, _rules, press, press_russian

WEEK = timedelta(days=7)


def drawn(desk: Desk) -> list[int]:
    """The samples' silences, drawn the Monday after; the cases that wait, the first first."""
    desk.clock.go(WEEK.total_seconds())
    draw_due(desk.store, _rules(), desk.clock())
    waiting = [look.case_id for look in desk.store.ask(second_looks.waiting)]
    assert waiting, "the samples hold silenced and ignored letters"
    return waiting


def state(desk: Desk, case_id: int) -> CaseState:
    return next(case.state for case in desk.store.ask(summaries.cases, None, 999) if case.id == case_id)


def test_the_page_shows_the_letter_the_clause_and_what_was_looked_for(desk: Desk) -> None:
    waiting = drawn(desk)
    text = desk.client().get("/second-look").text
    assert f"осталось {len(waiting)}" in text
    assert "Почему без ответа" in text
    assert "Искали и не нашли" in text


def test_without_script_the_buttons_do_the_same(desk: Desk) -> None:
    first, second, *_ = drawn(desk)
    client = desk.client()
    references = {case.id: case.number or str(case.id) for case in desk.store.ask(summaries.cases, None, 999)}
    assert client.post(f"/second-look/{references[first]}/overrule").status_code == 302
    assert client.post(f"/second-look/{references[second]}/confirm").status_code == 302
    assert state(desk, first) is CaseState.AWAITING_REVIEW
    assert state(desk, second) in (CaseState.SILENCED, CaseState.IGNORED)
    again = client.post(f"/second-look/{references[second]}/overrule")
    assert again.status_code == 409
    assert "уже посмотрели" in again.text


def test_an_empty_list_says_so(bare: Desk) -> None:
    assert "Всё просмотрено" in bare.client().get("/second-look").text


@pytest.mark.browser
def test_one_key_each_at_the_russian_layout_and_undo_brings_it_back(pages: Pages) -> None:
    waiting = drawn(pages.desk)
    page = pages.enter()
    page.goto(page.url.split("/queue")[0] + "/second-look")
    press_russian(page, "KeyJ", "о")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"осталось {len(waiting) - 1}")
    assert state(pages.desk, waiting[0]) is CaseState.AWAITING_REVIEW
    press_russian(page, "KeyD", "в")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"осталось {len(waiting) - 2}")
    press(page, "z")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_url("**/case/**")
    assert len(pages.desk.store.ask(second_looks.waiting)) == len(waiting) - 1
