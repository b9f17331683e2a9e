"""Everybody can use it: axe-core finds no serious fault, at any width, zoom and theme."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from mailbot.model import StaffRole
from tests.web.conftest import Pages

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES = (
    "/queue", "/queue?list=silenced", "/queue?q=батареи&list=all", "/case/26-000028", "/case/26-000033",
    "/case/26-000028/receipt", "/case/26-000028/letter.html", "/office", "/survey", "/people", "/log", "/settings",
    "/settings/templates/snippets.toml", "/board", "/second-look", "/report?period=2026-W47", "/report/cases?period=2026-W47&key=overdue",
    "/nowhere",
)  # fmt: skip


def serious(page: Page) -> list[str]:
    """What axe finds that hinders people: rule, and the first element."""
    # evaluated by the debugger: the page's own policy lets no foreign script in
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_any_page(pages: Pages, theme: Literal["light", "dark"]) -> None:
    page = pages.enter(StaffRole.ADMINISTRATOR, color_scheme=theme, bypass_csp=True)
    found = {}
    for path in PAGES:
        page.goto(pages.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if faults := serious(page):
            found[path] = faults
    page.context.clear_cookies()
    page.goto(pages.url + "/login")
    if faults := serious(page):
        found["/login"] = faults
    assert not found


@pytest.mark.parametrize(("width", "height"), [(360, 740), (683, 425)], ids=["360 px", "200 % of 1366"])
def test_nothing_runs_out_of_a_narrow_window(pages: Pages, width: int, height: int) -> None:
    page = pages.enter(StaffRole.ADMINISTRATOR, viewport={"width": width, "height": height})
    for path in PAGES:
        page.goto(pages.url + path)
        page.evaluate("document.querySelectorAll('details:not(.me)').forEach(one => { one.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path


def test_a_case_is_finished_on_a_narrow_screen(pages: Pages) -> None:
    page = pages.enter(viewport={"width": 360, "height": 740})
    page.locator(".line .open").first.click()
    page.locator("#answer-text").fill("Приедем сегодня.")
    page.get_by_role("button", name="Ответить и закрыть").click()
    assert page.locator(".undo").is_visible()
