"""Everyday letters whose readings a person would take at a glance: the machine takes them too."""

from __future__ import annotations

import pytest

from mailbot.model import Reading, Resource, Rulebook
from mailbot.understanding import understand
from tests.understanding.letters import make_letter

HOT, HEAT = Resource.HOT_WATER, Resource.HEATING


def values(*found: Reading) -> list[tuple[str, Resource | None, str | None]]:
    return [(str(one.value), one.resource, one.meter) for one in found]


@pytest.mark.parametrize(
    "table",
    [
        "Счётчик\t№\tБыло\tСтало\nГВС кухня\t3310422\t61\t66\nГВС ванная\t3310477\t143\t151",
        "Прибор\tномер\tбыло\tстало\nгор. вода кухня\t3310422\t61\t66\nгор. вода ванная\t3310477\t143\t151",
        "Счётчик | № | Пред. | Стало\nГВС кухня | 3310422 | 61 | 66\nГВС ванная | 3310477 | 143 | 151",
        "Что         №        До    После\nГВС кухня   3310422  61    66\nГВС ванная  3310477  143   151",
    ],
)
def test_of_was_and_became_the_new_column_is_the_reading(table: str, rulebook: Rulebook) -> None:
    found = understand(make_letter(f"Показания, л/с 1184333\n\n{table}"), rulebook).readings
    assert values(*found) == [("66", HOT, "3310422"), ("151", HOT, "3310477")]


def test_a_column_of_row_numbers_gives_no_serials(rulebook: Rulebook) -> None:
    table = "№\tСчётчик\tБыло\tСтало\n1\tГВС кухня\t61\t66\n2\tГВС ванная\t143\t151"
    found = understand(make_letter(f"Показания, л/с 1184333\n\n{table}"), rulebook).readings
    assert values(*found) == [("66", HOT, None), ("151", HOT, None)]


ARCHIVE = """Отчёт о суточных параметрах
Тепловычислитель ВКТ-7 № 161118
Дата\tt1, °C\tt2, °C\tV1, м3\tQ, Гкал\tВНР, ч
18.11.2026\t64.1\t48.8\t31.2\t0.418\t24
19.11.2026\t65.3\t49.1\t31\t0.422\t24
Итого\t\t\t62.2\t0.84\t48
{title}
Дата и время\tQ, Гкал\tM1, т\tВНР, ч
17.11.2026 24:00\t511.452\t41877.2\t19104
19.11.2026 24:00\t512.292\t41968.4\t19152
"""


@pytest.mark.parametrize(
    "title", ["Показания интеграторов", "Интеграторы", "Нарастающим итогом", "Накопленные значения"]
)
def test_under_a_title_of_integrators_the_last_one_is_the_reading(title: str, rulebook: Rulebook) -> None:
    letter = make_letter("Отчёт прилагаю, л/с 2001777", attachment=ARCHIVE.format(title=title))
    assert [(str(one.value), one.resource) for one in understand(letter, rulebook).readings] == [
        ("512.292", HEAT)
    ]


RAGGED = """ВЕДОМОСТЬ УЧЁТА ТЕПЛОПОТРЕБЛЕНИЯ
Прибор: ТВ7 зав. № 19-054001
Дата\tt1\tt2\tM1, т Q, Гкал\t\tТр, ч
01.11\t71,2\t52,4\t44,81 0,842\t24
02.11\t72,0\t52,9\t45,10 0,861\t24
Интегратор Q на начало периода: 704,118 Гкал
Интегратор Q на конец периода: 739,406 Гкал
"""


def test_beside_a_named_value_of_a_document_nameless_numbers_are_none(rulebook: Rulebook) -> None:
    letter = make_letter("Во вложении ведомость учёта, л/с 2009777", attachment=RAGGED)
    assert [str(one.value) for one in understand(letter, rulebook).readings] == ["739.406"]


@pytest.mark.parametrize(
    ("quoted", "resource"),
    [
        ("> л/с 6120555\n> показания за октябрь: ГВС 179", HOT),
        ("> Приняты показания: горячая вода 179", HOT),
        ("> отопление, л/с 6120555, 1002,1 Гкал", HEAT),
    ],
)
def test_a_bare_value_above_an_older_letter_takes_its_resource_from_there(
    quoted: str, resource: Resource, rulebook: Rulebook
) -> None:
    letter = make_letter("за ноябрь показания 187", "Re: показания октябрь", quoted=quoted)
    (found,) = understand(letter, rulebook).readings
    assert (str(found.value), found.resource) == ("187", resource)


def test_a_quote_that_names_two_resources_names_none(rulebook: Rulebook) -> None:
    letter = make_letter("за ноябрь показания 187", quoted="> ГВС 179, отопление 12,3 Гкал, л/с 6120555")
    (found,) = understand(letter, rulebook).readings
    assert found.resource is None


def test_a_serial_with_a_hyphen_is_no_value(rulebook: Rulebook) -> None:
    body = "Л/с 77310555. Прошу принять: ГВС прибор 40-118555 — 233,061 куб.м; отопление прибор 0091555 — 17,004 Гкал."
    found = understand(make_letter(body, "Показания"), rulebook).readings
    assert values(*found) == [("233.061", HOT, "40-118555"), ("17.004", HEAT, "0091555")]
    assert min(one.confidence for one in found) >= rulebook.thresholds.reading
