"""`rules/talk.json`: the model of talk written, read again, and refused where the file is none."""

from __future__ import annotations

import json

import pytest

from mailbot.config import resource
from mailbot.model import Source
from mailbot.model.rulebook import NO_TALK
from mailbot.policy.talk_file import FILE, read_talk, talk_text

TEXT = (resource("rules") / FILE).read_text(encoding="utf-8")


def test_the_shipped_file_is_read_and_written_alike() -> None:
    faults: list[str] = []
    model = read_talk(Source("rules/talk.json", TEXT), faults)
    assert faults == []
    assert model.classes == ("matter", "talk")
    assert talk_text(model, json.loads(TEXT)["made_of"]) == TEXT


def test_the_shipped_file_is_small() -> None:
    assert len(TEXT.encode()) <= 1_000_000


@pytest.mark.parametrize(
    "spoil", [lambda table: table.pop("talk"), lambda table: table["talk"].update(weights="AAAA")]
)
def test_a_file_of_another_kind_is_refused_with_its_place(spoil) -> None:
    table = json.loads(TEXT)
    spoil(table)
    faults: list[str] = []
    assert read_talk(Source("rules/talk.json", json.dumps(table)), faults) is NO_TALK
    assert faults[0].startswith("rules/talk.json:1: файл модели не того вида")
    assert "mailbot train" in faults[0]


def test_broken_json_is_refused_with_its_line() -> None:
    faults: list[str] = []
    assert read_talk(Source("rules/talk.json", '{"talk":\n{'), faults) is NO_TALK
    assert faults[0].startswith("rules/talk.json:2: ")
