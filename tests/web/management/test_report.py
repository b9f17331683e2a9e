"""The report's page: the same figures as the report, each opened down to its letters; addresses nobody would write."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from io import BytesIO
from urllib.parse import parse_qs, quote, urlsplit

from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from mailbot.model import StaffRole
from mailbot.model.report.period import Period
from mailbot.model.report.report import Report
from mailbot.services.reporting.figures_cache import ReportCache
from mailbot.web.management.report_chart import build_drawing
from mailbot.web.request_context import EXTENSION
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.specimen.reports import specimen_report
from mailbot.wording.report.tables.all_tables import build_headline, build_tables
from tests.web.conftest import PASSWORD, Desk

MANAGER = StaffRole.MANAGER
W47 = Period.read("2026-W47")


def specimen_client(desk: Desk) -> tuple[FlaskClient, Report]:
    """Pages whose every period has the specimen's figures, and the report that they show."""
    app = desk.app
    shelf = ReportCache(lambda *_: specimen_report().figures)
    app.extensions[EXTENSION] = place = replace(app.extensions[EXTENSION], shelf=shelf)
    client = app.test_client()
    client.post("/login", data={"login": "manager", "password": PASSWORD})
    return client, shelf.report(desk.store, place.rules.current(), W47, desk.clock())


def plain(markup: str) -> str:
    """The text of some markup, blanks as they are seen."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def shown_tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of each table of the page, head first, by the table's key."""
    found = {}
    for key, body in re.findall(r'<section class="card[^"]*" id="(\w+)">(.*?)</section>', page, re.S):
        rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
        found[key] = [
            [plain(one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in rows
        ]
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_table_of_the_report_stands_on_the_page_figure_by_figure(bare: Desk) -> None:
    client, report = specimen_client(bare)
    page = shown_tables(client.get("/report?period=2026-W47").text)
    assert list(page) == [one.key for one in build_tables(report)]
    for one in build_tables(report):
        head, *rows = page[one.key]
        assert head == [column.title for column in one.columns]
        assert rows == [[words(cell.text) for cell in row] for row in one.rows], one.key


def test_sentences_top_figures_and_charts_stand_on_the_page(bare: Desk) -> None:
    client, report = specimen_client(bare)
    page = client.get("/report?period=2026-W47").text
    text = plain(page)
    for said in (*report.sentences, *(f"{one.title} {one.figure.text}" for one in build_headline(report))):
        assert words(said) in text
    for chart in build_charts(report):
        for panel in chart.panels:
            for series in panel.series:
                assert all(words(figure) in text for figure in series.figures), panel.title
    assert "ГК РФ, ст. 191" in text, "the legend tells how it is reckoned, with the law"


def test_each_figure_with_a_key_is_a_link_to_its_cases(bare: Desk) -> None:
    client, report = specimen_client(bare)
    page = html.unescape(client.get("/report?period=2026-W47").text)
    links = [parse_qs(urlsplit(one).query) for one in re.findall(r'href="(/report/cases[^"]*)"', page)]
    keys = {cell.key for one in build_tables(report) for row in one.rows for cell in row if cell.key}
    assert {one["key"][0] for one in links} == keys
    assert {one["period"][0] for one in links} == {"2026-W47"}
    assert "place:ул. Мира|9А" in keys


def test_columns_are_as_high_as_their_figures() -> None:
    trend = build_charts(specimen_report())[0].panels[0]
    drawn = build_drawing(trend)
    came = [one for one in drawn.bars if one.look == "hollow"]
    assert [one.figure for one in came] == list(trend.series[0].figures)
    highest = max(came, key=lambda one: int(one.figure))
    assert highest.height == max(one.height for one in drawn.bars) == 120
    assert all(one.top + one.height == drawn.ground for one in drawn.bars)
    assert len(drawn.line.split()) == len(trend.labels) == 13


PERIODS = (
    "2026-W54", "2026-13", "2026-Q5", "47", "x" * 5000, "<script>alert(1)</script>", "0002-01", "9998-Q4", "٢٠٢٦-10",
)  # fmt: skip
KEYS = (
    "", "nothing", "topic", "age:99", "place:<script>|1", "'; DROP TABLE case_; --", "k" * 9000, "\0", "operator:",
)  # fmt: skip


def test_a_period_that_is_none_is_told_politely(bare: Desk) -> None:
    client = bare.client(MANAGER)
    for period in PERIODS:
        for path in ("/report", "/report/cases", "/report/file.pdf"):
            answer = client.get(path, query_string={"period": period, "key": "overdue"})
            assert answer.status_code == 400, (path, period)
            assert "2026-W47" in answer.text
            assert "<script>alert" not in answer.text


def test_a_figure_that_is_none_is_told_politely(bare: Desk) -> None:
    client = bare.client(MANAGER)
    for key in KEYS:
        answer = client.get("/report/cases", query_string={"period": "2026-W47", "key": key})
        assert answer.status_code == 404, key
        assert "Такой цифры в отчёте нет" in answer.text


def test_an_operator_has_no_report(desk: Desk) -> None:
    client = desk.client()
    for path in ("/report", "/report/cases?key=operator:anna", "/report/file.pdf", "/report/file.xlsx"):
        assert client.get(path).status_code == 403
    assert 'href="/report"' not in client.get("/queue").text


def test_there_are_two_files_and_no_other(bare: Desk) -> None:
    client, _ = specimen_client(bare)
    paper = client.get("/report/file.pdf?period=2026-W47")
    assert paper.data.startswith(b"%PDF")
    assert quote("Отчёт 2026-W47.pdf") in paper.headers["Content-Disposition"]
    assert "default-src 'none'" in paper.headers["Content-Security-Policy"]
    book = client.get("/report/file.xlsx?period=2026-W47")
    assert book.data.startswith(b"PK")
    assert book.headers["Content-Disposition"].startswith("attachment")
    assert client.get("/report/file.exe?period=2026-W47").status_code == 404


def test_the_way_leads_from_period_to_period(bare: Desk) -> None:
    client, _ = specimen_client(bare)
    page = client.get("/report").text
    assert "Отчёт за неделю 47" in page, "on Monday the last week is read"
    for period in ("2026-W46", "2026-W48", "2026-11", "2026-Q4"):
        assert f'href="/report?period={period}"' in page
    assert 'href="/report?period=2026-W49"' in client.get("/report?period=2026-11").text, (
        "a month's last week"
    )


def test_the_table_has_a_row_for_each_case_as_the_mails_has(desk: Desk) -> None:
    book = desk.client(MANAGER).get("/report/file.xlsx?period=2026-W48").data
    sheets = CalamineWorkbook.from_filelike(BytesIO(book))
    rows = sheets.get_sheet_by_name("Обращения").to_python()
    place = desk.app.extensions[EXTENSION]
    report = place.shelf.report(desk.store, place.rules.current(), Period.read("2026-W48"), desk.clock())
    assert len(rows) - 1 == report.figures.received.count > 70


def test_every_number_of_the_page_is_that_of_the_list_behind_it(desk: Desk) -> None:
    client = desk.client(MANAGER)
    page = client.get("/report?period=2026-W48").text
    links = set(re.findall(r'<td class="num"><a href="(/report/cases[^"]*)">(\d+)</a></td>', page))
    assert len(links) > 60
    for path, number in sorted(links):
        if "key=refused" in path:
            continue  # it counts readings, the list behind it the letters that they came in
        listed = client.get(html.unescape(path)).text
        assert re.search(rf"<h1>[^<]*: {number}</h1>", listed), path
        assert listed.count('<a class="open"') == min(int(number), 50), path
