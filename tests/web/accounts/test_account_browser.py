"""The account's page in a real browser: by keyboard and without JavaScript, for everybody, at any width, on paper."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from mailbot.model import StaffRole
from mailbot.store.ledger import meter_readings
from tests.material import flat
from tests.web.accounts.test_account import BREAK, HEAT, HOSTILE, PAGE, hostile, newest
from tests.web.conftest import Desk, Pages, press
from tests.web.test_accessibility import serious
from tests.web.test_hostile import loaded

pytestmark = pytest.mark.browser


def paths(desk: Desk) -> tuple[str, ...]:
    """Every page of an account, a fault among them."""
    case = desk.receive("From: svetlana.k81@bk.ru\nSubject: счёт\n\nЗа что столько за октябрь? Каменева\n")
    return (
        PAGE, PAGE + "?until=2025-10", f"{PAGE}/reading/{newest(desk)}", "/accounts", "/accounts?q=702",
        "/accounts?q=никого", f"/case/{case.number}", "/account/нет",
    )  # fmt: skip


def standing(desk: Desk) -> list[str]:
    rows = desk.store.ask(meter_readings.standing, [flat.NUMBER])[flat.NUMBER]
    return [str(one.value) for one in rows if one.meter == HEAT]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_reading_is_corrected_and_stands_in_the_ledger_and_on_the_line(
    account_pages: Pages, javascript: bool
) -> None:
    desk = account_pages.desk
    page = account_pages.enter(java_script_enabled=javascript)
    page.get_by_role("link", name="Счета").click()
    page.get_by_role("searchbox", name="Счёт, фамилия или адрес").fill("каменева")
    page.get_by_role("button", name="Найти").click()
    page.get_by_role("link", name=flat.NUMBER).click()
    page.get_by_role("link", name=f"Исправить показание {HEAT} за октябрь 2026").click()
    page.get_by_label("Верное показание").fill("73,4")
    page.get_by_label("Причина").fill("перечитали по фото")
    page.get_by_role("button", name="Исправить", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("исправление войдёт в следующий расчёт")
    line = page.locator("#time li").first
    expect(line).to_contain_text("Показание исправлено")
    expect(line).to_contain_text("перечитали по фото")
    expect(page.locator("tr.gone s", has_text="73,6")).to_be_visible()
    assert standing(desk)[-1] == "73.4"


def test_a_doubtful_reading_is_entered_by_keyboard_alone(account_pages: Pages) -> None:
    page = account_pages.enter()
    page.goto(account_pages.url + PAGE)
    press(page, "r")
    expect(page.locator("[name=serial]")).to_be_focused()
    page.locator("[name=serial]").select_option(HEAT)
    page.locator("[name=value]").fill("70")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_contain_text("меньше предыдущего")
    page.get_by_label("Почему показание верно").fill("счётчик меняли")
    page.get_by_role("button", name="Всё равно принять").focus()
    press(page, "Enter")
    expect(page.locator(".done")).to_contain_text("Показание принято за ноябрь 2026")
    assert standing(account_pages.desk)[-1] == "70"


@pytest.mark.parametrize(("key", "field"), [("p", "amount"), ("o", "ground"), ("з", "amount")])
def test_each_form_has_its_key(account_pages: Pages, key: str, field: str) -> None:
    page = account_pages.enter()
    page.goto(account_pages.url + PAGE)
    code = {"p": "KeyP", "o": "KeyO", "з": "KeyP"}[key]
    page.evaluate(
        "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))",
        [key, code],
    )
    expect(page.locator(f"[name={field}]")).to_be_focused()


def test_the_keys_of_the_page_are_listed_and_lead_where_they_say(account_pages: Pages) -> None:
    page = account_pages.enter()
    press(page, "u")
    page.wait_for_url("**/accounts")
    page.locator("#search-here").fill("каменева")
    press(page, "Enter")
    page.wait_for_url("**/accounts?q=*")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url("**" + PAGE)
    press(page, "?")
    expect(page.locator("#keys")).to_contain_text("внести показание")
    press(page, "Escape")
    press(page, "n")
    page.wait_for_url("**until=2025-10")
    press(page, "b")
    page.wait_for_url("**/accounts")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_accounts_pages(
    account_pages: Pages, theme: Literal["light", "dark"]
) -> None:
    page = account_pages.enter(StaffRole.MANAGER, color_scheme=theme, bypass_csp=True)
    found = {}
    account_pages.desk.client().post(f"{PAGE}/grounds", data=BREAK)
    for path in paths(account_pages.desk):
        page.goto(account_pages.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if faults := serious(page):
            found[path] = faults
    assert not found


@pytest.mark.parametrize(("width", "height"), [(360, 740), (683, 425)], ids=["360 px", "200 % of 1366"])
def test_no_accounts_page_runs_out_of_a_narrow_window(account_pages: Pages, width: int, height: int) -> None:
    page = account_pages.enter(StaffRole.MANAGER, viewport={"width": width, "height": height})
    account_pages.desk.client().post(f"{PAGE}/grounds", data=BREAK)
    for path in paths(account_pages.desk):
        page.goto(account_pages.url + path)
        page.evaluate("document.querySelectorAll('details:not(.me)').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_script_in_every_field_of_an_account_runs_nowhere(account_pages: Pages) -> None:
    desk = account_pages.desk
    hostile(desk)
    page = account_pages.enter(StaffRole.MANAGER)
    for path in (PAGE, f"{PAGE}/reading/{newest(desk)}", "/accounts?q=702", "/accounts?q=" + HOSTILE):
        hosts, dialogs = loaded(page, account_pages.url + path)
        assert not dialogs, path
        assert set(hosts) <= {"127.0.0.1"}, path
    assert not account_pages.faults


def test_the_chart_prints_in_black_and_hatched(account_pages: Pages) -> None:
    page = account_pages.enter()
    page.goto(account_pages.url + PAGE)
    page.emulate_media(media="print")
    fills = page.evaluate(
        "Array.from(document.querySelectorAll('.chart rect.measured')).map(one => getComputedStyle(one).fill)"
    )
    assert set(fills) == {"rgb(0, 0, 0)"}
    assert (
        page.locator(".chart rect.estimated")
        .first.evaluate("one => getComputedStyle(one).fill")
        .startswith("url(")
    )
    assert not page.locator(".acts").first.is_visible()
