"""What a clerk reads on the pages is Russian, said once, and never cut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from mailbot.store.cases import summaries
from tests.web.cases.test_closing import QUESTION
from tests.web.cases.test_repeat_page import propose_a_repeat
from tests.web.conftest import Desk, Pages

ABUSE = (
    "From: k.serov@mail.ru\nSubject: холодно\n\n"
    "Сволочи, батареи ледяные, ребёнок болеет. Приду и убью вас всех. Серов К., Мира 9-4, 89194502218\n"
)
ROBOT = (
    "From: noreply@shop.example\nSubject: Подтверждение заказа\nAuto-Submitted: auto-generated\n"
    "Precedence: bulk\n\nВаш заказ принят.\n"
)


@pytest.mark.parametrize("width", [1366, 1400, 360])
@pytest.mark.browser
def test_the_number_of_a_case_is_never_cut_in_the_queue(bare: Desk, browser: Browser, width: int) -> None:
    bare.receive(QUESTION)
    bare.clock.go(timedelta(days=40).total_seconds())
    pages = Pages(bare, browser)
    try:
        page = pages.enter(viewport={"width": width, "height": 900})
        number = page.locator(".line .number")
        assert "26-" in number.inner_text()
        assert not page.locator(".line .when").evaluate("node => node.scrollWidth > node.clientWidth")
        inside, around = number.bounding_box(), page.locator(".line .when").bounding_box()
        assert inside is not None
        assert around is not None
        assert inside["x"] + inside["width"] <= around["x"] + around["width"] + 1
        assert "просрочено" in page.locator(".line .due").inner_text()
    finally:
        pages.close()


def test_kinds_of_abuse_are_named_in_russian(bare: Desk) -> None:
    case = bare.receive(ABUSE)
    shown = bare.client().get(f"/case/{case.number or case.id}").text
    assert "оскорбление" in shown
    assert "угроза" in shown
    assert not {"insult", "threat", "obscene"} & set(shown.replace(">", " ").replace("<", " ").split())


def test_no_rfc_stands_before_a_clerk_as_a_clause(bare: Desk) -> None:
    case = bare.receive(ROBOT)
    for page in (f"/case/{case.id}", "/queue?list=ignored"):
        shown = bare.client().get(page).text
        assert "п. RFC" not in shown
        assert "программам не отвечают" in shown


def test_what_is_compared_above_is_not_told_again_below(bare: Desk) -> None:
    _, number = propose_a_repeat(bare)
    shown = bare.client().get(f"/case/{number}").text
    why = shown.partition("Почему у вас")[2].partition("</div>")[0]
    assert "Похоже на повторный вопрос" in shown
    assert "письма и наш ответ рядом, выше" in why
    assert "искали:" not in why


def test_a_reason_that_decides_is_said_once(desk: Desk) -> None:
    client = desk.client()
    for case in desk.store.ask(summaries.cases, None, 200):
        if not case.doubts:
            continue
        shown = client.get(f"/case/{case.number or case.id}").text
        why = shown.partition('<div class="card reasons">')[2].partition("</div>")[0]
        assert why.count(str(_escaped(case.doubts[0]))) <= 1, case.doubts[0]


def _escaped(words: str) -> str:
    from markupsafe import escape

    return str(escape(words))


def test_before_the_day_begins_its_beginning_is_offered(bare: Desk) -> None:
    bare.clock.go(-timedelta(hours=1, minutes=40).total_seconds())  # 09:20 by the company's clock
    late = _offered(bare)
    assert not any("сегодня" in words for words in late)
    bare.clock.go(-timedelta(hours=5).total_seconds())  # 04:20
    early = _offered(bare)
    assert any("сегодня к началу дня: 23.11, 08:00" in words for words in early)


def _offered(desk: Desk) -> list[str]:
    case = desk.receive(QUESTION.replace("замена счётчика", f"замена счётчика {desk.clock.now:%H}"))
    shown = desk.client().get(f"/case/{case.number}").text
    waits = shown.partition('<select name="until">')[2].partition("</select>")[0]
    return waits.split("</option>")
