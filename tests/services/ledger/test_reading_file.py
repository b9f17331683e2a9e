"""Readings from a table: all or none, each fault by row and column, and a second run adds nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailbot.model import RequestRefused, Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Meter
from mailbot.services.ledger.tables.readings_table import (
    COLUMNS,
    ReadingImportResult,
    import_readings,
    read_readings,
    write_template,
)
from mailbot.store.accounts import register_import
from tests.services.conftest import House
from tests.services.ledger.conftest import COLD_FLAT, HOT, books, standing

HEAD = "Лицевой счёт;Номер прибора;Показание;Дата;Единица"
NOW, TODAY = datetime(2026, 11, 24, 6, 0, tzinfo=UTC), date(2026, 11, 24)
HEAT = Meter("77", Resource.HEATING, Unit.GCAL, 5, date(2024, 2, 1), None, date(2026, 6, 30))


def table(folder: Path, rows: Iterable[str], head: str = HEAD) -> Path:
    path = folder / "показания.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return path


def take(house: House, path: Path, *, any_growth: bool = False) -> ReadingImportResult:
    with house.store.write() as transaction:
        rules = house.rules.rulebook.ledger
        return import_readings(
            transaction, read_readings(path), rules, "консоль", NOW, TODAY, any_growth=any_growth
        )


def faults(house: House, path: Path) -> list[str]:
    with pytest.raises(RequestRefused) as error:
        take(house, path)
    return list(error.value.faults)


def test_rows_are_taken_in_the_order_of_days_and_a_second_run_adds_nothing(
    metered: House, tmp_path: Path
) -> None:
    rows = ["440215;;118,5;23.11.2026;м3", "440215;5501;112;2026-10-20;", "440300;8101;7;26.10.2026;"]
    assert take(metered, table(tmp_path, rows)) == ReadingImportResult(3, 0)
    assert [(str(one.value), str(one.month), one.source) for one in books(metered)] == [
        ("112", "2026-10", "table"),
        ("118.5", "2026-11", "table"),
    ]
    assert [str(one.month) for one in books(metered, "440300")] == ["2026-11"], "after the 25th"
    assert take(metered, table(tmp_path, rows)) == ReadingImportResult(0, 3)


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("999;;1;23.11.2026;", "Лицевой счёт", "счёта 999 в реестре нет"),
        (";;1;23.11.2026;", "Лицевой счёт", "пусто"),
        ("440215;4242;113;23.11.2026;", "Номер прибора", "прибора 4242 у счёта 440215 нет; есть: 5501, 77"),
        ("440300;;113;23.11.2026;", "Номер прибора", "несколько приборов (8101, 8102); впишите номер"),
        ("440215;5501;много;23.11.2026;", "Показание", "«много» — не показание"),
        ("440215;5501;-1;23.11.2026;", "Показание", "«-1» — не показание"),
        ("440215;5501;NaN;23.11.2026;", "Показание", "«NaN» — не показание"),
        ("440215;5501;111;23.11.2026;", "Показание", "меньше предыдущего (прежнее 112 от 20.10.2026)"),
        ("440215;5501;999;23.11.2026;", "Показание", "подозрительно большой"),
        ("440215;5501;100000;23.11.2026;", "Показание", "больше цифр"),
        ("440215;5501;113;20.10.2026;", "Показание", "за этот день уже есть другое показание прибора: 112"),
        ("440215;5501;113;31.11.2026;", "Дата", "не дата"),
        ("440215;5501;113;;", "Дата", "пусто"),
        ("440215;5501;113;25.11.2026;", "Дата", "с будущей датой"),
        ("440215;77;3;23.11.2026;", "Дата", "срок поверки счётчика истёк"),
        ("440215;5501;113;01.01.2024;", "Дата", "установлен позже"),
        ("440215;5501;113;23.11.2026;вёдра", "Единица", "«вёдра» не понято"),
        ("440215;5501;113;23.11.2026;Гкал", "Единица", "он считает в м³"),
        ("440215;77;1163;23.06.2026;кВтч", "Единица", "это 1,000000 Гкал"),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_taken(
    metered: House, tmp_path: Path, row: str, column: str, told: str
) -> None:
    flat = replace(COLD_FLAT, account=replace(COLD_FLAT.account, meters=(HOT, HEAT)))
    with metered.store.write() as transaction:
        register_import.import_register(transaction, (flat,))
    found = faults(metered, table(tmp_path, ["440215;5501;112;20.10.2026;", row]))
    assert len(found) == 1
    assert f"строка 3, столбец «{column}»: " in found[0]
    assert told in found[0]
    assert books(metered) == []


def test_a_thousand_faults_are_all_told_in_the_order_of_rows(metered: House, tmp_path: Path) -> None:
    rows = [
        f"440215;5501;{'много' if at % 2 else 100_000 + at};{1 + at % 28:02}.10.2026;" for at in range(1000)
    ]
    found = faults(metered, table(tmp_path, ["440215;5501;112;20.09.2026;", *rows]))
    assert [fault.split("строка ")[1].split(",")[0] for fault in found] == [str(3 + at) for at in range(1000)]
    assert books(metered) == []


def test_growth_that_a_person_vouches_for_is_taken(metered: House, tmp_path: Path) -> None:
    rows = ["440215;5501;112;20.10.2026;", "440215;5501;999;23.11.2026;"]
    assert any("подозрительно" in fault for fault in faults(metered, table(tmp_path, rows)))
    assert take(metered, table(tmp_path, rows), any_growth=True).added == 2
    assert [str(value) for _, value in standing(metered)] == ["112", "999"]


def test_an_excel_table_with_numbers_and_dates(metered: House, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    sheet.append([440215, 5501, 118.5, date(2026, 11, 23), "м³"])
    book.save(tmp_path / "показания.xlsx")
    assert take(metered, tmp_path / "показания.xlsx").added == 1
    assert [str(value) for _, value in standing(metered)] == ["118.5"]


def test_the_empty_table_has_every_column_and_no_reading(tmp_path: Path) -> None:
    write_template(tmp_path / "пустая.csv")
    with pytest.raises(RequestRefused, match="нет ни одной строки с показанием"):
        read_readings(tmp_path / "пустая.csv")


def test_a_misspelt_heading_is_no_empty_column(metered: House, tmp_path: Path) -> None:
    path = table(tmp_path, ["440215;;1;23.11.2026;"], HEAD.replace("Единица", "Единицы"))
    assert any("«единицы» — такого столбца нет" in fault for fault in faults(metered, path))


def test_work_grows_with_the_rows_and_not_with_their_square(metered: House, tmp_path: Path) -> None:
    """Ten times the rows take at most some forty times the time of the smaller table on the same machine."""
    flats = [
        replace(
            COLD_FLAT,
            account=replace(COLD_FLAT.account, number=str(700_000 + at)),
            emails=(f"{at}@mail.example",),
            phones=(),
        )
        for at in range(5_000)
    ]
    with metered.store.write() as transaction:
        register_import.import_register(transaction, flats)

    def seconds(count: int, day: str) -> float:
        path = table(tmp_path, [f"{700_000 + at};;{100 + at % 7};{day};" for at in range(count)])
        began = time.process_time()
        assert take(metered, path).added == count
        return time.process_time() - began

    small = seconds(500, "20.10.2026")
    assert seconds(5_000, "21.10.2026") < 40 * small
