"""The network learns what it is shown, and its gradients are those that one finds by trying."""

from __future__ import annotations

import numpy as np
import pytest

from mailbot.config import resource_folder
from mailbot.language.word_pieces import piece_numbers, piece_vectors
from mailbot.model import Rulebook
from mailbot.model.trained.sentence_network import (
    FEATURES,
    PIECE,
    SHAPES,
    Rows,
    SentenceBatch,
    build_layout,
    convolve,
    pool,
)
from mailbot.policy.rulebook.trained_models.talk_network_file import FILE
from mailbot.services.training import fingerprint
from mailbot.services.training.material.labelled_lines import LabelledLine
from mailbot.services.training.material.marked_letters import read_marked
from mailbot.services.training.talk import whole_sentences
from mailbot.services.training.talk_network import back_through, train_net
from mailbot.understanding.completeness.small_talk import read_whole

STEP = 1e-4
CONVOLVING = [name for name in SHAPES if not name.startswith(("hidden", "answer"))]
TALK = ("Кот спит на батарее", "Внук диктует, я печатаю", "С праздником вас", "Погода хорошая, гулять пойдём")
MATTERS = (
    "Батареи холодные",
    "Пересчитайте за октябрь",
    "Когда придёт мастер",
    "Счётчик сломался, что делать",
)


@pytest.mark.parametrize("name", CONVOLVING)
def test_each_gradient_is_the_slope_that_a_small_step_shows(name: str) -> None:
    chance = np.random.default_rng(3)
    weights = {one: chance.standard_normal(SHAPES[one]) * 0.05 for one in CONVOLVING}
    weights["gain"] += 1
    weights["project_gain"] += 1
    found = build_layout([chance.standard_normal((pieces, PIECE)).astype(np.float32) for pieces in (3, 1, 6)])
    exact: tuple[Rows, Rows] = (found.vectors.astype(np.float64), found.within.astype(np.float64))
    layout = SentenceBatch(exact[0], found.starts, found.ends, exact[1])
    wanted = chance.standard_normal((3, 2 * FEATURES))

    def value() -> float:
        return float((pool(convolve(layout, weights).features, layout) * wanted).sum())  # type: ignore[arg-type]

    seen = convolve(layout, weights)  # type: ignore[arg-type]
    gradient = back_through(layout, seen, weights, wanted)[name]  # type: ignore[arg-type]
    at = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
    weights[name][at] += STEP
    above = value()
    weights[name][at] -= 2 * STEP
    slope = (above - value()) / (2 * STEP)
    assert gradient[at] == pytest.approx(slope, rel=2e-2)


def test_it_learns_to_part_what_it_was_shown_and_the_same_again() -> None:
    shown = [LabelledLine("", text, "talk" if text in TALK else "matter") for text in (*TALK, *MATTERS)] * 60
    net, again = train_net(shown, "talk"), train_net(shown, "talk")
    odds = net.log_odds([piece_vectors(piece_numbers(one.text)) for one in shown[:8]])
    assert all((value > 0) == (one.says == "talk") for value, one in zip(odds, shown, strict=False))
    assert all((net.weights[name] == again.weights[name]).all() for name in SHAPES)


def test_the_shipped_network_is_made_of_these_lines() -> None:
    folder = resource_folder("training")
    made_of = (
        f'"made_of":"{fingerprint.of_net(whole_sentences(read_marked(folder / "marked"), folder / "talk"))}"'
    )
    shipped = (resource_folder("rules") / FILE).read_text(encoding="utf-8")
    assert made_of in shipped, "lines or code changed: run «mailbot train --only talk»"


def test_a_matter_that_is_told_between_talk_is_a_matter_still(rulebook: Rulebook) -> None:
    """Sentences stood joined now and then, so the network knows a letter that was told to a telephone without a stop."""
    for matter in MATTERS:
        assert read_whole(f"{TALK[0]} {matter} {TALK[1]}", rulebook) < 0
        assert read_whole(f"{TALK[0]} {TALK[2]} {TALK[1]}", rulebook) > 0
