"""A letter that may be a repeat is put before a person beside the earlier one and our answer; one key decides (2.2.email.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from mailbot.command_setup import load_files
from mailbot.config import Settings
from mailbot.model import CaseState, RawLetter, RuleAuthority
from mailbot.parsing import read_envelope
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.letters.handle import handle
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from tests.web.conftest import Desk, Pages, press, press_russian

pytestmark = pytest.mark.browser

FIRST = (
    "From: v.zimin@mail.ru\nSubject: батареи\n\n"
    "Почему в нашем доме батареи еле тёплые, когда отрегулируете? Зимин В.А., Мира 11-2, 89194502218\n"
)
AGAIN = (
    "From: v.zimin@mail.ru\nSubject: батареи\n\n"
    "Здравствуйте! Когда отрегулируете, почему батареи в нашем доме еле тёплые? Зимин В.А., Мира 11-2\n"
)
ANSWER = "Стояк отрегулировали 20 ноября, замер показал 21 градус."


@pytest.fixture
def pages(bare: Desk, browser: Browser) -> Iterator[Pages]:
    """The pages over one answered letter and one that may repeat it, whose rule only proposes."""
    opened = Pages(bare, browser)
    yield opened
    opened.close()


def propose_a_repeat(desk: Desk) -> tuple[str, str]:
    """The numbers of the answered case and of the one that may repeat it."""
    first = desk.receive(FIRST).number or ""
    desk.client().post(f"/case/{first}/send", data={"text": ANSWER, "means": "answered"})
    desk.clock.go(timedelta(days=1).total_seconds())
    rules = load_checked_rules(0, load_files(Settings()))
    proposing = tuple(replace(rule, authority=RuleAuthority.PROPOSE) for rule in rules.rulebook.no_reply)
    raw = RawLetter(AGAIN.replace("\n", "\r\n").encode(), desk.clock())
    kept = desk.store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", raw.received_at)
    rules = replace(rules, rulebook=replace(rules.rulebook, no_reply=proposing))
    handle(desk.store, rules, kept.letter_id, desk.clock())
    case = next(one for one in desk.store.ask(summaries.cases, None, 10) if one.letter_id == kept.letter_id)
    assert case.state is CaseState.AWAITING_REVIEW
    return first, case.number or ""


def _top(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None, "not to be seen"
    return box["y"]


def test_both_letters_and_our_answer_stand_side_by_side_and_one_key_decides(pages: Pages) -> None:
    desk = pages.desk
    first, number = propose_a_repeat(desk)
    page = pages.enter()
    page.goto(f"{pages.url}/case/{number}")
    sides = page.locator(".sides > section")
    expect(sides).to_have_count(3)
    expect(sides.nth(0)).to_contain_text("Здравствуйте! Когда отрегулируете")
    expect(sides.nth(1)).to_contain_text(f"№ {first}")
    expect(sides.nth(2)).to_contain_text(ANSWER)
    assert sides.nth(0).locator("mark").count() == 0, "the same question in another order"
    assert sides.nth(1).locator("mark").all_inner_texts() == ["89194502218"]
    across = [_top(sides.nth(at)) for at in range(3)]
    assert len({round(top) for top in across}) == 1, "side by side"
    page.set_viewport_size({"width": 360, "height": 740})
    down = [_top(sides.nth(at)) for at in range(3)]
    assert down == sorted(set(down)), "one below the other on a phone"

    press_russian(page, "KeyY", "н")
    page.wait_for_url(lambda url: number not in url)
    assert desk.store.ask(summaries.case_of, number).state is CaseState.SILENCED
    told = desk.store.ask(events.events_of, desk.store.ask(summaries.case_of, number).id)[-1]
    assert (told.by, told.labels.clause) == ("operator", "2.2.email.4")
    press(page, "z")
    page.wait_for_url(f"**/case/{number}*")
    assert desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    expect(sides).to_have_count(3)

    press_russian(page, "KeyO", "щ")
    expect(sides).to_have_count(0)
    assert desk.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    assert (
        "ответ нужен"
        in desk.store.ask(events.events_of, desk.store.ask(summaries.case_of, number).id)[-1].why
    )
    press(page, "z")
    expect(sides).to_have_count(3)


def test_it_works_by_mouse_without_javascript(pages: Pages) -> None:
    desk = pages.desk
    _, number = propose_a_repeat(desk)
    page = pages.enter(java_script_enabled=False)
    page.goto(f"{pages.url}/case/{number}")
    page.get_by_role("button", name="Ответ нужен").click()
    assert page.locator(".sides").count() == 0
    page.get_by_role("button", name="Отменить").click()
    page.get_by_role("button", name="Ответ не положен, п. 2.2.email.4").click()
    assert desk.store.ask(summaries.case_of, number).state is CaseState.SILENCED


def test_an_answer_that_came_back_proposes_no_repeat_and_reopens_what_a_person_silenced(bare: Desk) -> None:
    first, number = propose_a_repeat(bare)
    client = bare.client()
    assert "Похоже на повторный вопрос" in client.get(f"/case/{number}").text
    client.post(f"/case/{number}/silence", data={"clause": "2.2.email.4", "sureness": "sure"})
    client.post(f"/case/{first}/take-back", data={})
    assert bare.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW, (
        "its answer counts no longer"
    )
    assert "Похоже на повторный вопрос" not in client.get(f"/case/{number}").text
