"""The mail of a report: text and HTML say the same figures, charts are seen and told, links open the cases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from html import unescape

import pytest

from mailbot.composing import NoRecipient, compose_report, load_templates
from mailbot.composing.letters.report import XLSX
from mailbot.model import LetterPurpose, OutgoingLetter, RulebookError, SourceFile
from mailbot.model.letter.own_message_id import case_token_of, is_own_message_id
from mailbot.model.report.period import Period
from mailbot.model.report.report import CaseCount, Report
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.specimen.reports import empty_report, future_report, specimen_report
from mailbot.wording.report.tables.all_tables import build_headline, build_tables
from tests.composing.material import Room, mail_sources, package_rulebook
from tests.composing.reading import body, read

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ADDRESS = "https://mail.example"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x90\x00\x00\x01\x40 a picture as far as its size"
REPORTS = pytest.mark.parametrize(
    "report", [specimen_report(), empty_report(), future_report()], ids=["full", "empty", "future"]
)


def mailed(
    room: Room,
    report: Report | None = None,
    *,
    address: str = ADDRESS,
    to: str = "boss@mail.example",
    again: int = 0,
) -> OutgoingLetter:
    report = report or specimen_report()
    return compose_report(
        report,
        room.templates,
        to=to,
        charts=[(one.key, PNG + one.key.encode()) for one in build_charts(report)],
        pdf=b"%PDF",
        xlsx=b"PK",
        address=address,
        now=NOW,
        again=again,
    )


def seen(html: str) -> str:
    """The words of the HTML as they stand on the screen, single-spaced."""
    html = re.sub(r"<style>.*?</style>|<title>.*?</title>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u200b", "").split())


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_subject_says_whether_the_word_is_kept_and_how_many_wait(room: Room) -> None:
    assert mailed(room).subject == "Отчёт за неделю 47: отвечено в срок 94 %, без ответа 27"
    assert read(mailed(room))["Subject"] == mailed(room).subject


def test_the_subject_of_an_empty_week_says_so(room: Room) -> None:
    assert mailed(room, empty_report()).subject == "Отчёт за неделю 47: обращений не было"
    waiting = replace(empty_report().figures, unanswered=(CaseCount("age:4", "больше 30 дней", (7,)),))
    report = replace(empty_report(), figures=waiting)
    assert mailed(room, report).subject == "Отчёт за неделю 47: без ответа 1"


def test_a_month_and_a_quarter_have_their_names(room: Room) -> None:
    report = specimen_report()
    for written, name in (("2026-10", "октябрь 2026"), ("2026-Q4", "IV квартал 2026")):
        of = replace(report, figures=replace(report.figures, period=Period.read(written)))
        letter = mailed(room, of)
        assert letter.subject.startswith(f"Отчёт за {name}: отвечено")
        assert letter.text.startswith(f"Отчёт за {name}\n")
        assert f"{ADDRESS}/report?period={written}" in letter.text


@REPORTS
def test_text_and_html_hold_every_figure_of_every_table(room: Room, report: Report) -> None:
    message = read(mailed(room, report))
    html, text = seen(body(message, "html")), plain(body(message, "plain"))
    for one in build_headline(report):
        assert plain(f"{one.title} {one.figure.text} {one.note}") in html
        note = f" ({one.note})" if one.note else ""
        assert plain(f"{one.title}: {one.figure.text}{note}") in text
    for table in build_tables(report):
        assert table.title in html
        assert table.title.upper() in text
        for row in table.rows:
            labelled = [
                f"{column.title}: {cell.text}"
                for column, cell in zip(table.columns[1:], row[1:], strict=True)
            ]
            assert plain(f"- {row[0].text}. {'; '.join(labelled)}") in text
            side_by_side = plain(" ".join(cell.text for cell in row))
            stacked = plain(row[0].text + " " + " ; ".join(labelled))
            assert side_by_side in html or stacked.replace(": ", ": ") in html, (table.key, row[0].text)
    for sentence in report.sentences:
        assert plain(sentence) in html
        assert plain(sentence) in text


def test_a_mail_program_finds_text_html_charts_paper_and_workbook(room: Room) -> None:
    message = read(mailed(room))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        *["image/png"] * 4,
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    assert [part.get_filename() for part in message.iter_attachments()] == [
        "Отчёт за неделю 47, 16–22 ноября 2026.pdf",
        "Отчёт за неделю 47, 16–22 ноября 2026.xlsx",
    ]
    assert [part.get_content() for part in message.iter_attachments()] == [b"%PDF", b"PK"]
    assert not message.defects


def test_every_chart_is_shown_by_its_own_id_and_told_in_words(room: Room) -> None:
    message = read(mailed(room))
    html = unescape(body(message, "html"))
    shown = [part for part in message.walk() if part.get_content_type() == "image/png"]
    for one, part in zip(build_charts(specimen_report()), shown, strict=True):
        assert isinstance(part, EmailMessage)
        assert part.get_content() == PNG + one.key.encode()
        assert f'<img src="cid:{part["Content-ID"].strip("<>")}" width="328" alt="{one.alt}"' in html
    assert html.count("<img") == 4


def test_an_empty_week_has_no_picture_and_an_outlook_of_words(room: Room) -> None:
    message = read(mailed(room, empty_report()))
    assert "<img" not in body(message, "html")
    assert "Обращений не было." in body(message, "plain")


def test_a_week_to_come_says_that_it_is(room: Room) -> None:
    assert "Период ещё не начался: цифр пока нет." in mailed(room, future_report()).text


def test_a_figure_is_opened_down_to_its_letters(room: Room) -> None:
    html = unescape(body(read(mailed(room)), "html"))
    for link in (
        f'<a href="{ADDRESS}/report/cases?period=2026-W47&key=overdue">10</a>',
        f'<a href="{ADDRESS}/report/cases?period=2026-W47&key=topic%3Ano_heating">40</a>',
        f'<a href="{ADDRESS}/report/cases?period=2026-W47&key=place%3A%D1%83%D0%BB.%20%D0%9C%D0%B8%D1%80%D0%B0%7C5">7</a>',
        f'<a href="{ADDRESS}/report?period=2026-W47">',
    ):
        assert link in html


def test_without_an_address_of_the_pages_there_is_no_link(room: Room) -> None:
    message = read(mailed(room, address=""))
    assert "href" not in body(message, "html")
    assert "http" not in body(message, "plain")


def test_robots_are_told_that_nobody_asked(room: Room) -> None:
    message = read(mailed(room))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == "boss@mail.example"
    assert message["Date"].datetime.isoformat() == "2026-11-23T08:00:00+05:00"
    assert message["In-Reply-To"] is None


def test_the_same_report_to_the_same_reader_is_the_same_letter(room: Room) -> None:
    first = mailed(room)
    assert mailed(room) == first
    assert (first.purpose, first.template) == (LetterPurpose.REPORT, "report")
    earlier = replace(specimen_report().figures, period=Period.read("2026-W46"))
    others = (
        mailed(room, to="deputy@mail.example"),
        mailed(room, again=1),
        mailed(room, replace(specimen_report(), figures=earlier)),
    )
    assert len({one.message_id for one in (first, *others)}) == 4
    assert first.message_id.startswith("<mailbot.report.2026-w47.")
    assert is_own_message_id(first.message_id)
    assert case_token_of(first.message_id) is None


def test_every_line_is_short_and_ascii(room: Room) -> None:
    """But for the name of the workbook's type, which has no place to fold."""
    lines = mailed(room).content.split(b"\r\n")
    assert [one for one in lines if len(one) > 78] == [f"Content-Type: {XLSX};".encode()]
    assert all(one.isascii() for one in lines)


def test_no_mail_program_cuts_it(room: Room) -> None:
    """Some show the first hundred kilobytes of the HTML and a link to the rest."""
    html = body(read(mailed(room, address="https://appeals.company.example")), "html")
    assert len(html.encode()) < 100_000


def test_a_long_table_goes_on_in_the_workbook_and_says_so(room: Room) -> None:
    report = specimen_report()
    places = tuple(CaseCount(f"place:Мира|{at}", f"ул. Мира, {at}", (at,)) for at in range(1, 64))
    message = read(mailed(room, replace(report, figures=replace(report.figures, places=places))))
    for text in (seen(body(message, "html")), body(message, "plain")):
        assert "ул. Мира, 20" in text
        assert "ул. Мира, 21" not in text
        assert "Ещё 43 строки — в приложенной таблице." in text


def test_hostile_names_stay_words(room: Room) -> None:
    report = specimen_report()
    place = CaseCount('place:"><script>', "<script>alert(1)</script>\r\nBcc: x@y.z", (1,))
    report = replace(
        report,
        figures=replace(report.figures, places=(place,)),
        sentences=("<b>жирно</b>\r\nBcc: x@y.z", "{{ channels.mail }}", "три"),
    )
    message = read(mailed(room, report))
    html = body(message, "html")
    assert message["Bcc"] is None
    assert "<script>" not in html
    assert "&lt;b&gt;жирно&lt;/b&gt; Bcc: x@y.z" in html
    assert "{{ channels.mail }}" in html


def test_an_address_that_smtp_would_not_take_is_refused(room: Room) -> None:
    with pytest.raises(NoRecipient, match=r"rules/reports\.toml"):
        mailed(room, to="нет адреса")


def faults_of(name: str, text: str) -> tuple[str, ...]:
    files = {source.name: source for source in mail_sources()} | {name: SourceFile(name, text)}
    with pytest.raises(RulebookError) as caught:
        load_templates(tuple(files.values()), package_rulebook())
    return caught.value.faults


def test_a_fault_in_a_template_of_the_managers_stops_the_start() -> None:
    (fault,) = faults_of("templates/mail/report.txt", "{{ period }}\n{{ week }}")
    assert fault.startswith(
        "templates/mail/report.txt:2: неизвестная переменная «week»; есть такие: channels,"
    )
    (fault,) = faults_of("templates/mail/report.subject.txt", "Отчёт")
    assert fault == (
        "templates/mail/report.subject.txt:1: не сказано, за какой период отчёт; добавьте {{ period }}"
    )
    (fault,) = faults_of(
        "templates/mail/report.html", "{{ period }}\n{% for one in tables %}{{ one.rwos }}{% endfor %}"
    )
    assert fault.startswith("templates/mail/report.html:2: шаблон не собирается")
    (fault,) = faults_of("templates/mail/deadline_warning.txt", "{{ summary }}{{ passed[0].nmber }}")
    assert fault.startswith("templates/mail/deadline_warning.txt:1: шаблон не собирается")
