"""The workbook holds the numbers of the report, as another program reads them; and no letter's text is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import python_calamine

from mailbot.model.report.case_row import CaseRow
from mailbot.model.report.report import CaseCount, Report, Wait
from mailbot.services.reporting.workbook import workbook
from mailbot.wording.report.specimen.reports import empty_report, future_report, specimen_report
from mailbot.wording.report.table_layout import CellUnit
from mailbot.wording.report.tables.all_tables import build_tables

RECEIVED = datetime(2026, 11, 16, 23, 59, 30, tzinfo=UTC)
ROW = CaseRow(
    number="26-000123",
    received_at=RECEIVED,
    kind="Жалоба",
    topic="Нет отопления",
    channel="Почта",
    respond_by=datetime(2026, 11, 19, 12, 0, tzinfo=UTC),
    response=Wait(51),
    response_working=Wait(0),
    answer=Wait(302_400, at_least=True),
    answer_working=Wait(97_200, at_least=True),
    outcome="без ответа",
)


def read(content: bytes) -> dict[str, Sequence[Sequence[object]]]:
    book = python_calamine.load_workbook(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize(
    "report", [specimen_report(), empty_report(), future_report()], ids=["full", "empty", "future"]
)
def test_every_number_of_every_table_is_a_number_in_its_sheet(report: Report) -> None:
    sheets = read(workbook(report))
    for one in build_tables(report):
        header, *rows = sheets[one.title]
        assert len(rows) == len(one.rows)
        for row, shown in zip(one.rows, rows, strict=True):
            assert shown[0] == row[0].text
            for cell, column in zip(row[1:], one.columns[1:], strict=True):
                at = header.index(column.title)
                if cell.number is None:
                    assert shown[at] == cell.text
                elif isinstance(shown[at], float):
                    assert shown[at] == float(cell.number), (one.key, row[0].text)
                else:
                    assert (shown[at], shown[at + 1]) == (cell.text, float(cell.number)), (
                        one.key,
                        row[0].text,
                    )
    assert next(iter(sheets)) == "Отчёт"
    assert list(sheets)[-1] == "Как посчитано"


def test_a_duration_stands_in_words_and_in_seconds() -> None:
    header, *rows = read(workbook(specimen_report()))["Сколько ждут ответа"]
    at = header.index("Дольше всех")
    assert header[at + 1] == "Дольше всех, секунд"
    assert rows[2][at : at + 2] == ["≥\u00a05\u00a0дн\u00a022\u00a0ч", 512_433.0]


def test_the_first_sheet_says_what_changed() -> None:
    first = [row[0] for row in read(workbook(specimen_report()))["Отчёт"]]
    assert first[0] == "Отчёт за неделю 47, 16–22 ноября 2026"
    assert set(specimen_report().sentences) <= set(first)


def test_a_row_a_case_with_moments_of_the_clock_on_the_wall() -> None:
    header, row = read(workbook(specimen_report(), [ROW]))["Обращения"]
    assert row[header.index("Номер")] == "26-000123"
    assert row[header.index("Пришло")] == datetime(2026, 11, 16, 23, 59, 30)  # noqa: DTZ001 - Excel knows no zone
    assert row[header.index("Ответ по существу")] == "≥ 3\u00a0дн\u00a012\u00a0ч"
    assert row[header.index("Ответ по существу, секунд")] == 302_400.0
    assert row[header.index("Ответ по существу, рабочее время")] == "≥ 27\u00a0ч"
    assert row[header.index("Первый ответ, секунд")] == 51.0
    assert row[header.index("Итог")] == "без ответа"


def test_without_cases_there_is_no_sheet_of_them() -> None:
    assert "Обращения" not in read(workbook(specimen_report()))


@pytest.mark.parametrize("text", ["=1+1", "+7 912", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_text_that_begins_like_a_formula_stays_text(text: str) -> None:
    report = specimen_report()
    report = replace(report, figures=replace(report.figures, places=(CaseCount("place:a|b", text, (1,)),)))
    content = workbook(report, [replace(ROW, topic=text)])
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["Откуда жалуются"]["A2"].value == text
    assert {book["Откуда жалуются"]["A2"].data_type, book["Обращения"]["D2"].data_type} <= {"s", "inlineStr"}
    for name in (one for one in ZipFile(BytesIO(content)).namelist() if one.startswith("xl/worksheets/")):
        assert b"<f>" not in ZipFile(BytesIO(content)).read(name)


def test_what_no_workbook_may_hold_is_written_without_it() -> None:
    bad = replace(ROW, topic="тема\x00\x0b\ud800конец")
    header, row = read(workbook(specimen_report(), [bad]))["Обращения"]
    assert row[header.index("Тема")] == "тема ?конец"


def test_headers_stay_and_columns_are_as_wide_as_their_words() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(specimen_report(), [ROW])))
    for one in build_tables(specimen_report()):
        sheet = book[one.title]
        assert sheet.freeze_panes == "A2"
        assert sheet.column_dimensions["A"].width >= min(60, max(len(row[0].text) for row in one.rows))
    shares = book["О чём пишут"]
    assert shares["C2"].number_format == '0.0" %"'
    assert book["Обращения"]["B2"].number_format == "dd.mm.yyyy hh:mm:ss"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert workbook(specimen_report(), [ROW]) == workbook(specimen_report(), [ROW])


def test_the_units_of_the_layout_all_have_a_form() -> None:
    units = {cell.unit for one in build_tables(specimen_report()) for row in one.rows for cell in row}
    assert units == set(CellUnit)
