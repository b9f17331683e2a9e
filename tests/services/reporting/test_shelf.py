"""What was reckoned is kept: for ever where the period is over, for a minute where it runs, and never without end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model.report.period import Period
from mailbot.model.report.report import PeriodFigures
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.reporting.figures_cache import MAX_REPORTS, ReportCache
from mailbot.services.reporting.reports import as_of
from mailbot.store import Store
from mailbot.wording.report.specimen.reports import specimen_report

W47 = Period.read("2026-W47")
DUE = datetime(2026, 11, 23, 3, tzinfo=UTC)
"""Monday, 08:00 in Yekaterinburg: when the report of week 47 is due."""

SECOND = timedelta(seconds=1)


@cache
def rules() -> ActiveRules:
    return load_checked_rules(0, load_files(Settings()))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'mailbot.db'}", resource_folder("db"))
    yield opened
    opened.close()


class Counted:
    """Reckons the specimen's figures as of the right moment, and tells how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, _: Store, rules: ActiveRules, period: Period, now: datetime) -> PeriodFigures:
        self.times += 1
        return replace(specimen_report().figures, period=period, as_of=as_of(rules, period, now))


def test_a_finished_week_is_reckoned_once(store: Store) -> None:
    counted = Counted()
    shelf = ReportCache(counted)
    first = shelf.figures(store, rules(), W47, DUE + SECOND)
    assert shelf.figures(store, rules(), W47, DUE + timedelta(days=900)) is first
    assert first.as_of == DUE
    assert counted.times == 1


def test_a_running_week_holds_a_minute(store: Store) -> None:
    counted = Counted()
    shelf = ReportCache(counted)
    noon = DUE - timedelta(days=4)
    first = shelf.figures(store, rules(), W47, noon)
    assert shelf.figures(store, rules(), W47, noon + 59 * SECOND) is first
    later = shelf.figures(store, rules(), W47, noon + 60 * SECOND)
    assert later.as_of == noon + 60 * SECOND
    assert shelf.figures(store, rules(), W47, noon).as_of == noon, (
        "a clock set back is no figure of the future"
    )


def test_what_was_reckoned_a_moment_before_the_report_is_due_is_reckoned_anew(store: Store) -> None:
    shelf = ReportCache(Counted())
    assert shelf.figures(store, rules(), W47, DUE - SECOND).as_of == DUE - SECOND
    assert shelf.figures(store, rules(), W47, DUE + SECOND).as_of == DUE


def test_other_rules_are_other_figures(store: Store) -> None:
    counted = Counted()
    shelf = ReportCache(counted)
    shelf.figures(store, rules(), W47, DUE + SECOND)
    changed = replace(rules(), rulebook=replace(rules().rulebook, version="changed"))
    shelf.figures(store, changed, W47, DUE + SECOND)
    assert counted.times == 2


def test_the_shelf_is_bounded_and_keeps_what_was_asked_last(store: Store) -> None:
    counted = Counted()
    shelf = ReportCache(counted)
    weeks = W47.back(MAX_REPORTS + 1)
    for week in weeks:
        shelf.figures(store, rules(), weeks[0], DUE + SECOND)
        shelf.figures(store, rules(), week, DUE + SECOND)
    assert counted.times == MAX_REPORTS + 1
    shelf.figures(store, rules(), weeks[0], DUE + SECOND)
    assert counted.times == MAX_REPORTS + 1, "asked again and again: it stayed"
    shelf.figures(store, rules(), weeks[1], DUE + SECOND)
    assert counted.times == MAX_REPORTS + 2, "the longest unasked went"


def test_two_who_ask_at_once_are_given_one_reckoning(store: Store) -> None:
    counted = Counted()

    def slowly(*asked: object) -> PeriodFigures:
        time.sleep(0.05)
        return counted(*asked)  # type: ignore[arg-type]

    shelf = ReportCache(slowly)
    found: list[PeriodFigures] = []
    threads = [
        threading.Thread(target=lambda: found.append(shelf.figures(store, rules(), W47, DUE + SECOND)))
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert counted.times == 1
    assert all(one is found[0] for one in found)
