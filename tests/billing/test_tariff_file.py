"""`rules/tariffs.toml`: what is wrong in it is told at start-up with file and line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mailbot.billing.tariff_file import load_tariffs
from mailbot.config import load_sources
from mailbot.model import RulebookError, SourceFile
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.ledger.charges import PriceComponent

SHIPPED = next(source for source in load_sources("rules") if source.name == "rules/tariffs.toml")


def test_the_shipped_file_is_whole_and_the_price_of_a_day_is_its_own() -> None:
    tariffs = load_tariffs(SHIPPED)

    def heat(day: date) -> Decimal:
        return tariffs.price(PriceComponent.HEAT, ClientGroup.INDIVIDUAL, "Прикамский", day).value

    assert heat(date(2026, 9, 30)) == Decimal("2345.67")
    assert heat(date(2026, 10, 1)) == Decimal("2610.40")
    assert isinstance(heat(date(2026, 1, 1)), Decimal)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("until = 2026-09-30", "until = 2026-10-05", "действуют две цены сразу"),
        ("until = 2026-09-30\n", "", "действуют две цены сразу, прежняя — без конца"),
        ("until = 2026-09-30", "until = 2026-09-20", "между 20.09.2026 и 01.10.2026 цены нет"),
        ("until = 2026-09-30", "until = 2025-09-30", "кончается раньше, чем начинается"),
        ("value = 2345.67", 'value = "2345.67"', "нужно число"),
        ("value = 2345.67", "value = -1", "нужно число от 0"),
        ("value = 2345.67", "value = nan", "нужно число от 0"),
        ('component = "heat"', 'component = "heet"', "неизвестное значение «heet»"),
        ('groups = ["business"]', 'groups = ["shops"]', "«shops»"),
        ('area = "Прикамский"', 'area = "Прикамск"', "«Прикамск»"),
        ("since = 2026-01-01", 'since = "2026-01-01"', "нужна дата без кавычек"),
        ("since = 2026-01-01", "since = 2026-01-01T00:00:00", "нужна дата без времени"),
        ("included = true", "includet = true", "лишнее поле «includet»"),
        (
            '[[vat]]\ngroup = "business"\npercent = 22\nincluded = false\n',
            "",
            "не сказано, как с НДС для «business»",
        ),
        ("[[norm]]", "[[norms]]", "лишний раздел «norms»"),
        ("[terms]", "[term]", "нет раздела [terms]"),
        ("readings_until = 25", "readings_until = 31", "число месяца от 1 до 28"),
        ("readings_since = 1", "readings_since = 26", "поменяйте их местами"),
        ("[[area]]", "[[area]", "файл записан с ошибкой"),
    ],
)
def test_a_fault_is_told_with_its_line(was: str, becomes: str, told: str) -> None:
    assert was in SHIPPED.text
    with pytest.raises(RulebookError) as error:
        load_tariffs(SourceFile(SHIPPED.name, SHIPPED.text.replace(was, becomes, 1)))
    found = [fault for fault in error.value.faults if told in fault]
    assert found, error.value.faults
    assert all(fault.startswith("rules/tariffs.toml:") for fault in error.value.faults)
