"""The bank's register as a table: sums to the kopeck, and each fault by row and column."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger.tables.payments_table import COLUMNS, read_payments, write_template
from mailbot.services.ledger.tables.written_values import parse_amount, parse_month
from mailbot.store.ledger.payment_lists import NewPayment

TODAY = date(2026, 11, 23)
HEAD = ";".join(COLUMNS)
ROW = "20.11.2026;1500,50;440215;П-17;10.2026;Кошкина А."
NEXT = "21.11.2026;700;77001;П-18;;"
D = Decimal


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "реестр.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return path


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (list(COLUMNS), *rows):
        sheet.append(row)
    book.save(folder / "реестр.xlsx")
    return folder / "реестр.xlsx"


def payments(path: Path) -> list[NewPayment]:
    return [row.payment for row in read_payments(path, TODAY)]


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(RequestRefused) as refused:
        read_payments(path, TODAY)
    return refused.value.faults


def test_a_row_is_a_payment(tmp_path: Path) -> None:
    (row, short) = read_payments(table(tmp_path, ROW, "", NEXT), TODAY)
    assert row.payment == NewPayment(
        "440215", D("1500.50"), date(2026, 11, 20), "П-17", Month(2026, 10), "Кошкина А."
    )
    assert (row.number, short.number) == (2, 4)
    assert short.payment == NewPayment("77001", D("700.00"), date(2026, 11, 21), "П-18")


def test_columns_that_may_be_missing(tmp_path: Path) -> None:
    head = "Документ;Лицевой счёт;Сумма;Дата"
    (found,) = payments(table(tmp_path, "П-17;440215;10;2026-11-20", head=head))
    assert (found.month, found.payer, found.amount) == (None, "", D("10.00"))
    assert faults(table(tmp_path, "440215;10;2026-11-20", head="Лицевой счёт;Сумма;Дата")) == (
        f"{tmp_path / 'реестр.csv'}, строка 1: нет столбца «Документ»; допишите его",
    )


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1500", "1500.00"), ("1500,5", "1500.50"), ("1500.50", "1500.50"), ("1 500,50", "1500.50"),
        ("1\u00a0234\u202f567,89", "1234567.89"), ("0,01", "0.01"), ("007", "7.00"),
    ],
)  # fmt: skip
def test_a_sum_as_people_and_banks_write_it(written: str, amount: str) -> None:
    assert str(parse_amount(written)) == amount


@pytest.mark.parametrize(
    "written",
    ["", "0", "0,00", "-5", "1,234.50", "1.234,50", "10,005", "1e3", "NaN", "пять", "5 руб.", "١٢", "1" * 13],
)
def test_a_sum_that_could_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(RequestRefused):
        parse_amount(written)


@given(st.integers(1, 10**11))
def test_a_sum_written_and_read_is_the_same_to_the_kopeck(kopecks: int) -> None:
    amount = D(kopecks) / 100
    assert parse_amount(f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")) == amount


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (1234.1, "1234.10"),
        (0.1 + 0.2, "0.30"),
        (1100 * 1.1, "1210.00"),
        (700, "700.00"),
        (99999999.99, "99999999.99"),
    ],
)
def test_a_number_cell_of_excel_is_whole_kopecks(tmp_path: Path, cell: float, amount: str) -> None:
    (found,) = payments(workbook(tmp_path, [date(2026, 11, 20), cell, 440215, 17, "", ""]))
    assert str(found.amount) == amount
    assert (found.written, found.document) == ("440215", "17")


def test_a_cell_with_a_third_place_is_no_sum(tmp_path: Path) -> None:
    (fault,) = faults(workbook(tmp_path, [date(2026, 11, 20), 10.005, 440215, 17, "", ""]))
    assert "строка 2, столбец «Сумма»: «10.005» — не сумма" in fault


def test_excel_and_text_of_one_register_are_the_same_payments(tmp_path: Path) -> None:
    made = workbook(tmp_path, [datetime(2026, 11, 20, 14, 5), 1500.5, 440215, "П-17", 10.2026, "Кошкина А."])  # noqa: DTZ001
    text = table(tmp_path, ROW.replace("20.11.2026", "20.11.2026 14:05:33"))
    assert payments(made) == payments(text) == payments(table(tmp_path, ROW))
    assert payments(made)[0].key == payments(text)[0].key


@pytest.mark.parametrize("written", ["10.2026", "2026-10", "2026-10-01", "01.10.2026"])
def test_a_period_as_it_is_written(written: str) -> None:
    assert parse_month(written) == Month(2026, 10)


def test_an_account_that_is_missing_is_no_fault(tmp_path: Path) -> None:
    (found,) = payments(table(tmp_path, ROW.replace("440215", "")))
    assert found.written == ""


@pytest.mark.parametrize(
    ("was", "becomes", "column", "told"),
    [
        ("20.11.2026", "", "Дата", "пусто"),
        ("20.11.2026", "31.11.2026", "Дата", "не дата"),
        ("20.11.2026", "24.11.2026", "Дата", "ещё не наступило"),
        ("20.11.2026", "20.11.1026", "Дата", "слишком давно"),
        ("1500,50", "", "Сумма", "пусто"),
        ("1500,50", "-1500,50", "Сумма", "не сумма"),
        ("1500,50", "0", "Сумма", "больше нуля"),
        ("П-17", "", "Документ", "пусто"),
        ("П-17", "П|17", "Документ", "знака «|»"),
        ("П-17", "П" * 101, "Документ", "длиннее 100"),
        ("440215", "4" * 121, "Лицевой счёт", "длиннее 120"),
        ("10.2026", "13.2026", "Период", "не период"),
        ("10.2026", "октябрь", "Период", "не период"),
        ("10.2026", "10.202", "Период", "не период"),
        ("10.2026", "10.2062", "Период", "слишком далёк"),
    ],
)
def test_a_fault_is_told_by_row_and_column(
    tmp_path: Path, was: str, becomes: str, column: str, told: str
) -> None:
    assert was in ROW
    (fault,) = faults(table(tmp_path, NEXT, ROW.replace(was, becomes, 1)))
    assert f"строка 3, столбец «{column}»" in fault
    assert told in fault


def test_the_same_payment_twice_in_one_file_is_told_by_its_rows(tmp_path: Path) -> None:
    (fault,) = faults(table(tmp_path, ROW, NEXT, ROW.replace("1500,50", "1 500.5")))
    assert "строка 4, столбец «Документ»: такой же платёж стоит в строке 2" in fault
    assert len(payments(table(tmp_path, ROW, ROW.replace("1500,50", "1500,51")))) == 2


def test_all_faults_of_all_rows_are_told(tmp_path: Path) -> None:
    assert len(faults(table(tmp_path, *[f"завтра;много;{at};П-{at};;" for at in range(500)]))) == 1000


def test_a_decimal_comma_that_splits_a_row_is_told(tmp_path: Path) -> None:
    path = table(tmp_path, "20.11.2026,1500,50,440215,П-17", head="Дата,Сумма,Лицевой счёт,Документ")
    assert "строка 2: ячеек больше, чем столбцов" in faults(path)[0]


def test_the_empty_table_has_every_column_and_no_payment(tmp_path: Path) -> None:
    write_template(tmp_path / "пустой.csv")
    assert faults(tmp_path / "пустой.csv") == (f"{tmp_path / 'пустой.csv'}: в таблице нет ни одного платежа",)
