"""Notices stand in the bills of their days and places, and of no others."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.billing.notice_file import FILE, load_notices, notices_for_day
from mailbot.config import load_sources
from mailbot.model import RulebookError, SourceFile

AREAS = ("Прикамский", "Завод")
OUTAGE = """
[[notice]]
text = "Горячей воды не будет
 с 9 по 22 ноября."
since = 2026-10-20
until = 2026-11-22
areas = ["Прикамский"]
""".replace("будет\n", "будет")
TARIFF = '[[notice]]\ntext = "С января новый тариф."\nsince = 2026-12-01\n'


def load(text: str) -> tuple[str, ...]:
    return tuple(one.text for one in load_notices(SourceFile(FILE, text), AREAS))


def shown(area: str, day: date) -> tuple[str, ...]:
    return notices_for_day(load_notices(SourceFile(FILE, OUTAGE + TARIFF), AREAS), area, day)


def test_a_notice_stands_from_its_first_day_to_its_last_in_its_area() -> None:
    told = ("Горячей воды не будет с 9 по 22 ноября.",)
    assert shown("Прикамский", date(2026, 10, 19)) == ()
    assert shown("Прикамский", date(2026, 10, 20)) == told
    assert shown("Прикамский", date(2026, 11, 22)) == told
    assert shown("Прикамский", date(2026, 11, 23)) == ()
    assert shown("Завод", date(2026, 11, 1)) == ()


def test_without_end_and_areas_it_stands_everywhere_until_taken_away() -> None:
    assert (
        shown("Завод", date(2036, 1, 1))
        == ("С января новый тариф.",)
        == shown("Прикамский", date(2036, 1, 1))
    )


def test_the_shipped_file_has_none_and_no_fault() -> None:
    shipped = next(one for one in load_sources("rules") if one.name == FILE)
    assert load_notices(shipped, AREAS) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[notice]]\nsince = 2026-12-01\n', "rules/notices.toml:1: нет поля «text»"),
        ('[[notice]]\ntext = "А"\nsince = "завтра"\n', "rules/notices.toml:3: поле «since»: нужна дата"),
        (TARIFF + "until = 2026-11-30\n", "rules/notices.toml:4: срок объявления кончается раньше"),
        (TARIFF + 'areas = ["Луна"]\n', "rules/notices.toml:4: поле «areas»: неизвестное значение «Луна»"),
        (TARIFF + 'till = 2026-12-31\n', "rules/notices.toml:4: лишнее поле «till»"),
        ('[notice]\ntext = "А"\n', "двумя скобками"),
        ('[[news]]\ntext = "А"\n', "лишнее «news»"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line(text: str, told: str) -> None:
    with pytest.raises(RulebookError) as caught:
        load(text)
    assert any(told in one for one in caught.value.faults)
