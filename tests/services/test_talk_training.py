"""What is learned of some writers' talk holds of others: readings are finished, matters are not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from mailbot.config import load_sources, resource_folder
from mailbot.model import LetterKind, Rulebook
from mailbot.model.trained.number_roles import NUMBER_ROLES, RoleModel
from mailbot.policy import load_rulebook
from mailbot.services.evaluation.unseen_hands import read_hands
from mailbot.services.training import fingerprint
from mailbot.services.training.answered_texts import answered_lines
from mailbot.services.training.material.labelled_letters import read_training
from mailbot.services.training.material.marked_letters import MarkedLetter, read_marked
from mailbot.services.training.talk import TalkClause, talk_clauses, train_talk
from mailbot.understanding.completeness.small_talk import is_talk
from mailbot.understanding.completeness.small_talk_features import sign_of

UNSEEN = frozenset({"hand_03", "hand_08", "hand_13", "hand_18", "hand_23"})


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(load_sources("rules"))


@pytest.fixture(scope="module")
def marked() -> tuple[MarkedLetter, ...]:
    return read_marked(resource_folder("training") / "marked")


@pytest.fixture(scope="module")
def clauses(rulebook: Rulebook, marked: tuple[MarkedLetter, ...]) -> tuple[TalkClause, ...]:
    folder = resource_folder("training")
    labelled = (
        *read_training([folder / "letters"], (topic.name for topic in rulebook.topics)),
        *read_hands(folder / "hands"),
    )
    return talk_clauses(marked, labelled, folder / "talk", rulebook)


@pytest.fixture(scope="module")
def model(clauses: tuple[TalkClause, ...]) -> RoleModel:
    """Of all writers but the unseen."""
    return train_talk([one for one in clauses if one.hand not in UNSEEN])


def test_the_shipped_models_are_made_of_these_sentences(clauses: tuple[TalkClause, ...]) -> None:
    folder = resource_folder("training")
    lines = answered_lines(folder / "answered", folder / "talk")
    made_of = f'"made_of":"{fingerprint.of_sentences(clauses, lines)}"'
    shipped = (resource_folder("rules") / "talk.json").read_text(encoding="utf-8")
    assert made_of in shipped, "rules, letters or code changed: run «mailbot train --only talk»"


def test_writers_not_learned_from_have_their_readings_finished_and_no_matter_closed(
    clauses: tuple[TalkClause, ...],
    model: RoleModel,
    marked: tuple[MarkedLetter, ...],
    rulebook: Rulebook,
) -> None:
    rules = replace(rulebook, talk=model)
    finished: defaultdict[str, bool] = defaultdict(lambda: True)
    for one in clauses:
        if one.hand in UNSEEN:
            finished[one.place] &= is_talk(one.text, _roles(one.text), rules)
    whole = {letter.place: letter for letter in marked if letter.place in finished}
    readings = [place for place, letter in whole.items() if letter.kinds == (LetterKind.READING,)]
    matters = [
        place
        for place, letter in whole.items()
        if {LetterKind.QUESTION, LetterKind.COMPLAINT} & set(letter.kinds)
    ]
    assert sum(finished[place] for place in readings) >= 0.1 * len(readings)
    assert sum(finished[place] for place in matters) <= 0.005 * len(matters)


def test_the_same_sentences_give_the_same_weights(clauses: tuple[TalkClause, ...]) -> None:
    few = clauses[::40]
    first, second = train_talk(few), train_talk(few)
    assert (first.rows == second.rows).all()
    assert first.index == second.index


def _roles(text: str) -> list[str]:
    return [role for role in NUMBER_ROLES if sign_of(role) in text]
