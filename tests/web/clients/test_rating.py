"""Rate an answer from its mail: a person's one click counts, a program's look does not, no login, nobody else's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from mailbot.command_setup import load_files
from mailbot.config import Settings, WebSection, resource_folder
from mailbot.model import RawLetter, StaffRole
from mailbot.model.report.survey import CaseRating
from mailbot.parsing import read_envelope
from mailbot.services.client_links.answer_rating import RateLinks
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.letters.handle import handle
from mailbot.signed_links import secret
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.store.schema.reports_and_surveys import survey_response
from mailbot.store.surveys import invitations, responses
from mailbot.web import create_app
from tests.web.conftest import NOW, Clock, Desk, Pages
from tests.web.test_accessibility import serious

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ADDRESS = "https://cabinet.example"
OFFICE = (
    "From: Мария <anna@mail.example>\nSubject: офис\n\nПодскажите, пожалуйста, часы работы офиса и адрес.\n"
    "Иванова Мария, ул. Мира 5-12, 89194502218\n"
)
NUMBER = "26-000001"


class Answered(Desk):
    """A desk with one question, answered by the machine in a mail that asks to rate it."""

    @cached_property
    def outside(self) -> Flask:
        """The pages as strangers reach them, signed with the secret of the data directory, as the daemon's are."""
        return create_app(self.settings, self.store, self.clock, secret(self.settings))


@pytest.fixture(scope="module")
def asking(signed_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with that letter answered."""
    folder = tmp_path_factory.mktemp("asking")
    shutil.copy(signed_up, folder / "mailbot.db")
    settings = Settings(data_dir=folder, web=WebSection(address=ADDRESS))
    store = Store(settings.database, resource_folder("db"))
    rules = replace(
        load_checked_rules(0, load_files(settings)), rate_links=RateLinks(secret(settings), ADDRESS)
    )
    raw = RawLetter(OFFICE.replace("\n", "\r\n").encode(), NOW)
    kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", NOW)
    handle(store, rules, kept.letter_id, NOW)
    store.close()
    return folder


@pytest.fixture
def answered(asking: Path, tmp_path: Path) -> Iterator[Answered]:
    folder = tmp_path / "asking"
    shutil.copytree(asking, folder)
    settings = Settings(data_dir=folder, web=WebSection(address=ADDRESS))
    store = Store(settings.database, resource_folder("db"))
    yield Answered(settings, store, Clock())
    store.close()


def links(desk: Desk) -> RateLinks:
    return RateLinks(secret(desk.settings), ADDRESS)


def client(desk: Answered) -> FlaskClient:
    """A stranger's browser; form tokens are asked for wherever they are asked for in life."""
    return desk.outside.test_client()


def path(desk: Desk, number: str = NUMBER) -> str:
    return f"/rate/{links(desk).token(number)}"


def rows(desk: Desk) -> int:
    return len(desk.store.ask(lambda connection: connection.execute(select(survey_response)).all()))


def rating(desk: Desk) -> CaseRating | None:
    return desk.store.ask(responses.rating_of, desk.store.ask(summaries.case_of, NUMBER).id)


def test_looking_at_the_links_records_nothing_and_leaves_no_cookie(answered: Answered) -> None:
    """Mail providers' programs open every link of a letter."""
    for score in (*range(1, 6), "", "6", "-1", "4'", "٤"):
        page = client(answered).get(path(answered), query_string={"score": score})
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers
    assert client(answered).get(f"{path(answered)}/stop").status_code == 200
    assert rows(answered) == 0
    assert answered.store.ask(invitations.refusals) == ()


def test_the_clicked_score_is_chosen_and_a_button_waits_where_no_script_runs(answered: Answered) -> None:
    page = client(answered).get(path(answered) + "?score=4").text
    assert re.search(r'value="4" required checked', page)
    assert "data-post" in page
    assert "<button" in page
    assert "data-post" not in client(answered).get(path(answered)).text, (
        "without a score nothing posts itself"
    )


def test_a_rating_needs_no_login_and_can_be_changed(answered: Answered) -> None:
    browser = client(answered)
    thanks = browser.post(path(answered), data={"score": "4"}, follow_redirects=True)
    assert thanks.status_code == 200
    assert "Спасибо за оценку!" in thanks.text
    assert "4 из 5" in thanks.text
    assert "Set-Cookie" not in thanks.headers
    browser.post(path(answered), data={"score": "4"})
    assert rows(answered) == 1, "the same twice is one"
    browser.post(path(answered), data={"score": "5", "words": "Спасибо, быстро"})
    found = rating(answered)
    assert found is not None
    assert (found.score, found.words) == (5, "Спасибо, быстро")


@pytest.mark.parametrize("score", ["", "0", "6", "-1", "abc", "99999"])
def test_a_score_that_is_none_is_told_and_the_words_come_back(answered: Answered, score: str) -> None:
    page = client(answered).post(path(answered), data={"score": score, "words": "Очень жаль"})
    assert page.status_code == 409
    assert 'role="alert"' in page.text
    assert "Очень жаль" in page.text
    assert rows(answered) == 0


def test_a_word_too_long_comes_back_to_be_shortened(answered: Answered) -> None:
    page = client(answered).post(path(answered), data={"score": "3", "words": "ж" * 1001})
    assert page.status_code == 409
    assert "длиннее 1000 знаков" in page.text
    assert "ж" * 1001 in page.text
    assert rows(answered) == 0


def test_a_link_of_another_making_is_no_link(answered: Answered) -> None:
    forged = f"/rate/{RateLinks('x' * 40, ADDRESS).token(NUMBER)}"
    nobody_asked = path(answered, "26-000777")
    for wrong in (
        forged,
        path(answered)[:-1],
        "/rate/x",
        "/rate/.",
        f"/rate/{NUMBER}.",
        nobody_asked,
        "/rate/я.я",
    ):
        for page in (wrong, f"{wrong}/stop"):
            assert client(answered).get(page).status_code == 404, page
            assert client(answered).post(page, data={"score": "1"}).status_code == 404, page
    assert rows(answered) == 0


def test_one_post_ends_such_questions(answered: Answered) -> None:
    page = client(answered).post(f"{path(answered)}/stop")
    assert "Больше не спросим" in page.text
    assert [email for email, _ in answered.store.ask(invitations.refusals)] == ["anna@mail.example"]


def test_words_with_a_poor_rating_are_registered_and_the_client_is_told_the_number(
    answered: Answered,
) -> None:
    said = {"score": "1", "words": "Не ответили на вопрос о субботе"}
    page = client(answered).post(path(answered), data=said, follow_redirects=True)
    assert "№ 26-000002" in page.text
    shown = re.sub(r"</?mark[^>]*>", "", answered.client().get("/case/26-000002").text)
    assert "Не ответили на вопрос о субботе" in shown
    assert f"продолжает № {NUMBER}" in shown
    again = client(answered).post(path(answered), data=said, follow_redirects=True)
    assert "26-000002" not in again.text
    assert len(answered.store.ask(summaries.cases, None, 10)) == 2


def test_hostile_words_are_shown_as_words(answered: Answered) -> None:
    words = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}'
    thanks = client(answered).post(path(answered), data={"score": "4", "words": words}, follow_redirects=True)
    case = answered.client().get(f"/case/{NUMBER}")
    for page in (thanks, case):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
        assert "{{ 7*7 }}" in page.text


def test_the_case_shows_that_it_was_asked_and_how_it_was_rated(answered: Answered) -> None:
    assert "оценки пока нет" in answered.client().get(f"/case/{NUMBER}").text
    client(answered).post(path(answered), data={"score": "2"})
    shown = answered.client().get(f"/case/{NUMBER}").text
    assert "2 из 5" in shown
    assert len(answered.store.ask(summaries.cases, None, 10)) == 1, "a poor rating without words only shows"


@pytest.fixture
def rated_pages(answered: Answered, browser: Browser) -> Iterator[Pages]:
    opened = Pages(answered, browser)
    yield opened
    opened.close()


def mail(pages: Pages, width: int, scheme: str) -> Page:
    """The HTML of the mail that left, its links led to the test's own server."""
    query = select(outbox.c.content).limit(1)
    content = pages.desk.store.ask(lambda connection: connection.execute(query).scalar_one())
    html = BytesParser(policy=policy.default).parsebytes(content).get_body(("html",))
    assert html is not None
    context = pages._browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: pages.faults.append(str(error)))
    page.on("console", lambda said: pages.faults.append(said.text) if said.type == "error" else None)
    page.set_content(html.get_content().replace(ADDRESS, pages.url))
    return page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_click_on_four_in_the_mail_is_a_rating_of_four(rated_pages: Pages, scheme: str) -> None:
    page = mail(rated_pages, 360, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="4", exact=True).click()
    page.get_by_role("heading", name="Спасибо за оценку!").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = rating(rated_pages.desk)
    assert found is not None
    assert found.score == 4
    page.get_by_label("Что было хорошо или плохо").fill("Быстро и понятно")
    page.get_by_role("radio", name="5").check()
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("5 из 5").wait_for()
    page.go_back()
    page.go_back()
    page.wait_for_load_state()
    found = rating(rated_pages.desk)
    assert found is not None
    assert (found.score, found.words) == (5, "Быстро и понятно"), "«back» rates nothing anew"
    assert rated_pages.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_pages_of_a_rating(rated_pages: Pages, scheme: str) -> None:
    context = rated_pages._browser.new_context(
        viewport={"width": 360, "height": 640},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    page, first = context.new_page(), f"{rated_pages.url}{path(rated_pages.desk)}"
    for address in (first, f"{first}/stop", f"{first}?score=3"):
        page.goto(address)
        page.locator("h1").wait_for()
        assert serious(page) == [], address
    page.get_by_role("heading", name="Спасибо за оценку!").wait_for()
    assert serious(page) == []
    boxes = {round(one.bounding_box()["y"]) for one in page.locator(".scale label").all()}  # type: ignore[index]
    assert len(boxes) == 1, "five scores stand in one line on a telephone"


@pytest.mark.browser
def test_without_script_the_button_does_it(rated_pages: Pages) -> None:
    context = rated_pages._browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{rated_pages.url}{path(rated_pages.desk)}?score=2")
    assert rows(rated_pages.desk) == 0
    page.get_by_role("button", name="Оценить").click()
    page.get_by_role("heading", name="Спасибо за оценку!").wait_for()
    assert rows(rated_pages.desk) == 1


def test_an_operator_does_not_rate_in_a_clients_stead(answered: Answered) -> None:
    """What staff see of the letter has no links in it."""
    shown = answered.client(StaffRole.ADMINISTRATOR).get(f"/case/{NUMBER}").text
    assert "/rate/" not in shown
