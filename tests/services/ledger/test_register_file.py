"""The register as a table: what Excel and people make of it, and each fault by row and column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailbot.model import RequestRefused, Resource, Unit
from mailbot.model.ledger.accounts_and_meters import ClientGroup, DeliveryMethod
from mailbot.services.ledger.tables.register_table import COLUMNS, read_clients, write_clients

ZONES = ("Прикамский",)
HEAD = ";".join(COLUMNS)
FLAT = "440215;Кошкина Анна;ФЛ;Мира, 5-12;54,3;2;Прикамский;отопление, ГВС;a@b.ru;89194502218;почта;;5501;ГВС;м3;5;01.02.2024;31.01.2030;"
SECOND = "440215;;;;;;;;;;;;77;отопление;ГДж;6;01.02.2024;;"
SHOP = "77001;ООО «Ромашка»;ЮЛ;Мира, 7;120;0;Прикамский;отопление;;;ЭДО;;;;;;;;"


def table(folder: Path, *rows: str, head: str = HEAD, charset: str = "utf-8") -> Path:
    path = folder / "клиенты.csv"
    path.write_bytes("\r\n".join((head, *rows)).encode(charset))
    return path


def test_an_account_with_two_meters_and_a_shop_without(tmp_path: Path) -> None:
    flat, shop = read_clients(table(tmp_path, FLAT, SECOND, SHOP), ZONES)
    assert flat.account.number == "440215"
    assert flat.account.premises.area == Decimal("54.3")
    assert flat.account.resources == (Resource.HEATING, Resource.HOT_WATER)
    assert [(meter.serial, meter.unit) for meter in flat.account.meters] == [
        ("5501", Unit.M3),
        ("77", Unit.GJ),
    ]
    assert flat.account.meters[0].verified_until == date(2030, 1, 31)
    assert (flat.delivery, flat.emails) == (DeliveryMethod.EMAIL, ("a@b.ru",))
    assert (shop.account.group, shop.delivery) == (ClientGroup.BUSINESS, DeliveryMethod.EDO)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1251"])
def test_the_charsets_that_excel_saves(tmp_path: Path, charset: str) -> None:
    (shop,) = read_clients(table(tmp_path, SHOP, charset=charset), ZONES)
    assert shop.name == "ООО «Ромашка»"


def test_an_excel_file_whose_account_is_a_number(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    sheet.append(
        [
            440215,
            "Кошкина Анна",
            "ФЛ",
            "Мира, 5-12",
            54.3,
            2,
            "Прикамский",
            "ГВС",
            "",
            "",
            "",
            "",
            5501,
            "ГВС",
            "м3",
            5,
            date(2024, 2, 1),
            "",
            "",
        ]
    )
    path = tmp_path / "клиенты.xlsx"
    book.save(path)
    (found,) = read_clients(path, ZONES)
    assert found.account.number == "440215"
    assert found.account.meters[0].serial == "5501"
    assert found.account.meters[0].installed == date(2024, 2, 1)
    assert found.account.premises.area == Decimal("54.3")


@pytest.mark.parametrize(
    ("was", "becomes", "column", "told"),
    [
        ("440215;К", ";К", "Лицевой счёт", "пусто"),
        ("440215;К", "4 4!;К", "Лицевой счёт", "не лицевой счёт"),
        ("Кошкина Анна", "", "ФИО или название", "пусто"),
        (";ФЛ;", ";физик;", "Группа", "«физик» не понято"),
        ("54,3", "большая", "Площадь", "не площадь"),
        ("54,3", "-1", "Площадь", "не площадь"),
        ("54,3", "NaN", "Площадь", "не площадь"),
        (";2;", ";двое;", "Жильцов", "не число"),
        ("Прикамский", "Чайковский", "Зона", "не понято"),
        ("отопление, ГВС", "отопление, газ", "Услуги", "«газ» не понято"),
        ("отопление, ГВС", "отопление", "Прибор измеряет", "такой услуги у этого счёта нет"),
        ("a@b.ru", "не адрес", "Почта", "не адрес почты"),
        ("a@b.ru", "", "Почта", "адреса нет"),
        (";м3;", ";Гкал;", "Единица", "не бывает"),
        (";5;01", ";55;01", "Разрядов", "не число разрядов"),
        ("01.02.2024", "31.02.2024", "Установлен", "не дата"),
        ("01.02.2024", "", "Установлен", "пусто"),
        ("31.01.2030;", "31.01.2030;01.01.2020", "Снят", "раньше, чем установлен"),
        (";5501;", ";;", "Номер прибора", "номера прибора нет"),
    ],
)
def test_a_fault_is_told_by_row_and_column(
    tmp_path: Path, was: str, becomes: str, column: str, told: str
) -> None:
    assert was in FLAT
    with pytest.raises(RequestRefused) as error:
        read_clients(table(tmp_path, SHOP, FLAT.replace(was, becomes, 1)), ZONES)
    found = [
        fault for fault in error.value.faults if f"строка 3, столбец «{column}»" in fault and told in fault
    ]
    assert found, error.value.faults


def test_rows_of_one_account_must_not_differ_and_a_meter_stands_once(tmp_path: Path) -> None:
    with pytest.raises(RequestRefused) as error:
        read_clients(table(tmp_path, FLAT, FLAT.replace("54,3", "60")), ZONES)
    told = "\n".join(error.value.faults)
    assert "строка 3, столбец «Площадь»: «60», а в строке 2 у этого счёта иначе" in told
    assert "прибор 5501 у этого счёта записан дважды" in told


def test_a_thousand_faults_are_all_told(tmp_path: Path) -> None:
    rows = [SHOP.replace("77001", str(77001 + at)).replace("120", "много") for at in range(1000)]
    with pytest.raises(RequestRefused) as error:
        read_clients(table(tmp_path, *rows), ZONES)
    assert len(error.value.faults) == 1000
    assert "строка 1001, столбец «Площадь»" in error.value.faults[-1]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (HEAD.replace("Площадь", "Плошадь"), "столбец 5: «плошадь» — такого столбца нет"),
        (HEAD.replace("Зона;", ""), "нет столбца «Зона»"),
    ],
)
def test_a_misspelt_heading_is_no_empty_column(tmp_path: Path, head: str, told: str) -> None:
    with pytest.raises(RequestRefused) as error:
        read_clients(table(tmp_path, SHOP, head=head), ZONES)
    assert any(told in fault for fault in error.value.faults)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken"])
def test_a_file_that_is_no_table_is_told(tmp_path: Path, content: bytes) -> None:
    for name in ("x.csv", "x.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(RequestRefused):
            read_clients(path, ZONES)
    with pytest.raises(RequestRefused, match="не читается"):
        read_clients(tmp_path / "нет.csv", ZONES)


def test_what_is_written_is_read_again_the_same(tmp_path: Path) -> None:
    read = read_clients(table(tmp_path, FLAT, SECOND, SHOP), ZONES)
    written = tmp_path / "выгрузка.csv"
    assert write_clients(written, read) == 3
    assert read_clients(written, ZONES) == read


def test_the_empty_table_has_every_column_and_no_client(tmp_path: Path) -> None:
    written = tmp_path / "пустая.csv"
    write_clients(written, ())
    with pytest.raises(RequestRefused, match="нет ни одной строки с клиентом"):
        read_clients(written, ZONES)
