"""`rules/reports.toml`: who reads the reports; each fault with its file and line."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from mailbot.config import load_sources
from mailbot.model import RulebookError, SourceFile
from mailbot.model.rules.report_readers import ReportRules
from mailbot.policy import load_rulebook

NAME = "rules/reports.toml"


def with_reports(text: str | None) -> tuple[SourceFile, ...]:
    """The shipped rules with another file of readers, or (None) without one."""
    kept = tuple(one for one in load_sources("rules") if not one.name.endswith("reports.toml"))
    return kept if text is None else (*kept, SourceFile(NAME, text))


def shipped() -> str:
    return next(one.text for one in load_sources("rules") if one.name.endswith("reports.toml"))


def test_as_shipped_nobody_is_written_to() -> None:
    rules = load_rulebook(load_sources("rules")).reports
    assert (rules.readers, rules.warned, rules.escalated) == ((), (), ())
    assert (rules.weekday, rules.at) == (1, time(8))


def test_rules_from_before_reports_hold_without_the_file() -> None:
    assert load_rulebook(with_reports(None)).reports == ReportRules()


def test_readers_are_read_once_each() -> None:
    text = shipped().replace(
        "readers = []", 'readers = ["chief@eco.example", " chief@eco.example", "b@eco.example"]'
    )
    found = load_rulebook(with_reports(text)).reports
    assert found == replace(ReportRules(), readers=("chief@eco.example", "b@eco.example"))


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("readers = []", 'readers = ["director"]', "«director» — не адрес почты"),
        ("weekday = 1", "weekday = 9", "день недели от 1"),
        ("warn_hours = 4", "warn_hours = 400", "рабочих часов от 1 до 80"),
        ("escalated = []", "escalate = []", "лишнее поле «escalate»"),
        ("at = 08:00:00", 'at = "восемь"', "нужно время без кавычек"),
    ],
)
def test_a_fault_is_told_with_its_line(was: str, becomes: str, told: str) -> None:
    text = shipped().replace(f"\n{was}", f"\n{becomes}")
    line = next(at for at, one in enumerate(text.splitlines(), start=1) if one == becomes)
    with pytest.raises(RulebookError) as raised:
        load_rulebook(with_reports(text))
    assert any(told in fault and fault.startswith(f"{NAME}:{line}:") for fault in raised.value.faults), (
        raised.value.faults
    )
