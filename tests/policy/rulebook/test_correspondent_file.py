"""`rules/correspondents.toml`: each fault is told with file and line, and what to do."""

from __future__ import annotations

import pytest

from mailbot.config import load_sources
from mailbot.model import RulebookError, SourceFile
from mailbot.policy import load_rulebook

GROUP = """[[group]]
name = "authority"
title = "Официальный запрос"
senders = ["*@adm.example"]
names = ['прокуратура\\b']
matters = []
matter_needed = false
act = "person"
deadline = "official_request"
acknowledge = false
"""


def faults(text: str) -> tuple[str, ...]:
    others = [one for one in load_sources("rules") if not one.name.endswith("/correspondents.toml")]
    with pytest.raises(RulebookError) as raised:
        load_rulebook((*others, SourceFile("rules/correspondents.toml", text)))
    return raised.value.faults


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('"official_request"', '"some_day"', "correspondents.toml:9: неизвестный срок «some_day»"),
        ("прокуратура", "прокуратура(", "correspondents.toml:5: выражение «прокуратура("),
        ('"*@adm.example"', '"adm.example"', "correspondents.toml:4: «adm.example» — не адрес"),
        ('"person"', '"robot"', "correspondents.toml:8: поле «act»: неизвестное значение «robot»"),
        (
            "matter_needed = false",
            "matter_needed = true",
            "correspondents.toml:6: при matter_needed = true нужны",
        ),
        ("acknowledge = false", "", "нет поля «acknowledge»"),
        ("title", "titel", "лишнее поле «titel»"),
        (
            "[\"*@adm.example\"]\nnames = ['прокуратура\\b']",
            "[]\nnames = []",
            "не сказано, как узнать отправителя",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(was: str, becomes: str, told: str) -> None:
    assert was in GROUP
    assert any(told in fault for fault in faults(GROUP.replace(was, becomes))), faults(
        GROUP.replace(was, becomes)
    )


def test_a_name_stands_once() -> None:
    assert any("«authority» уже есть" in fault for fault in faults(GROUP + "\n" + GROUP))


def test_a_folder_of_rules_from_before_has_no_groups() -> None:
    others = tuple(one for one in load_sources("rules") if not one.name.endswith("/correspondents.toml"))
    assert load_rulebook(others).correspondents == ()


def test_nobody_is_acknowledged_as_shipped() -> None:
    groups = load_rulebook(load_sources("rules")).correspondents
    assert groups
    assert not any(group.acknowledge for group in groups)
