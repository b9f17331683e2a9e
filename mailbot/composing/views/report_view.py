"""What the mail of a report shows: its tables as a narrow screen takes them, its charts with their words, its links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from mailbot.composing import wording
from mailbot.model import ContactChannels
from mailbot.model.report.period import PeriodKind
from mailbot.model.report.report import Report
from mailbot.wording.report import figures as words
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.table_layout import ReportTable, ReportTableCell
from mailbot.wording.report.tables.all_tables import build_headline, build_tables, format_as_of

MAX_ROWS: Final = 20
"""Rows of one table in the mail; a long one goes on in the workbook and on the page."""

_NARROW: Final = 328
"""Pixels of a telephone's screen less the margins."""

_LONG_WORD = re.compile(r"[^\s\u200b]{25,}")
_STRETCH = re.compile(r"(.{12})")


@dataclass(frozen=True, slots=True)
class CellView:
    """`link` opens the cases of the figure; empty where there are none or the pages have no address."""

    text: str
    link: str
    figures: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """`narrow`: its columns fit a telephone side by side; else each row is written below its name. `rest`: so many rows
    more stand in the workbook."""

    title: str
    note: str
    columns: tuple[CellView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    narrow: bool
    rest: int


@dataclass(frozen=True, slots=True)
class TileView:
    """One of the figures on top; `note` may be empty."""

    title: str
    figure: CellView
    note: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """A chart: its address in the letter, what it says in words, and its size on the screen in pixels."""

    source: str
    title: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """The variables of a report's mail.

    `period` is «неделю 47» (after «за»), `days` «16–22 ноября 2026», empty where the period's name says it. `kept` and
    `open` stand in the subject; `kept` is empty where no deadline has come. `nothing`: no appeal came, and none waits.
    `page` is the report's address in the web, empty without.
    """

    period: str
    days: str
    standing: str
    kept: str
    open: str
    nothing: bool
    sentences: tuple[str, ...]
    tiles: tuple[TileView, ...]
    pictures: tuple[PictureView, ...]
    tables: tuple[TableView, ...]
    page: str
    channels: ContactChannels


def build_report_view(
    report: Report, pictures: Sequence[tuple[str, str, bytes]], address: str, channels: ContactChannels
) -> ReportView:
    """The variables for that report; `pictures` are (key of the chart, its address in the letter, PNG).

    `address` is where the pages stand («https://mail.example»), empty where no browser reaches them.
    """
    of = report.figures
    week = report.period.kind is PeriodKind.WEEK
    return ReportView(
        period=words.short_period(report.period).replace("неделя", "неделю"),
        days=words.format_days(report.period.first, report.period.last) if week else "",
        standing=format_as_of(report),
        kept=words.format_share(of.promise.kept.count, of.promise.judged) if of.promise.judged else "",
        open=str(of.open),
        nothing=of.received.count == 0 and of.open == 0,
        sentences=tuple(wording.single_line(sentence) for sentence in report.sentences),
        tiles=tuple(
            TileView(figure.title, _cell(figure.figure, report, address), figure.note)
            for figure in build_headline(report)
        ),
        pictures=_pictures(report, pictures),
        tables=tuple(_table(table, report, address) for table in build_tables(report)),
        page=f"{address.rstrip('/')}/report?period={report.period}" if address else "",
        channels=channels,
    )


def _cell(cell: ReportTableCell, report: Report, address: str, *, figures: bool = True) -> CellView:
    link = ""
    if address and cell.key:
        link = f"{address.rstrip('/')}/report/cases?period={report.period}&key={quote(cell.key, safe='')}"
    return CellView(add_break_points(cell.text), link, figures)


def add_break_points(text: str) -> str:
    """The text with places to break in a word longer than any screen is wide."""
    return _LONG_WORD.sub(lambda match: _STRETCH.sub("\\1\u200b", match[0]), text)


def _pictures(report: Report, given: Sequence[tuple[str, str, bytes]]) -> tuple[PictureView, ...]:
    charts = {chart.key: chart for chart in build_charts(report)}
    views = []
    for key, source, png in given:
        width, height = (
            int.from_bytes(png[at : at + 4], "big") // 2 for at in (16, 20)
        )  # ISO/IEC 15948, IHDR
        views.append(PictureView(source, charts[key].title, charts[key].alt, width, height))
    return tuple(views)


def _table(one: ReportTable, report: Report, address: str) -> TableView:
    shown = one.rows[:MAX_ROWS] if len(one.rows) > MAX_ROWS + 2 else one.rows
    rows = tuple(
        tuple(
            _cell(cell, report, address, figures=column.figures)
            for cell, column in zip(row, one.columns, strict=True)
        )
        for row in shown
    )
    columns = tuple(CellView(column.title, "", column.figures) for column in one.columns)
    return TableView(one.title, one.note, columns, rows, _fits(columns, rows), len(one.rows) - len(shown))


def _fits(columns: Sequence[CellView], rows: Sequence[Sequence[CellView]]) -> bool:
    """Do the columns stand side by side on a telephone? By the longest piece of each that does not break, at 10 pixels
    a letter (of 14 pixels, in a wide face) and 10 pixels between them."""
    wide = 0
    for at, column in enumerate(columns):
        texts = (column.text, *(row[at].text for row in rows))
        wide += max(len(piece) for text in texts for piece in re.split("[ \u200b]", text))
    return 10 * wide + 10 * len(columns) <= _NARROW
