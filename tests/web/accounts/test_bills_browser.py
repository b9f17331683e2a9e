"""Bills in a real browser: sent again with and without JavaScript, for everybody, at any width."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from mailbot.model import SendOutcome, SendResult, StaffRole
from mailbot.store.bills import sending_status
from tests.material import flat, posted
from tests.web.accounts.test_account import HOSTILE, PAGE, hostile
from tests.web.accounts.test_bills import AGAIN, OWN, SPAM, again
from tests.web.conftest import NOW, Desk, Pages, press
from tests.web.test_accessibility import serious
from tests.web.test_hostile import loaded

pytestmark = pytest.mark.browser

PATHS = (PAGE, AGAIN, "/bills", "/bills?state=refused", "/bills?state=held", "/bills?month=2026-01")


def refused(desk: Desk, why: str = "550 5.1.1 no such user") -> None:
    """The bill was sent again, and refused; the one after that met a pause of its provider."""
    again(desk)
    posted.deliver(desk.store, NOW, {OWN: SendResult(SendOutcome.REFUSED, why)})


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_bill_is_sent_again_from_the_line_of_time(bill_pages: Pages, javascript: bool) -> None:
    page = bill_pages.enter(java_script_enabled=javascript)
    page.goto(bill_pages.url + PAGE)
    page.locator("#time").get_by_role("link", name="отправить ещё раз").click()
    expect(page.locator("main")).to_contain_text(f"Письмо уйдёт на адрес клиента из реестра: {OWN}.")
    page.get_by_role("button", name="Отправить ещё раз").click()
    expect(page.get_by_role("status")).to_contain_text(f"отправляется ещё раз на {OWN}")
    expect(page.locator("#bills tr", has_text="октябрь 2026")).to_contain_text("в очереди")
    assert len(bill_pages.desk.store.ask(sending_status.letters, flat.NUMBER, flat.LAST)) == 2


def test_a_manager_goes_from_the_glance_to_the_account(bill_pages: Pages) -> None:
    refused(bill_pages.desk)
    page = bill_pages.enter(StaffRole.MANAGER)
    page.get_by_role("link", name="Квитанции").click()
    row = page.get_by_role("row", name="Не приняты")
    expect(row).to_contain_text("1")
    row.get_by_role("link").click()
    page.wait_for_url("**state=refused")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url(f"**{PAGE}#bills")
    expect(page.locator("#bills")).to_contain_text("не принята")


def test_an_operator_is_not_shown_the_way_to_what_is_not_theirs(bill_pages: Pages) -> None:
    page = bill_pages.enter()
    expect(page.get_by_role("link", name="Счета")).to_be_visible()
    expect(page.get_by_role("link", name="Квитанции")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_pages_of_bills(
    bill_pages: Pages, theme: Literal["light", "dark"]
) -> None:
    refused(bill_pages.desk)
    again(bill_pages.desk)
    posted.deliver(bill_pages.desk.store, NOW, {OWN: SPAM}, most=1)
    page = bill_pages.enter(StaffRole.MANAGER, color_scheme=theme, bypass_csp=True)
    found = {}
    for path in PATHS:
        page.goto(bill_pages.url + path)
        if faults := serious(page):
            found[path] = faults
    assert not found


@pytest.mark.parametrize(("width", "height"), [(360, 740), (683, 425)], ids=["360 px", "200 % of 1366"])
def test_no_page_of_bills_runs_out_of_a_narrow_window(bill_pages: Pages, width: int, height: int) -> None:
    refused(bill_pages.desk, "550 " + "очень-длинное-слово-сервера-" * 9)
    page = bill_pages.enter(StaffRole.MANAGER, viewport={"width": width, "height": height})
    for path in PATHS:
        page.goto(bill_pages.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_script_in_a_servers_answer_runs_nowhere(bill_pages: Pages) -> None:
    refused(bill_pages.desk, HOSTILE)
    hostile(bill_pages.desk)
    page = bill_pages.enter(StaffRole.MANAGER)
    for path in PATHS:
        hosts, dialogs = loaded(page, bill_pages.url + path)
        assert not dialogs, path
        assert set(hosts) <= {"127.0.0.1"}, path
    assert not bill_pages.faults
