"""Letters of eight writers who knew nothing of the program: none that is owed an answer is left without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.services.evaluation.counting import Share
from mailbot.services.evaluation.evaluate import evaluate_letters
from mailbot.services.evaluation.judging import judge
from mailbot.services.evaluation.labelled_folder import read_folder
from mailbot.services.in_force.rules_and_templates import ActiveRules

HANDS = sorted((Path(__file__).parents[2] / "training" / "hands").glob("0*"))

NONE_OF = ("wrongly_silenced", "wrongly_answered", "readings_accepted_wrong", "abuse_with_matter_silenced")


def test_there_are_eight_of_them() -> None:
    assert len(HANDS) == 8


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_nobody_owed_an_answer_is_silenced_no_robot_answered_no_wrong_reading_taken(
    hand: Path, rules: ActiveRules
) -> None:
    """The letters alone: threads take a database each, and `mailbot eval` runs them."""
    letters = replace(read_folder(hand), threads=())
    figures = {
        figure.name: figure.value
        for figure in evaluate_letters(judge(letters, rules, resource_folder("db"))).figures
    }
    wrong = {key: value for key in NONE_OF if isinstance(value := figures[key], Share) and value.good}
    assert wrong == {}
