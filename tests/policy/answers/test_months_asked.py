"""Which months a letter asks for: as people say them, and what only looks like a month."""

from __future__ import annotations

import pytest

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.policy.answers.months_asked import RequestedMonths, find_requested_months
from mailbot.policy.case_folding import fold_case

NOVEMBER = Month(2026, 11)


def asked(text: str) -> RequestedMonths:
    return find_requested_months(" ".join(fold_case(text).split()), NOVEMBER)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Пришлите квитанцию", ""),
        ("Пришлите последнюю квитанцию", ""),
        ("Пришлите квитанцию за октябрь", "2026-10"),
        ("квитанцию за Октябрь месяц", "2026-10"),
        ("квитанцию за октябрь 2025", "2025-10"),
        ("квитанцию за октябрь, 2025 года", "2025-10"),
        ("квитанцию за октябрь месяц 2025 г.", "2025-10"),
        ("квитанцию за октябрь прошлого года", "2025-10"),
        ("квитанцию за октябрь этого года", "2026-10"),
        ("квитанцию за декабрь", "2025-12"),
        ("квитанцию за ноябрь", "2026-11"),
        ("квитанцию за май", "2026-05"),
        ("нет квитанции ни августа", "2026-08"),
        ("дубликат за сент.", "2026-09"),
        ("дубликат за окт", "2026-10"),
        ("октябрьскую квитанцию", "2026-10"),
        ("за прошлый месяц", "2026-10"),
        ("за предыдущий месяц", "2026-10"),
        ("за позапрошлый месяц", "2026-09"),
        ("за этот месяц", "2026-11"),
        ("за 10.2026", "2026-10"),
        ("за 9.2026", "2026-09"),
        ("за 10/2026", "2026-10"),
        ("за 2026-10", "2026-10"),
        ("за 10.26", "2026-10"),
        ("за сентябрь и октябрь", "2026-09 2026-10"),
        ("за сентябрь, октябрь 2025 года", "2025-09 2025-10"),
        ("за октябрь и за октябрь прошлого года", "2025-10 2026-10"),
    ],
)
def test_months_are_understood_as_people_name_them(text: str, months: str) -> None:
    assert asked(text) == RequestedMonths(tuple(Month.read(one) for one in months.split()))


@pytest.mark.parametrize(
    "text",
    [
        "ул. Октябрьская, 5",
        "ул. 8 Марта, 3",
        "ул. 1 Мая, 3",
        "пришлите до 5 октября",
        "от 05.10.2026",
        "договор 15/10-2026",
        "тел. 8 919 10.26",
        "мая квитанция майка маяк"[5:],
        "счёт № 10.2026.33",
    ],
)
def test_streets_days_and_numbers_are_no_months(text: str) -> None:
    assert asked(text).months == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("акт сверки с января по октябрь", "2026-01", "2026-10"),
        ("акт сверки с января 2025 по март 2026", "2025-01", "2026-03"),
        ("акт сверки за январь - март 2026", "2026-01", "2026-03"),
        ("акт сверки с 01.2026 по 10.2026", "2026-01", "2026-10"),
        ("акт сверки за 2025 год", "2025-01", "2025-12"),
        ("акт сверки за 2025г.", "2025-01", "2025-12"),
    ],
)
def test_a_period_has_a_first_and_a_last_month(text: str, first: str, last: str) -> None:
    assert asked(text) == RequestedMonths((Month.read(first), Month.read(last)), through=True)


def test_an_open_period_has_only_its_first() -> None:
    assert asked("акт сверки с марта") == RequestedMonths((Month(2026, 3),), through=True)


@pytest.mark.parametrize(
    "text",
    [
        "за квартал",
        "за последние три месяца",
        "за весь год",
        "за отопительный сезон",
        "за всё время",
        "за зиму",
    ],
)
def test_a_time_that_is_no_month_is_told(text: str) -> None:
    assert asked(text) == RequestedMonths(unplaced=True)
