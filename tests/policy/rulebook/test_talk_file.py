"""`rules/talk.json`: the models of sentences written, read again, and refused where the file is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from mailbot.config import resource_folder
from mailbot.model import SourceFile
from mailbot.policy.rulebook.trained_models.talk_models_file import FILE, UNTRAINED, read_talk, talk_text

TEXT = (resource_folder("rules") / FILE).read_text(encoding="utf-8")


def test_the_shipped_file_is_read_and_written_alike() -> None:
    faults: list[str] = []
    models = read_talk(SourceFile("rules/talk.json", TEXT), faults)
    assert faults == []
    assert models.talk.classes == ("matter", "talk")
    assert {"aside", "beyond", "thanks"} < set(models.answered.classes)
    assert talk_text(models, json.loads(TEXT)["made_of"]) == TEXT


def test_the_shipped_file_is_small() -> None:
    assert len(TEXT.encode()) <= 3_000_000


@pytest.mark.parametrize(
    "spoil", [lambda table: table.pop("talk"), lambda table: table["talk"].update(weights="AAAA")]
)
def test_a_file_of_another_kind_is_refused_with_its_place(spoil: Callable[[dict[str, Any]], object]) -> None:
    table = json.loads(TEXT)
    spoil(table)
    faults: list[str] = []
    assert read_talk(SourceFile("rules/talk.json", json.dumps(table)), faults) is UNTRAINED
    assert faults[0].startswith("rules/talk.json:1: файл модели не того вида")
    assert "mailbot train" in faults[0]


def test_broken_json_is_refused_with_its_line() -> None:
    faults: list[str] = []
    assert read_talk(SourceFile("rules/talk.json", '{"talk":\n{'), faults) is UNTRAINED
    assert faults[0].startswith("rules/talk.json:2: ")
