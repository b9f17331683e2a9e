"""The model is built of labelled letters alone, to the same bytes, and says how sure it is."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from mailbot.config import load_sources, resource_folder
from mailbot.model import LetterKind, Rulebook
from mailbot.parsing import parse
from mailbot.policy import load_rulebook, with_model, without_model
from mailbot.policy.rulebook.trained_models.classifier_file import classifier_text
from mailbot.policy.rulebook.trained_models.role_models_file import roles_text
from mailbot.policy.rulebook.trained_models.word_models_file import words_text
from mailbot.services.evaluation.unseen_hands import read_hands
from mailbot.services.training import fingerprint
from mailbot.services.training.classifier_measures import calibration_error
from mailbot.services.training.cross_validation import cross_validate
from mailbot.services.training.fingerprint import EVERY
from mailbot.services.training.letter_kinds import (
    Scores,
    TrainingExample,
    examples,
    examples_by,
    held_out_scores,
    label_names,
    train,
)
from mailbot.services.training.material.labelled_letters import TrainingLetter, read_training
from mailbot.services.training.material.marked_letters import MarkedLetter, as_training, read_marked
from mailbot.services.training.model_sight import FeatureSet
from mailbot.services.training.number_roles import train_roles
from mailbot.services.training.parallel_work import process_pool
from mailbot.services.training.word_tags import train_words
from mailbot.understanding import features_of, probability, understand
from tests.scale import scale


@pytest.fixture(scope="session")
def marked() -> tuple[MarkedLetter, ...]:
    return read_marked(resource_folder("training") / "marked")


@pytest.fixture(scope="session")
def letters(rulebook: Rulebook, marked: tuple[MarkedLetter, ...]) -> tuple[TrainingLetter, ...]:
    told = read_training([resource_folder("training") / "letters"], (topic.name for topic in rulebook.topics))
    return (*told, *as_training(marked), *read_hands(resource_folder("training") / "hands"))


@pytest.fixture(scope="module")
def known(letters: tuple[TrainingLetter, ...], rulebook: Rulebook) -> tuple[TrainingExample, ...]:
    """Every sixteenth letter, or all."""
    return examples(letters[:: scale(16, 1)], rulebook, FeatureSet.ALL)


@pytest.fixture(scope="module")
def unseen(known: tuple[TrainingExample, ...]) -> Scores:
    """The scores of five models, each of the letters of four fifths of the writers."""
    return held_out_scores(known, label_names(known))


def test_there_are_letters_enough_of_every_kind(letters: tuple[TrainingLetter, ...]) -> None:
    assert len(letters) >= 1500
    for kind in LetterKind:
        assert sum(letter.kinds[0] is kind for letter in letters) >= 100
    bodies = {letter.mail or " ".join((letter.subject + letter.body).lower().split()) for letter in letters}
    assert len(bodies) >= 0.995 * len(letters), "a letter written twice teaches nothing"


def test_the_shipped_models_are_made_of_these_letters_and_of_what_is_seen_of_them(
    letters: tuple[TrainingLetter, ...], marked: tuple[MarkedLetter, ...], rulebook: Rulebook
) -> None:
    """A changed letter, mark, list of words or feature asks for new models; `make torture` makes them anew."""
    rules = resource_folder("rules")
    made_of = {
        name: json.loads((rules / name).read_text(encoding="utf-8"))["made_of"]
        for name in ("classifier.json", "roles.json", "names.json")
    }
    assert made_of == {
        "classifier.json": fingerprint.of_kinds(
            letters, examples(letters[::EVERY], rulebook, FeatureSet.ALL)
        ),
        "roles.json": fingerprint.of_roles(marked),
        "names.json": fingerprint.of_words(marked),
    }, "rules, letters or code changed: run «mailbot train»"


def test_processes_side_by_side_find_what_one_finds(letters: tuple[TrainingLetter, ...]) -> None:
    rules = without_model(load_sources("rules"))
    few = letters[::400]
    known = examples(few, load_rulebook(rules), FeatureSet.ALL)
    names = label_names(known)
    with process_pool() as crew:
        assert examples_by(crew.map, few, rules, FeatureSet.ALL) == known
        assert held_out_scores(known, names, crew.map) == held_out_scores(known, names)


@pytest.mark.timeout(1800)
def test_the_same_letters_give_the_same_bytes(
    known: tuple[TrainingExample, ...], unseen: Scores, marked: tuple[MarkedLetter, ...]
) -> None:
    """Of a few letters twice, or of all the shipped files."""
    few = marked[:: scale(400, 1)]
    texts = [
        [classifier_text(train(known, unseen)), roles_text(train_roles(few)), words_text(train_words(few))]
        for _ in range(scale(2, 1))
    ]
    if scale(False, True):
        names = ("classifier.json", "roles.json", "names.json")
        texts.append([(resource_folder("rules") / name).read_text(encoding="utf-8") for name in names])
        texts = [[re.sub(r'"made_of": ?"\w*"', "", text) for text in row] for row in texts]
    assert texts[0] == texts[1]


def test_training_does_not_look_at_the_model_that_there_is(letters: tuple[TrainingLetter, ...]) -> None:
    rules = load_sources("rules")
    blank = load_rulebook(without_model(rules))
    shipped = load_rulebook(rules)
    for letter in letters[::397]:
        raw = parse(letter.raw())
        assert features_of(raw, blank) == features_of(raw, shipped)


@pytest.mark.timeout(600)
def test_letters_not_learned_from_are_told_apart(
    known: tuple[TrainingExample, ...], unseen: Scores, rulebook: Rulebook
) -> None:
    found = cross_validate(known, rulebook.thresholds.also, unseen)
    assert found.primary_macro_f1 >= scale(0.72, 0.82)
    assert found.kinds_f1 >= scale(0.72, 0.83)
    assert found.calibration_error <= 0.03, "what is said to be 0.8 sure holds in 0.8 of cases"


def test_a_model_of_other_letters_takes_their_side(rulebook: Rulebook) -> None:
    """A company whose people call «корм» a complaint gets its own model."""
    own = [
        TrainingLetter(f"{at}", (kind,), frozenset(), False, "", f"{word} номер {at} у соседей")
        for at in range(12)
        for kind, word in ((LetterKind.COMPLAINT, "кукарямба"), (LetterKind.QUESTION, "бормотуха"))
    ]
    model = train(examples(own, rulebook, FeatureSet.NGRAMS))
    theirs = load_rulebook(with_model(load_sources("rules"), classifier_text(model)))
    for kind, word in ((LetterKind.COMPLAINT, "кукарямба"), (LetterKind.QUESTION, "бормотуха")):
        letter = TrainingLetter("", (kind,), frozenset(), False, "", f"опять {word} у нас во дворе")
        assert understand(parse(letter.raw()), theirs).primary is kind


def test_calibration_error_is_the_gap_between_words_and_deeds() -> None:
    chance = random.Random(1)
    honest = [(share, chance.random() < share) for share in (chance.random() for _ in range(20_000))]
    assert calibration_error(honest) < 0.02
    assert calibration_error([(0.9, False)] * 10 + [(0.9, True)] * 10) == pytest.approx(0.4)


@pytest.mark.parametrize("score", [-1e9, -700.0, 0.0, 3.5, 1e9])
def test_probability_never_overflows(score: float) -> None:
    assert 0 <= probability(score) <= 1
    assert probability(score) + probability(-score) == pytest.approx(1)


def test_letters_are_labelled_by_hand_in_files_of_one_theme(letters: tuple[TrainingLetter, ...]) -> None:
    files = {Path(letter.place.partition(":")[0]).stem for letter in letters}
    assert len(files) >= 20
