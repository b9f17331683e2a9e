"""`rules/names.json`: the models of words written, read again, and refused where the file is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from mailbot.config import resource_folder
from mailbot.model import SourceFile
from mailbot.model.trained.name_words import UNTRAINED_WORDS
from mailbot.policy.rulebook.trained_models.word_models_file import FILE, read_words, words_text

TEXT = (resource_folder("rules") / FILE).read_text(encoding="utf-8")


def test_the_shipped_file_is_read_and_written_alike() -> None:
    faults: list[str] = []
    models = read_words(SourceFile("rules/names.json", TEXT), faults)
    assert faults == []
    assert {tag[2:] for tag in models.tagged.tags[1:]} >= {"surname", "given", "street", "village"}
    again = read_words(SourceFile("rules/names.json", words_text(models)), faults)
    assert np.allclose(again.tagged.moves, models.tagged.moves, atol=1e-3)
    assert again.tagged.plain == models.tagged.plain


def test_the_shipped_file_is_small() -> None:
    assert len(TEXT.encode()) <= 2_000_000


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: table.pop("tagged"),
        lambda table: table["tagged"].update(weights="AAAA"),
        lambda table: table["tagged"].update(moves=[1, 2]),
        lambda table: table["tagged"]["tags"].pop(),
        lambda table: table.update(own=[]),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_place(spoil: Callable[[dict[str, Any]], object]) -> None:
    table = json.loads(TEXT)
    spoil(table)
    faults: list[str] = []
    assert read_words(SourceFile("rules/names.json", json.dumps(table)), faults) is UNTRAINED_WORDS
    assert len(faults) == 1
    assert faults[0].startswith("rules/names.json:1: файл модели не того вида")
    assert "mailbot train" in faults[0]


def test_broken_json_is_refused_with_its_line() -> None:
    faults: list[str] = []
    assert read_words(SourceFile("rules/names.json", '{"tagged":\n{'), faults) is UNTRAINED_WORDS
    assert faults[0].startswith("rules/names.json:2: ")
