"""The report on paper holds every figure of its tables and charts; nothing is cut, whatever a topic is called."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from mailbot.config import load_sources
from mailbot.documents import load_documents, render_report, report_charts
from mailbot.model import RulebookError, SourceFile
from mailbot.model.letter.time_limit import DayKind
from mailbot.model.report.report import CaseCount, Report
from mailbot.model.rules.rulebook import DeadlineRule
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.legend import build_legend
from mailbot.wording.report.specimen.reports import empty_report, future_report, specimen_report
from mailbot.wording.report.tables.all_tables import build_headline, build_tables
from tests.documents.paper_reading import words

DEADLINES = (DeadlineRule("complaint", 3, DayKind.WORKING, "ПП РФ № 354, п. 31 «к»"),)
SHIPPED = load_sources("templates")


def bare(text: str) -> str:
    """Without blanks and without the hyphens that words are parted with."""
    return "".join(text.split()).replace("-", "").replace("\u200b", "")


@pytest.mark.parametrize(
    "report", [specimen_report(), empty_report(), future_report()], ids=["full", "empty", "future"]
)
def test_every_row_of_every_table_stands_on_the_paper(report: Report, rules: ActiveRules) -> None:
    text = bare(words(render_report(report, rules.documents)))
    for one in build_tables(report):
        for row in one.rows:
            assert bare(" ".join(cell.text for cell in row)) in text, (one.key, row[0].text)
    for figure in build_headline(report):
        assert bare(f"{figure.title}{figure.figure.text}{figure.note}") in text
    assert all(bare(one) in text for one in report.sentences)


def test_a_chart_on_paper_is_text_too(rules: ActiveRules) -> None:
    text = words(render_report(specimen_report(), rules.documents))
    for one in build_charts(specimen_report()):
        for panel in one.panels:
            assert panel.title in text
            for series in panel.series:
                assert all(
                    bare(figure) in bare(text)
                    for figure, length in zip(series.figures, series.lengths, strict=True)
                    if length
                )
    assert "пришло 96 104 131 187 243 262 231 224 209 215 203 207 230" in text


def test_the_legend_tells_how_each_figure_is_reckoned_and_whose_deadlines_they_are(
    rules: ActiveRules,
) -> None:
    text = bare(words(render_report(specimen_report(), rules.documents, DEADLINES)))
    for term, told in build_legend(DEADLINES):
        assert bare(f"{term}. {told}") in text, term
    assert bare("жалоба — 3 рабочих дня, ПП РФ № 354, п. 31 «к»") in text


def test_title_language_pages_and_tags_are_set(rules: ActiveRules) -> None:
    pdf = render_report(specimen_report(), rules.documents, company="ООО «Пример»")
    read = pypdfium2.PdfDocument(pdf)
    assert read.get_metadata_value("Title") == "Отчёт за неделю 47, 16–22 ноября 2026"
    assert b"/Lang (ru-RU)" in pdf or b"/Lang(ru-RU)" in pdf
    assert b"/MarkInfo" in pdf, "tagged: a screen reader can read it out"
    assert f"стр. 2 из {len(read)}" in words(pdf)
    assert "ООО «Пример». Отчёт за неделю 47" in words(pdf)


def test_the_same_report_gives_the_same_bytes(rules: ActiveRules) -> None:
    first = render_report(specimen_report(), rules.documents)
    assert render_report(specimen_report(), rules.documents) == first
    changed = replace(specimen_report(), complete=False)
    assert render_report(changed, rules.documents) != first


def hostile() -> Report:
    """Names without a blank, typst's own signs, a hundred houses."""
    report = specimen_report()
    name = "Ж" * 180 + " #panic() $x$ <a> \\ *b* _c_ @d"
    topics = tuple(replace(one, title=name) for one in report.figures.by_topic)
    places = tuple(
        CaseCount(f"place:{at}", f"ул. {'Щ' * 60}, {at}", tuple(range(1000 + at))) for at in range(100, 200)
    )
    lines = tuple(
        replace(
            one,
            waits=replace(
                one.waits,
                elapsed=replace(one.waits.elapsed, cell=replace(one.waits.elapsed.cell, title=name)),
            ),
        )
        for one in report.figures.topics
    )
    return replace(report, figures=replace(report.figures, by_topic=topics, topics=lines, places=places))


def test_nothing_of_a_hostile_report_is_cut(rules: ActiveRules) -> None:
    pdf = render_report(hostile(), rules.documents)
    text = bare(words(pdf))
    for one in build_tables(hostile()):
        for row in one.rows:
            assert bare(row[0].text) in text
            assert bare("".join(cell.text for cell in row[1:])) in text
    for page in pypdfium2.PdfDocument(pdf):
        wide, tall = page.get_size()
        read = page.get_textpage()
        for at in range(read.count_chars()):
            left, bottom, right, top = read.get_charbox(at)
            assert 0 <= left <= right <= wide - 20, read.get_text_range(max(0, at - 20), 40)
            assert 0 <= bottom <= top <= tall


def test_a_chart_in_the_mail_is_sharp_and_small(rules: ActiveRules) -> None:
    for key, png in report_charts(specimen_report(), rules.documents):
        assert png.startswith(b"\x89PNG\r\n\x1a\n"), key
        assert int.from_bytes(png[16:20], "big") == 656, "328 pixels of a telephone, each twice"
        assert len(png) <= 50_000, key


def test_an_empty_week_has_no_charts_and_a_paper_of_its_own(rules: ActiveRules) -> None:
    assert report_charts(empty_report(), rules.documents) == ()
    assert "Сравнить не с чем: раньше писем не было." in words(render_report(empty_report(), rules.documents))


def with_change(name: str, before: str, after: str) -> tuple[SourceFile, ...]:
    assert any(one.name == name and before in one.text for one in SHIPPED)
    return tuple(
        replace(one, text=one.text.replace(before, after, 1)) if one.name == name else one for one in SHIPPED
    )


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("report.typ", "page.standing", "page.standig"),
        ("_charts.typ", "series.lengths.at(at)", "series.length.at(at)"),
        ("report_chart.typ", "chart.title", "chart.titel"),
    ],
)
def test_a_fault_in_a_template_stops_the_start_with_file_and_line(name: str, before: str, after: str) -> None:
    path = f"templates/report/{name}"
    text = next(one.text for one in SHIPPED if one.name == path)
    line = text[: text.index(before)].count("\n") + 1
    with pytest.raises(RulebookError) as caught:
        load_documents(with_change(path, before, after), lambda _: None)
    assert f"{path}:{line}: шаблон не собирается" in caught.value.faults[0]


def test_a_missing_template_is_named() -> None:
    without = tuple(one for one in SHIPPED if not one.name.endswith("report_chart.typ"))
    with pytest.raises(RulebookError) as caught:
        load_documents(without, lambda _: None)
    assert caught.value.faults == (
        "templates/report/report_chart.typ:1: файла нет, а по нему верстают графики отчёта; верните его из поставки",
    )
