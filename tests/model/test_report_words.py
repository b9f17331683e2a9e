"""The words of a report: nothing is rounded up, a share never claims «all» that it is not, periods have their names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mailbot.model.report.period import Period, PeriodKind
from mailbot.model.report.report import Wait
from mailbot.wording.report import figures as words

MINUTE, HOUR, DAY = 60, 3600, 86_400


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 с"),
        (59, "59 с"),
        (60, "1 мин"),
        (119, "1 мин"),
        (2 * HOUR + 15 * MINUTE + 59, "2 ч 15 мин"),
        (3 * HOUR, "3 ч"),
        (DAY - 1, "23 ч 59 мин"),
        (DAY, "1 дн"),
        (3 * DAY + 4 * HOUR + 59 * MINUTE, "3 дн 4 ч"),
        (400 * DAY, "400 дн"),
        (-5, "0 с"),
    ],
)
def test_a_duration_is_cut_and_never_rounded_up(seconds: int, told: str) -> None:
    assert plain(words.format_duration(seconds)) == told


def test_working_time_stays_in_hours_however_many() -> None:
    assert plain(words.format_working_time(53 * HOUR + 22 * MINUTE + 59)) == "53 ч 22 мин"


def test_the_blanks_of_a_duration_do_not_break() -> None:
    assert " " not in words.format_duration(3 * DAY + 4 * HOUR)


def test_a_wait_that_goes_on_says_so_and_no_wait_is_a_dash() -> None:
    assert plain(words.format_wait(Wait(3 * DAY, at_least=True))) == "≥ 3 дн"
    assert plain(words.format_wait(Wait(30 * HOUR), by_working_hours=True)) == "30 ч"
    assert words.format_wait(None) == "—"


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (113, 120, "94,2 %, 113 из 120"),
        (120, 120, "100 %, 120 из 120"),
        (2999, 3000, "99,9 %, 2999 из 3000"),
        (1, 3000, "0,1 %, 1 из 3000"),
        (0, 7, "0 %, 0 из 7"),
        (1, 16, "6,3 %, 1 из 16"),
        (0, 0, "—"),
    ],
)
def test_a_share_stands_with_its_count_and_all_is_all(part: int, whole: int, told: str) -> None:
    assert plain(words.format_share_of(part, whole)) == told


def test_a_share_is_a_decimal() -> None:
    assert words.format_percent(1, 3) == Decimal("33.3")
    assert words.format_percent(0, 0) is None


def test_a_change_says_which_way_and_against_what() -> None:
    assert words.format_change(12, 10, PeriodKind.WEEK) == "на 2 больше, чем неделей раньше"
    assert words.format_change(7, 10, PeriodKind.MONTH) == "на 3 меньше, чем месяцем раньше"
    assert words.format_change(7, 7, PeriodKind.QUARTER) == "столько же, сколько кварталом раньше"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-W47", "неделя 47, 16–22 ноября 2026"),
        ("2026-W49", "неделя 49, 30 ноября – 6 декабря 2026"),
        ("2026-W53", "неделя 53, 28 декабря 2026 – 3 января 2027"),
        ("2026-10", "октябрь 2026"),
        ("2026-Q4", "IV квартал 2026"),
    ],
)
def test_a_period_has_a_name(written: str, told: str) -> None:
    assert words.format_period(Period.read(written)) == told


def test_a_week_is_declined_after_za() -> None:
    assert words.period_after(Period.read("2026-W47")) == "неделю 47, 16–22 ноября 2026"
    assert words.period_after(Period.read("2026-10")) == "октябрь 2026"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-W47", "неделя 47, 16–22 ноя"),
        ("2026-W36", "неделя 36, 31 авг – 6 сен"),
        ("2026-05", "май 2026"),
        ("2026-Q1", "I квартал 2026"),
    ],
)
def test_one_of_many_periods_is_told_briefly(written: str, told: str) -> None:
    assert plain(words.brief_period(Period.read(written))) == told
