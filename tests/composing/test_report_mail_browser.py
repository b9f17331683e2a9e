"""The managers' mails as a telephone and a computer show them, light and dark: nothing is cut, all of it is legible."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from mailbot.composing import compose_report, compose_warning
from mailbot.config import load_sources
from mailbot.documents import load_documents, report_charts
from mailbot.model import OutgoingLetter
from mailbot.model.case.due_case import DueCase
from mailbot.model.report.report import CaseCount, Report
from mailbot.wording.report.specimen.reports import empty_report, specimen_report
from tests.composing.material import Room
from tests.composing.reading import body, read
from tests.conftest import missing

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
WIDTHS = pytest.mark.parametrize("width", [360, 800])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

DIM = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map((of) => {
      const part = of / 255; return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const probe = document.createElement('div'); probe.style.background = 'Canvas'; document.body.append(probe);
  const ground = light(getComputedStyle(probe).backgroundColor); probe.remove();
  const found = [];
  for (const one of document.querySelectorAll('p, td, th, a, b, span')) {
    const style = getComputedStyle(one); const ink = light(style.color);
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    const shown = one.innerText.trim();
    if (shown && (contrast < 4.5 || parseFloat(style.fontSize) < 14)) found.push(shown.slice(0, 40)); }
  return found; }"""
"""What is too dim against the ground (WCAG 1.4.3) or smaller than 14 pixels."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        missing("chromium")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def long_named() -> Report:
    """Topics and houses of words that no screen is wide enough for."""
    report = specimen_report()
    topics = tuple(
        replace(one, title="Верхнеуральскозаводскокамскоречная" * 3) for one in report.figures.by_topic
    )
    places = (
        CaseCount(
            "place:a|b", "ул. Верхнеуральскозаводскокамскоречная, д. 105/2, корп. 3", tuple(range(12345))
        ),
    )
    return replace(report, figures=replace(report.figures, by_topic=topics, places=places))


def letter_of(room: Room, report: Report) -> OutgoingLetter:
    drawn = report_charts(report, load_documents(load_sources("templates"), lambda _: None))
    return compose_report(
        report,
        room.templates,
        to="boss@mail.example",
        charts=drawn,
        pdf=b"%PDF",
        xlsx=b"PK",
        address="https://mail.example",
        now=NOW,
    )


def warning_of(room: Room) -> OutgoingLetter:
    late = DueCase(
        "26-000123", "Нет отопления", NOW - timedelta(days=4), NOW - timedelta(hours=3), "Анна Зуева", True
    )
    near = replace(
        late,
        number="26-" + "0" * 60,
        topic="",
        respond_by=NOW + timedelta(hours=2),
        assignee="",
        passed=False,
    )
    return compose_warning((late, near), room.templates, to="boss@mail.example", address="", now=NOW)


def opened(browser: Browser, letter: OutgoingLetter, width: int, scheme: str) -> Page:
    message = read(letter)
    html = body(message, "html")
    for part in message.walk():
        if part.get_content_type() == "image/png":
            shown = b64encode(part.get_payload(decode=True)).decode()  # type: ignore[arg-type]
            html = html.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{shown}")
    page = browser.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(html)
    return page


@pytest.mark.browser
@WIDTHS
@SCHEMES
def test_the_report_is_whole_and_legible(room: Room, browser: Browser, width: int, scheme: str) -> None:
    page = opened(browser, letter_of(room, specimen_report()), width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(DIM) == []
    pictures = "[...document.images].map((one) => [one.complete && one.naturalWidth, one.clientWidth])"
    assert page.evaluate(pictures) == [[656, 328]] * 4, "sharp, and as wide as a telephone"
    page.close()


@pytest.mark.browser
@WIDTHS
@pytest.mark.parametrize("report", [long_named(), empty_report()], ids=["long names", "empty"])
def test_neither_long_names_nor_an_empty_week_break_it(
    room: Room, browser: Browser, width: int, report: Report
) -> None:
    page = opened(browser, letter_of(room, report), width, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
@WIDTHS
@SCHEMES
def test_a_warning_is_whole_and_legible(room: Room, browser: Browser, width: int, scheme: str) -> None:
    page = opened(browser, warning_of(room), width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(DIM) == []
    page.close()


@pytest.mark.browser
def test_a_wide_table_is_one_on_a_computer_and_is_read_along_on_a_telephone(
    room: Room, browser: Browser
) -> None:
    letter = letter_of(room, specimen_report())
    shown = """() => [...document.querySelectorAll('table.wide')].map((one) => [
        one.querySelector('th').offsetHeight > 0, one.querySelector('.label').offsetHeight > 0,
        getComputedStyle(one.querySelector('td.name')).textAlign === 'right'])"""
    for width, expected in ((800, [True, False, False]), (360, [False, True, False])):
        page = opened(browser, letter, width, "light")
        found = page.evaluate(shown)
        assert found
        assert all(one == expected for one in found)
        page.close()
