"""The report on paper, and its charts as pictures for the mail: the same tables and charts, drawn by typst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.documents.typesetting import DocumentTemplates, render_pdf, render_png
from mailbot.model import DeadlineRule
from mailbot.model.report.report import Report
from mailbot.wording.charge_reasons import single_line
from mailbot.wording.report.charts import ReportChart, build_charts
from mailbot.wording.report.legend import build_legend
from mailbot.wording.report.table_layout import HeadlineFigure, ReportColumn, ReportTable
from mailbot.wording.report.tables.all_tables import build_headline, build_tables, format_as_of, title

REPORT, CHART = "report.typ", "report_chart.typ"

SHARP: Final = 144
"""Dots an inch of a picture in the mail: two for each point of a telephone's screen."""

NARROW: Final = 3
"""So many columns have room beside another table."""


@dataclass(frozen=True, slots=True)
class _Tile:
    title: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    note: str
    wide: bool
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template shows; `company` may be empty."""

    title: str
    standing: str
    company: str
    footer: str
    sentences: tuple[str, ...]
    tiles: tuple[_Tile, ...]
    charts: tuple[ReportChart, ...]
    tables: tuple[_Table, ...]
    legend: tuple[tuple[str, str], ...]


def render_report(
    report: Report, documents: DocumentTemplates, deadlines: Sequence[DeadlineRule] = (), *, company: str = ""
) -> bytes:
    """The report as PDF (A4); the same report gives the same bytes.

    `deadlines` are those of `rules/deadlines.toml`: the legend names each with its source.
    """
    page = _page(report, deadlines, company)
    return render_pdf(documents.files, REPORT, page, report.figures.as_of.date())


def report_charts(report: Report, documents: DocumentTemplates) -> tuple[tuple[str, bytes], ...]:
    """(key of the chart, PNG) each; none of an empty period. They have a white ground of their own."""
    return tuple(
        (chart.key, render_png(documents.files, CHART, chart, SHARP)) for chart in build_charts(report)
    )


def _page(report: Report, deadlines: Sequence[DeadlineRule], company: str) -> _Page:
    name = title(report)
    return _Page(
        title=name,
        standing=format_as_of(report),
        company=company,
        footer=f"{company}. {name}" if company else name,
        sentences=tuple(single_line(sentence) for sentence in report.sentences),
        tiles=tuple(_tile(figure) for figure in build_headline(report)),
        charts=build_charts(report),
        tables=tuple(_table(table) for table in build_tables(report)),
        legend=build_legend(deadlines),
    )


def _tile(one: HeadlineFigure) -> _Tile:
    return _Tile(one.title, one.figure.text, one.note)


def _table(one: ReportTable) -> _Table:
    rows = tuple(tuple(cell.text for cell in row) for row in one.rows)
    return _Table(one.title, one.note, len(one.columns) > NARROW, one.columns, rows)
