"""Readings of organisations in tables: several objects and meters, old and new columns, heat records."""

from __future__ import annotations

import pytest

from mailbot.model import Reading
from mailbot.understanding.contacts.contact_finder import find_contacts
from mailbot.understanding.readings.reading_finder import find_readings
from tests.understanding.letters import make_letter

RECORD_TV7 = """Ведомость учёта теплопотребления
Потребитель: ООО «Ромашка»\tЛ/с 2000150
Тепловычислитель ТВ7 № 15-012345
Период: с 21.10.2026 по 20.11.2026
Дата\tt1, °C\tt2, °C\tV1, м3\tM1, т\tM2, т\tQ, Гкал\tTраб, ч
21.10.2026\t65,2\t48,1\t12,345\t12,1\t12,0\t0,205\t24
22.10.2026\t66,0\t48,3\t12,400\t12,2\t12,1\t0,211\t24
Итого:\t\t\t24,745\t24,3\t24,1\t0,416\t48
Показания интеграторов
\tV1, м3\tM1, т\tQ, Гкал\tTраб, ч
На начало периода 21.10.2026\t10234,12\t10100,5\t1234,567\t8760
На конец периода 20.11.2026\t10258,87\t10124,8\t1234,983\t8808
"""
RECORD_VKT7 = """Отчет о теплопотреблении ВКТ-7 зав. № 123456
Лицевой счет 2000151
Параметр\tЕд. изм.\tНачало периода\tКонец периода\tРазница
Q\tГкал\t1234,567\t1240,983\t6,416
V1\tм3\t10234,12\t10258,87\t24,75
M1\tт\t10100,5\t10124,8\t24,3
Tнар\tч\t8760\t9480\t720
"""
RECORD_SPT = """СПТ941.20 зав.№ 45117, л/с 2000152
Архив месячный
Дата;Q, Гкал;V1, м3;V2, м3;M1, т;M2, т;t1;t2;Ти, ч
01.11.2026;12,3456;345,6;344,1;340,1;339,9;68,1;48,9;744
Итоги;12,3456;345,6;344,1;340,1;339,9;;;744
Интеграторы на 01.10.2026;8902,0;10234;10200;10100;10090;;;20000
Интеграторы на 01.11.2026;8914,337;10579;10544;10440;10430;;;20744
"""
OLD_AND_NEW = """Объект\tАдрес\tЛ/с\t№ счетчика\tПредыдущее\tТекущее\tРасход
Магазин\tМира, 5\t2000140\t5501\t70,10\t77,30\t7,20
Склад\tМира, 7\t2000141\t5502\t1 040,000\t1 041,905\t1,905
"""
BY_DAY = """Объект\tЛицевой счет\tЗав. №\tПоказания на 20.10.2026, Гкал\tПоказания на 20.11.2026, Гкал\tРасход
Магазин\t2000140\t5501\t70,10\t77,30\t7,20
Склад\t2000141\t5502\t40,000\t41,905\t1,905
"""
BY_RESOURCE = """Лицевой счет\tГВС, м3\tХВС, м3\tОтопление, Гкал
2000140\t118\t45\t7,30
2000141\t98\t40\t9,905
"""
TWO_HEADINGS = """№\tНаименование\tЛ/с\tПрибор учета\tПоказания\tПоказания\tРасход
\tобъекта\t\t№\tпредыдущие\tтекущие\tГкал
1\tШкола\t2000140\t5501\t70,10\t77,30\t7,20
2\tСад\t2000141\t5502\t40,00\t41,90\t1,90
"""
BARS = """| Лицевой | Прибор | Показание | Ед |
|---|---|---|---|
| 2000140 | 5501 | 77,30 | Гкал |
| 2000141 | 5502 | 41,905 | Гкал |
"""
BLANKS = """Лицевой счет   Номер прибора   Ресурс   Показание
2000140        5501            тепло    77,30
2000141        5502            гвс      119
"""
SEMICOLONS = """лицевой;счетчик;услуга;показание
2000140;5501;отопление;77,30
2000141;5502;ГВС;119
2000142;5503;ХВС;120
"""
SPREADSHEET = """Лицевой счет\tНомер прибора\tПоказание, Гкал
2000140.0\t5501.0\t77.3
2000141.0\t5502.0\t41.0
"""
WITH_PHONES = """Объект\tТелефон\tЛицевой счет\tПоказание, Гкал
Магазин\t8 950 445 59 18\t2000140\t77,30
Склад\t5-50-33\t2000141\t41,90
"""
TABLES = {
    "a record of ТВ7": (RECORD_TV7, "1234.983 2000150 15-012345"),
    "a record of ВКТ-7": (RECORD_VKT7, "1240.983 2000151 123456"),
    "old and new": (OLD_AND_NEW, "77.30 2000140 5501; 1041.905 2000141 5502"),
    "columns of days": (BY_DAY, "77.30 2000140 5501; 41.905 2000141 5502"),
    "columns of resources": (
        BY_RESOURCE,
        "118 2000140 None; 45 2000140 None; 7.30 2000140 None; 98 2000141 None; 40 2000141 None; 9.905 2000141 None",
    ),
    "a heading of two rows": (TWO_HEADINGS, "77.30 2000140 5501; 41.90 2000141 5502"),
    "bars": (BARS, "77.30 2000140 5501; 41.905 2000141 5502"),
    "blanks": (BLANKS, "77.30 2000140 5501; 119 2000141 5502"),
    "semicolons": (SEMICOLONS, "77.30 2000140 5501; 119 2000141 5502; 120 2000142 5503"),
    "whole numbers of a spreadsheet": (SPREADSHEET, "77.3 2000140 5501; 41.0 2000141 5502"),
    "phones beside": (WITH_PHONES, "77.30 2000140 None; 41.90 2000141 None"),
}


def read(*, body: str = "", attachment: str = "") -> tuple[Reading, ...]:
    letter = make_letter(body, attachment=attachment)
    return find_readings(letter, find_contacts(letter))


def told(found: tuple[Reading, ...]) -> str:
    return "; ".join(f"{one.value} {one.account} {one.meter}" for one in found)


@pytest.mark.parametrize(("table", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_in_a_file_gives_a_reading_a_meter(table: str, expected: str) -> None:
    found = read(body="Показания во вложении", attachment=table)
    assert told(found) == expected
    assert min(one.confidence for one in found) >= 0.6


@pytest.mark.parametrize(("table", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_in_the_letter_gives_a_reading_a_meter(table: str, expected: str) -> None:
    assert told(read(body="Добрый день, направляем показания.\n\n" + table)) == expected


def test_of_the_integrators_of_a_record_the_last_is_the_reading() -> None:
    assert told(read(attachment=RECORD_SPT)) == "8914.337 2000152 45117"


def test_a_record_without_integrators_goes_to_a_person() -> None:
    (found,) = read(attachment="Дата\tQ, Гкал\tM, т\n01.11.2026\t0,205\t12,1\n02.11.2026\t0,211\t12,2\n")
    assert str(found.value) == "0.211"
    assert found.confidence < 0.6


def test_months_that_may_be_use_and_not_readings_go_to_a_person() -> None:
    found = read(attachment="Лицевой счет\tЗав. №\tоктябрь\tноябрь\n2000140\t5501\t70,10\t77,30\n")
    assert [(str(one.value), one.confidence < 0.6) for one in found] == [("77.30", True)]


def test_rows_without_a_heading_go_to_a_person() -> None:
    found = read(body="Показания:\n2000140\t5501\tтепло\t77,30\tГкал\n2000141\t5502\tГВС\t119\tм3")
    assert all(one.confidence < 0.6 for one in found)


def test_a_cell_that_cannot_be_read_makes_its_table_doubtful() -> None:
    table = (
        "Лицевой счет\tНомер прибора\tПоказание, Гкал\n2000140\t5501\t77,3\n2000141\t5502\t41,0 (было 40,1)\n"
    )
    assert [(str(one.value), one.confidence < 0.6) for one in read(attachment=table)] == [("77.3", True)]


def test_what_stands_beside_a_table_is_read_too() -> None:
    found = read(body="лс 2000199 гвс 45\n\n" + BARS)
    assert [str(one.value) for one in found] == ["45", "77.30", "41.905"]


def test_a_long_table_is_read_to_its_end() -> None:
    rows = "".join(f"{2000000 + n}\t{7000 + n}\t{n}.5\n" for n in range(1, 1001))
    found = read(attachment="Лицевой счет\tНомер прибора\tПоказание, Гкал\n" + rows)
    assert [len(found), str(found[-1].value)] == [1000, "1000.5"]
    assert found[-1].confidence >= 0.6


def test_a_table_too_long_to_be_read_goes_to_a_person() -> None:
    rows = "".join(f"{2000000 + n}\t{7000 + n}\t{n}.5\n" for n in range(1, 4001))
    found = read(attachment="Лицевой счет\tНомер прибора\tПоказание, Гкал\n" + rows)
    assert found
    assert all(one.confidence < 0.6 for one in found)


def test_values_told_beyond_the_contacts_of_a_long_letter_go_to_a_person() -> None:
    found = read(body="\n".join(f"лс {500000 + n} гвс {n}" for n in range(10, 1500)))
    assert found[0].confidence >= 0.6
    assert found[-1].confidence < 0.6
