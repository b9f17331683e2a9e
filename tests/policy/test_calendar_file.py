"""`rules/calendar.toml` and `rules/reports.toml`: what the package brings is right, and a slip is told by file and line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest

from mailbot.model import RulebookError
from mailbot.model.report_rules import ReportRules
from mailbot.model.working_time import NO_CALENDAR, is_working_day
from mailbot.policy import deadline
from tests.policy.builders import RULES, small_rulebook

CALENDAR = (RULES / "calendar.toml").read_text(encoding="utf-8")
SHIPPED = small_rulebook(calendar=CALENDAR).calendar
LATER = datetime(2031, 1, 1, tzinfo=UTC)

YEAR = """
[[year]]
year = 2026
known_from = 2025-09-24
source = "проба"
off = [2026-11-04]
working = []
short = [2026-11-03]
"""

REPORTS = """
readers = ["director@ecostroy.ru"]
weekday = 1
at = 08:00:00
warned = []
warn_hours = 4
escalated = []
"""


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_calendar_of_the_package_is_that_of_holidays(year: int) -> None:
    version = SHIPPED.of_year(year, LATER)
    known = holidays.country_holidays("RU", years=year, expand=False)
    every = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in every if is_working_day(day, version)] == [
        day for day in every if known.is_working_day(day)
    ]


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2027, 2, 20), True),
        (date(2027, 2, 22), False),
        (date(2026, 12, 31), False),
        (date(2026, 11, 3), True),
    ],
)
def test_moved_days(day: date, working: bool) -> None:
    assert is_working_day(day, SHIPPED.of_year(day.year, LATER)) is working


def test_short_days_are_worked_and_stand_before_a_day_off() -> None:
    for version in SHIPPED.versions:
        for day in version.short:
            assert is_working_day(day, version), day
            assert not is_working_day(day + timedelta(days=1), version), day


def test_a_deadline_that_ends_on_a_short_day_ends_an_hour_earlier() -> None:
    received = datetime(2026, 10, 29, 7, 0, tzinfo=UTC)
    until, _ = deadline("complaint", received, small_rulebook(calendar=CALENDAR))
    assert f"{until:%Y-%m-%d %H:%M}" == "2026-11-03 16:00"


def test_a_decree_that_came_later_does_not_move_a_deadline_told_before() -> None:
    later = YEAR.replace("2025-09-24", "2026-10-20").replace("[2026-11-04]", "[2026-10-19, 2026-11-04]")
    rulebook = small_rulebook(calendar=YEAR + later)
    told = deadline("complaint", datetime(2026, 10, 14, 7, 0, tzinfo=UTC), rulebook)[0]
    assert told.date() == date(2026, 10, 19)
    newest = rulebook.calendar.of_year(2026, LATER)
    assert newest is not None
    assert not is_working_day(date(2026, 10, 19), newest)


def test_without_the_files_a_calendar_and_rules_of_old_hold() -> None:
    rulebook = small_rulebook()
    assert (rulebook.calendar, rulebook.reports) == (NO_CALENDAR, ReportRules())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            YEAR.replace("2026-11-04]", "2026-11-07]"),
            "rules/calendar.toml:6: 2026-11-07 — суббота или воскресенье",
        ),
        (
            YEAR.replace("working = []", "working = [2026-11-05]"),
            "rules/calendar.toml:7: 2026-11-05 — будний день",
        ),
        (YEAR.replace("[2026-11-03]", "[2026-11-04]"), "rules/calendar.toml:8: 2026-11-04 стоит и в off"),
        (
            YEAR.replace("[2026-11-04]", "[2027-11-04]"),
            "rules/calendar.toml:6: 2027-11-04 — день другого года",
        ),
        (YEAR.replace("[2026-11-04]", '["4 ноября"]'), "rules/calendar.toml:6: поле «off»: нужен список дат"),
        (YEAR.replace('source = "проба"\n', ""), "rules/calendar.toml:2: нет поля «source»"),
        (YEAR + YEAR, "rules/calendar.toml:12: 2026 год с этим known_from уже есть выше"),
    ],
)
def test_a_slip_in_the_calendar_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(RulebookError) as told:
        small_rulebook(calendar=text)
    assert [line for line in told.value.faults if line.startswith(fault)], told.value.faults


def test_the_rules_of_reports_are_read() -> None:
    rules = small_rulebook(reports=REPORTS).reports
    assert (rules.readers, rules.weekday, rules.at) == (("director@ecostroy.ru",), 1, time(8))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"director@ecostroy.ru"', '"директор"', "rules/reports.toml:2: «директор» — не адрес почты"),
        ("weekday = 1", "weekday = 8", "rules/reports.toml:3: поле «weekday»: день недели от 1"),
        ("at = 08:00:00", 'at = "утром"', "rules/reports.toml:4: поле «at»: нужно время без кавычек"),
        (
            "warn_hours = 4",
            "warn_hours = 0",
            "rules/reports.toml:6: поле «warn_hours»: нужно целое число от 1",
        ),
        ("warned = []", "warnd = []", "rules/reports.toml:5: лишнее поле «warnd»"),
    ],
)
def test_a_slip_in_the_rules_of_reports_is_told_with_its_line(old: str, new: str, fault: str) -> None:
    with pytest.raises(RulebookError) as told:
        small_rulebook(reports=REPORTS.replace(old, new))
    assert [line for line in told.value.faults if line.startswith(fault)], told.value.faults
