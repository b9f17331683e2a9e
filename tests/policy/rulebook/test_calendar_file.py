"""`rules/calendar.toml` and `rules/reports.toml`: what they hold, and faults told with file and line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from mailbot.model import Rulebook, RulebookError, SourceFile
from mailbot.model.rules.report_readers import ReportRules
from mailbot.model.rules.working_calendar import WorkCalendar
from mailbot.policy import calculate_deadline, load_rulebook
from tests.policy.rulebook.test_bill_limits import SHIPPED

KNOWN = datetime(2026, 11, 20, tzinfo=UTC)


def changed(file: str, old: str, new: str) -> tuple[SourceFile, ...]:
    """The shipped rules with one change."""
    found = next(source for source in SHIPPED if source.name == file)
    assert old in found.text
    other = replace(found, text=found.text.replace(old, new, 1))
    return tuple(other if source is found else source for source in SHIPPED)


def test_the_shipped_calendar_holds_three_years(rulebook: Rulebook) -> None:
    assert [one.year for one in rulebook.calendar.versions] == [2025, 2026, 2027]
    this_year = rulebook.calendar.of_year(2026, KNOWN)
    assert this_year is not None
    assert date(2026, 12, 31) in this_year.off
    assert this_year.short == {date(2026, 4, 30), date(2026, 5, 8), date(2026, 6, 11), date(2026, 11, 3)}


def test_nobody_is_sent_a_report_until_the_file_names_them(rulebook: Rulebook) -> None:
    assert rulebook.reports == ReportRules()
    named = load_rulebook(changed("rules/reports.toml", "readers = []", 'readers = ["a@b.ru", "a@b.ru"]'))
    assert named.reports == ReportRules(readers=("a@b.ru",), weekday=1, at=time(8))


def test_a_folder_of_rules_from_before_these_files_still_loads() -> None:
    older = tuple(one for one in SHIPPED if one.name not in ("rules/calendar.toml", "rules/reports.toml"))
    found = load_rulebook(older)
    assert (found.calendar, found.reports) == (WorkCalendar(), ReportRules())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("2026-01-01, 2026-01-02", "2025-01-01, 2026-01-02", "2025-01-01 — день другого года"),
        ("2026-01-01, 2026-01-02", "2026-01-03, 2026-01-02", "2026-01-03 — суббота или воскресенье"),
        ("working = [2025-11-01]", "working = [2025-11-05]", "2025-11-05 — будний день"),
        ("short = [2026-04-30", "short = [2026-05-01", "2026-05-01 стоит и в off"),
        ("known_from = 2025-09-24", 'known_from = "осенью"', "known_from.*нужна дата"),
        ("short = [2026-04-30", 'short = ["30 апреля"', "short.*список дат"),
        ("year = 2026", "year = 26", "year.*целое число от 2000"),
        ("off = [", "of = [", "нет поля «off»"),
        ("[[year]]", "[[years]]", "years"),
        (
            "year = 2026\nknown_from = 2025-09-24",
            "year = 2025\nknown_from = 2024-10-04",
            "2025 года с этого дня уже записан",
        ),
    ],
)
def test_a_fault_of_the_calendar_is_told_with_its_line(old: str, new: str, fault: str) -> None:
    with pytest.raises(RulebookError, match=rf"rules/calendar\.toml:\d+: .*{fault}"):
        load_rulebook(changed("rules/calendar.toml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("readers = []", 'readers = ["директор"]', "«директор» — не адрес"),
        ("warned = []", 'warned = ["a@b"]', "«a@b» — не адрес"),
        ("escalated = []", "escalated = [1]", "escalated"),
        ("weekday = 1", "weekday = 8", "weekday.*от 1 .понедельник. до 7"),
        ("weekday = 1", "weekday = 0", "weekday.*целое число от 1"),
        ("warn_hours = 4", "warn_hours = 0", "warn_hours"),
        ("at = 08:00:00", 'at = "утром"', "at.*нужно время"),
        ("readers = []", "reader = []", "нет поля «readers»"),
    ],
)
def test_a_fault_of_the_readers_is_told_with_its_line(old: str, new: str, fault: str) -> None:
    with pytest.raises(RulebookError, match=rf"rules/reports\.toml:\d+: .*{fault}"):
        load_rulebook(changed("rules/reports.toml", old, new))


# ── deadlines by the calendar as it was known when the letter came ───────────────────────────────────────────────────


def due(rulebook: Rulebook, received: datetime) -> str:
    return f"{calculate_deadline('complaint', received, rulebook)[0]:%Y-%m-%d %H:%M}"


def test_a_deadline_on_a_short_day_ends_an_hour_early(rulebook: Rulebook) -> None:
    # Thursday 29 October: Friday, Monday, and Tuesday 3 November, which ends at 16:00
    assert due(rulebook, datetime(2026, 10, 29, 5, tzinfo=UTC)) == "2026-11-03 16:00"


def test_a_day_moved_later_does_not_move_the_deadlines_of_earlier_letters() -> None:
    again = (
        "[[year]]\nyear = 2026\nknown_from = 2026-11-18\nsource = 'второй перенос'\n"
        "off = [2026-11-04, 2026-11-20, 2026-12-31]\nworking = []\nshort = []\n\n[[year]]"
    )
    moved = load_rulebook(changed("rules/calendar.toml", "[[year]]", again))
    # three working days from Tuesday the 17th; Friday the 20th is off for those who wrote after it was said
    assert due(moved, datetime(2026, 11, 17, 5, tzinfo=UTC)) == "2026-11-20 17:00"
    assert due(moved, datetime(2026, 11, 18, 5, tzinfo=UTC)) == "2026-11-24 17:00"
