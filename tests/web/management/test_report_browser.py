"""From a figure of the report down to its letters in a real browser, with and without JavaScript, over the samples."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mailbot.model import StaffRole
from tests.web.conftest import Pages, press

pytestmark = pytest.mark.browser

WEEK = "2026-W48"
"""The week in which the samples came; it runs. Five emergencies of it have missed their deadlines by the morning."""


def opened(pages: Pages, period: str = WEEK, **context: object) -> Page:
    page = pages.enter(StaffRole.MANAGER, **context)
    page.goto(f"{pages.url}/report?period={period}")
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_figure_opens_down_to_its_letter(pages: Pages, javascript: bool) -> None:
    page = opened(pages, java_script_enabled=javascript)
    tile = page.locator(".heads li", has_text="просрочено").get_by_role("link")
    expect(tile).to_have_text("5")
    expect(page.locator("main")).to_contain_text(
        "По состоянию на 23.11.2026 11:00."
    )  # by the company's clock
    tile.click()
    expect(page.locator("h1")).to_have_text("Просрочено: 5")
    expect(page.locator("main")).to_contain_text("По состоянию на 23.11 11:00.")
    lines = page.locator(".line .open")
    expect(lines).to_have_count(5)
    for told in lines.all_inner_texts():
        assert "без ответа уже" in told
        assert "нарушен" in told
    subject = lines.first.locator(".subject").inner_text()
    lines.first.click()
    page.wait_for_url("**/case/26-*")
    expect(page.locator("main")).to_contain_text(subject)


def test_the_same_way_is_gone_with_keys(pages: Pages) -> None:
    page = pages.enter(StaffRole.MANAGER)
    press(page, "q")
    page.wait_for_url("**/report")
    press(page, "n")
    page.wait_for_url(f"**/report?period={WEEK}")
    page.locator(".heads li", has_text="просрочено").get_by_role("link").press("Enter")
    page.wait_for_url("**/report/cases**")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url("**/case/**")
    page.go_back()
    press(page, "b")
    page.wait_for_url(f"**/report?period={WEEK}")
    assert not pages.faults


def test_a_week_to_come_and_a_week_before_the_first_letter_are_told(pages: Pages) -> None:
    page = opened(pages, "2027-W20")
    expect(page.locator("main")).to_contain_text("Период ещё не начался")
    page.goto(pages.url + "/report?period=2019-W20")
    expect(page.locator("main")).to_contain_text("Сравнить не с чем: раньше писем не было.")
    assert not pages.faults
