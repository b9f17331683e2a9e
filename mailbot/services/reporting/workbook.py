"""A report as a workbook (XLSX): a sheet for each table with real numbers, and one with a row for each case.

A duration stands twice, in words and in seconds; a share in percent. Text is never a formula, whatever it begins with.
The same report gives the same bytes: the file holds no moment but the report's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mailbot.model import DeadlineRule
from mailbot.model.report.case_row import CaseRow
from mailbot.model.report.report import Report
from mailbot.services.reporting.workbook_columns import Value, WorkbookColumn, case_columns, columns_of
from mailbot.wording.report.legend import build_legend
from mailbot.wording.report.table_layout import ReportTableCell
from mailbot.wording.report.tables.all_tables import build_headline, build_tables, format_as_of, title

BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDEST = 60
"""Characters of the widest column; longer texts are wrapped."""

_UNFIT = re.compile(r"[\[\]:*?/\\]+")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")


def workbook(report: Report, cases: Iterable[CaseRow] = (), deadlines: Sequence[DeadlineRule] = ()) -> bytes:
    """The XLSX of the report: «Отчёт», the tables in their order, «Обращения» where there are any, «Как посчитано».

    `deadlines` are those of `rules/deadlines.toml`, named with their sources.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title(report), ""
    book.properties.created = report.figures.as_of.replace(tzinfo=None)
    _first_sheet(book, report)
    for table in build_tables(report):
        _sheet(book, table.title, columns_of(table))
    rows = tuple(cases)
    if rows:
        _sheet(book, "Обращения", case_columns(rows))
    _legend_sheet(book, deadlines)
    written = BytesIO()
    book.save(written)
    return _settled(written.getvalue(), report.figures.as_of)


def _first_sheet(book: Workbook, report: Report) -> None:
    sheet = book.create_sheet("Отчёт")
    for letter, width in (("A", 44), ("B", 26), ("C", 60)):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, title(report), bold=True)])
    sheet.append([_cell(sheet, format_as_of(report))])
    sheet.append([])
    for sentence in report.sentences:
        sheet.append([_cell(sheet, sentence)])
    sheet.append([])
    for figure in build_headline(report):
        sheet.append(
            [_cell(sheet, figure.title), _cell(sheet, _value(figure.figure)), _cell(sheet, figure.note)]
        )
    sheet.append([])
    for table in build_tables(report):
        if table.note:
            sheet.append([_cell(sheet, f"{table.title}: {table.note}")])


def _legend_sheet(book: Workbook, deadlines: Sequence[DeadlineRule]) -> None:
    sheet = book.create_sheet("Как посчитано")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 110
    for term, explanation in build_legend(deadlines):
        sheet.append([_cell(sheet, term, bold=True), _cell(sheet, explanation, wrapped=True)])


def _value(figure: ReportTableCell) -> Value:
    """A count as a number, what has words beside it as words."""
    return figure.number if figure.text == str(figure.number) else figure.text


def _sheet(book: Workbook, name: str, columns: Sequence[WorkbookColumn]) -> None:
    """A header that stays while the rows move, and the columns side by side."""
    sheet = book.create_sheet(_UNFIT.sub(" ", name)[:31])
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = min(WIDEST, column.width + 2)
    sheet.append([_cell(sheet, column.title, bold=True) for column in columns])
    for at in range(len(columns[0].values)):
        sheet.append([_cell(sheet, column.values[at], form=column.form, wrapped=True) for column in columns])


def _cell(
    sheet: object, value: Value, *, form: str = "", bold: bool = False, wrapped: bool = False
) -> WriteOnlyCell:
    """A cell of that value; text is told to be text, so that «=1+1» of a letter is never reckoned."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value.encode("utf-8", "replace").decode())
        cell.data_type = "s"
        if wrapped and len(value) > WIDEST:
            cell.alignment = WRAPPED
    else:
        cell = WriteOnlyCell(sheet, value)
        if form:
            cell.number_format = form
    if bold:
        cell.font = BOLD
    return cell


def _settled(content: bytes, at: datetime) -> bytes:
    """The same workbook with the report's own moment in place of that of its writing."""
    settled = BytesIO()
    stamp = rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>"
    with ZipFile(BytesIO(content)) as read, ZipFile(settled, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            data = read.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(stamp, data)
            written.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return settled.getvalue()
