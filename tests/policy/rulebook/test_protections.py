"""What protects clients can be moved, not turned off: at saving and at the start the reason is told with its line."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from mailbot.config import load_sources
from mailbot.model import ConfidenceThresholds, GateLimits, RulebookError, SourceFile
from mailbot.policy import load_rulebook
from mailbot.policy.rulebook.protection_bounds import CAPS, THRESHOLDS, FieldBounds, lifted_caps

SHIPPED = load_sources("rules")


def with_value(
    file: str, key: str, value: str, files: tuple[SourceFile, ...] = SHIPPED
) -> tuple[SourceFile, ...]:
    """The files with one field of another value."""
    changed = []
    for source in files:
        lines = source.text.split("\n")
        if source.name.endswith(file):
            at = next(at for at, line in enumerate(lines) if line.startswith(f"{key} ="))
            lines[at] = f"{key} = {value}"
        changed.append(replace(source, text="\n".join(lines)))
    return tuple(changed)


def faults(found: tuple[SourceFile, ...]) -> str:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(found)
    return "\n".join(caught.value.faults)


def test_every_threshold_and_cap_has_its_bounds() -> None:
    assert [one.field for one in THRESHOLDS] == [one.name for one in fields(ConfidenceThresholds)]
    assert [one.field for one in CAPS] == [one.name for one in fields(GateLimits)]


@pytest.mark.parametrize("bound", [*THRESHOLDS, *CAPS], ids=lambda bound: bound.field)
def test_a_value_that_turns_a_protection_off_is_refused_with_its_reason(bound: FieldBounds) -> None:
    for why, value in ((bound.low, 0), (bound.high if bound in THRESHOLDS else "", 1)):
        if why:
            told = faults(with_value("limits.toml", bound.field, str(value)))
            assert f"«{bound.field}»: можно от" in told
            assert why in told
            assert "rules/limits.toml:" in told


def test_a_trial_may_lift_every_cap_and_is_told_what_each_prevented() -> None:
    found = SHIPPED
    for one in CAPS:
        found = with_value("limits.toml", one.field, "100000", found)
    told = lifted_caps(load_rulebook(found).limits)
    assert [line.partition(" ")[0] for line in told] == [one.field for one in CAPS]
    assert all(one.high in line for one, line in zip(CAPS, told, strict=True))
    assert not lifted_caps(load_rulebook(SHIPPED).limits)


def test_between_the_two_thresholds_of_readings_a_person_decides() -> None:
    found = with_value("limits.toml", "passes", "0.3")
    found = tuple(replace(one, text=one.text.replace("argues = 0.2", "argues = 0.4")) for one in found)
    assert "«argues» больше, чем «passes»" in faults(found)


@pytest.mark.parametrize(
    ("amount", "unit", "told"),
    [(200, "working", "длиннее месяца"), (3, "months", "длиннее месяца"), (2, "working", "авария не ждёт")],
)
def test_no_deadline_is_so_far_away_that_nothing_is_late(amount: int, unit: str, told: str) -> None:
    was = 'name = "emergency"\namount = 2\nunit = "hours"'
    now = f'name = "emergency"\namount = {amount}\nunit = "{unit}"'
    assert any(was in one.text for one in SHIPPED)
    assert told in faults(tuple(replace(one, text=one.text.replace(was, now)) for one in SHIPPED))
