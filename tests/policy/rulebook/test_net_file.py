"""`rules/talk_net.json`: the network written, read again, and refused where the file is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from mailbot.config import resource_folder
from mailbot.model import SourceFile
from mailbot.model.trained.sentence_network import NO_NET
from mailbot.policy.rulebook.trained_models.talk_network_file import FILE, net_text, read_net

TEXT = (resource_folder("rules") / FILE).read_text(encoding="utf-8")


def test_the_shipped_file_is_read_and_written_alike() -> None:
    faults: list[str] = []
    net = read_net(SourceFile("rules/talk_net.json", TEXT), faults)
    assert faults == []
    assert net_text(net, json.loads(TEXT)["made_of"]) == TEXT


def test_the_shipped_file_is_small() -> None:
    assert len(TEXT.encode()) <= 3_000_000


@pytest.mark.parametrize(
    "spoil",
    [
        lambda weights: weights.pop("gain"),
        lambda weights: weights["hidden"].update(bytes="AAAA"),
        lambda weights: weights.update(gain=[1.0]),
        lambda weights: weights["gain"].__setitem__(0, float("nan")),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_place(spoil: Callable[[dict[str, Any]], object]) -> None:
    table = json.loads(TEXT)
    spoil(table["weights"])
    faults: list[str] = []
    assert read_net(SourceFile("rules/talk_net.json", json.dumps(table)), faults) is NO_NET
    assert faults[0].startswith("rules/talk_net.json:1: файл модели не того вида")
    assert "mailbot train" in faults[0]
