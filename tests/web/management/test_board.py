"""The manager's board: its numbers are those of the lists behind them, it keeps itself fresh, and is the manager's alone."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from mailbot.model import StaffRole
from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.services.desk.manager_board import Dashboard, board
from mailbot.store.cases.queue_filters import BOARD
from mailbot.store.database import leases
from mailbot.store.mail import mailbox_faults
from mailbot.transport.embedded import EmbeddedSmtp
from mailbot.web.management.board_pages import DUES, span
from tests.web.cases.test_queue import shown
from tests.web.conftest import NOW, Desk, Pages, press

ZONE = ZoneInfo("Asia/Yekaterinburg")
MANAGER = StaffRole.MANAGER


def now_at(desk: Desk) -> Dashboard:
    return board(desk.store, ZONE, desk.clock())


def heads(text: str) -> dict[str, int]:
    """The figures on top by their words."""
    found = re.findall(r'<b class="big">(?:<a[^>]*>)?([\d\xa0]+)(?:</a>)?</b> ([^<]+)</li>', text)
    return {words.strip(): int(number.replace("\xa0", "")) for number, words in found}


def linked(text: str) -> list[tuple[str, int]]:
    """(address of a list, the number that leads to it)."""
    found = re.findall(r'<a href="(/queue[^"]*)">([\d\xa0]+)</a>', text)
    return [(path.replace("&amp;", "&"), int(number.replace("\xa0", ""))) for path, number in found]


def listed(client: FlaskClient, path: str) -> int:
    """How many cases the list shows, over all its pages."""
    count, mark = 0, "&" if "?" in path else "?"
    for page in range(1, 9):
        found = len(shown(client, f"{path}{mark}page={page}"))
        count += found
        if found < 50:
            break
    return count


def test_the_figures_on_top_are_those_of_the_store(desk: Desk) -> None:
    told, found = heads(desk.client(MANAGER).get("/board").text), now_at(desk)
    assert told == {
        "аварии": found.waiting.emergencies,
        "просрочено": found.waiting.by_due[0],
        "срок в течение часа": found.waiting.by_due[1],
        "в очереди": found.waiting.total,
        "пришло сегодня": found.came,
        "отвечено сегодня по существу": found.answered,
    }
    assert told["аварии"] == 5
    assert told["в очереди"] > 40


def test_each_number_leads_to_as_many_letters(desk: Desk) -> None:
    desk.clock.go(26 * 3600)  # a day and two hours on: some deadlines have passed, others are near
    client = desk.client(MANAGER)
    links = linked(client.get("/board").text)
    assert {"/queue?due=overdue", "/queue?rank=0", "/queue?age=1"} <= {path for path, _ in links}
    for path, number in links:
        assert listed(client, path) == number, path


def test_what_came_today_is_listed_and_what_is_no_appeal_is_not_counted(desk: Desk) -> None:
    client = desk.client(MANAGER)
    links = dict(linked(client.get("/board").text))
    appeals = listed(client, "/queue?list=appeals")
    assert links["/queue?list=appeals&came=today"] == appeals > 70
    assert listed(client, "/queue?list=all") > appeals


def test_who_has_what_in_hand(desk: Desk) -> None:
    client = desk.client(MANAGER)
    first, second = shown(client, "/queue")[:2]
    for number in (first, second):
        client.post(f"/case/{number}/assign", data={"version": "0", "assignee": "operator"})
    load = next(one for one in now_at(desk).loads if one.login == "operator")
    assert (load.name, load.cases, load.oldest) == ("Сотрудник operator", 2, min(first, second))
    page = client.get("/board").text
    assert re.search(
        r'Сотрудник operator</td><td class="num"><a href="/queue\?assignee=operator">2</a>', page
    )
    assert now_at(desk).loads[-1].name == "автомат"


def test_a_machine_that_stands_still_is_told(desk: Desk, sink: EmbeddedSmtp) -> None:
    client = desk.client(MANAGER)
    assert "ящик ещё не забирали" in client.get("/board").text
    desk.store.do(
        leases.take_lease, "mailbox:8666@bk.ru", "mail1:7/collector", NOW + timedelta(minutes=1), NOW
    )
    page = client.get("/board").text
    assert "Почта 8666@bk.ru" in page
    assert "mail1:7/collector" in page
    assert 'Наши письма к отправке</th><td class="state"><b>внимание</b>' in page, (
        "they have waited for hours"
    )
    desk.deliver(sink)
    assert (
        'Наши письма к отправке</th><td class="state"><span class="good">в порядке</span>'
        in client.get("/board").text
    )
    desk.clock.go(120)
    assert "не забирается с 23.11 11:01" in client.get("/board").text


def test_a_folder_that_cannot_be_read_is_told_with_what_to_do(desk: Desk) -> None:
    fault = ("8666@bk.ru", MailboxDuty.COLLECTING, "Показания")
    desk.store.do(mailbox_faults.save_fault, *fault, "select failed <b>", NOW)
    page = desk.client(MANAGER).get("/board").text
    assert "Письма из папки «Показания» не забираются." in page
    assert "перечислите остальные в imap.folders" in page
    assert "select failed &lt;b&gt;" in page
    desk.store.do(mailbox_faults.clear_fault, *fault)
    assert "не забираются" not in desk.client(MANAGER).get("/board").text


def test_an_open_board_asks_for_the_board_alone(desk: Desk) -> None:
    part = desk.client(MANAGER).get("/board", headers={"HX-Request": "true"}).text
    assert part.startswith('<div id="board"')
    assert "<header" not in part


def test_an_empty_database_has_a_board(bare: Desk) -> None:
    page = bare.client(MANAGER).get("/board").text
    assert set(heads(page).values()) == {0}
    assert "Впереди ни одного срока." in page
    assert "Сегодня ещё ничего не пришло и никому не отвечено." in page


def test_an_operator_has_no_board_but_is_warned_in_the_queue(desk: Desk) -> None:
    client = desk.client()
    assert client.get("/board").status_code == 403
    assert 'href="/board"' not in client.get("/queue").text
    found = now_at(desk).waiting
    assert 'href="/queue?due=overdue">просрочено: 5</a>' in client.get("/queue").text
    assert found.by_due[0] == 5
    first = now_at(desk).clocks[0].respond_by
    assert first
    desk.clock.now = first - timedelta(minutes=90)
    client, found = desk.client(), now_at(desk).waiting
    assert found.by_due[2]
    assert (
        f'href="/queue?due=soon">скоро срок: {found.by_due[1] + found.by_due[2]}</a>'
        in client.get("/queue").text
    )
    assert 'class="pressing"' not in client.get("/queue?list=silenced").text


def test_a_queue_without_near_deadlines_warns_of_nothing(bare: Desk) -> None:
    assert 'class="pressing"' not in bare.client().get("/queue").text


@pytest.mark.parametrize(
    "query", ["due=x", "age=9", "age=-1", "age=%D9%A1", "rank=7", "came=x", "due=none&age=0&rank=2"]
)
def test_a_filter_that_nobody_would_write_breaks_nothing(desk: Desk, query: str) -> None:
    assert desk.client().get(f"/queue?{query}").status_code == 200


def test_every_deadline_group_of_the_board_has_words() -> None:
    assert all(DUES[due] for due in BOARD)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(59, "меньше минуты"), (60, "1 мин"), (-5400, "1 ч 30 мин"), (7200, "2 ч"), (90061, "1 дн. 1 ч")],
)
def test_time_left_in_words(seconds: int, words: str) -> None:
    assert span(timedelta(seconds=seconds)).replace("\xa0", " ") == words


@pytest.mark.browser
def test_the_board_updates_itself_and_leaves_the_reader_where_they_are(pages: Pages) -> None:
    page = pages.enter(MANAGER)
    press(page, "h")
    page.wait_for_url("**/board")
    expect(page.locator("h1")).to_have_text("Сейчас")
    press(page, "j")
    held = page.evaluate("document.activeElement.getAttribute('href')")
    assert held.startswith("/case/")
    pages.desk.clock.go(75)
    page.evaluate("htmx.ajax('GET', '/board', {target: '#board', swap: 'outerHTML'})")
    expect(page.locator("#board")).to_contain_text("на 11:01:15")
    assert page.evaluate("document.activeElement.getAttribute('href')") == held
    press(page, "Enter")
    page.wait_for_url("**/case/**")
    assert not pages.faults
