"""The model is built of labelled letters alone, to the same bytes, and says how sure it is."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config import resource, sources
from mailbot.model import Classifier, Kind, Rulebook, Source
from mailbot.parsing import parse
from mailbot.policy import load_rulebook, with_model, without_model
from mailbot.policy.classifier_file import classifier_text, read_classifier
from mailbot.services.cross_validation import cross_validate
from mailbot.services.measures import calibration_error
from mailbot.services.sight import Sight
from mailbot.services.train import Example, Scores, examples, held_out_scores, label_names, train
from mailbot.services.training_letters import TrainingLetter, read_training
from mailbot.understanding import features_of, probability, understand
from tests.scale import scale


@pytest.fixture(scope="session")
def letters(rulebook: Rulebook) -> tuple[TrainingLetter, ...]:
    return read_training([resource("training") / "letters"], (topic.name for topic in rulebook.topics))


@pytest.fixture(scope="session")
def known(letters: tuple[TrainingLetter, ...], rulebook: Rulebook) -> tuple[Example, ...]:
    return examples(letters, rulebook, Sight.ALL)


@pytest.fixture(scope="module")
def compared(known: tuple[Example, ...]) -> tuple[Example, ...]:
    """Letters for the cross-validation: every fourth, or all."""
    return known[:: scale(4, 1)]


@pytest.fixture(scope="module")
def unseen(compared: tuple[Example, ...]) -> Scores:
    """The scores of five models of four fifths of the letters: the costly part of training and of measuring alike."""
    return held_out_scores(compared, label_names(compared))


def test_there_are_letters_enough_of_every_kind(letters: tuple[TrainingLetter, ...]) -> None:
    assert len(letters) >= 1500
    for kind in Kind:
        assert sum(letter.kinds[0] is kind for letter in letters) >= 100
    bodies = {" ".join((letter.subject + letter.body).lower().split()) for letter in letters}
    assert len(bodies) >= 0.995 * len(letters), "a letter written twice teaches nothing"


@pytest.mark.timeout(600)
def test_the_shipped_model_is_the_one_that_the_letters_give(
    known: tuple[Example, ...], unseen: Scores
) -> None:
    """To the byte; the short form takes every term and weight, and leaves out what five more models calibrate."""
    shipped = (resource("rules") / "classifier.json").read_text(encoding="utf-8")
    scores = scale(dict.fromkeys(label_names(known), [0.0] * len(known)), unseen)
    given = classifier_text(train(known, scores))
    same = scale(uncalibrated(given) == uncalibrated(shipped), given == shipped)
    assert same, "rules or letters changed: run «mailbot train»"


def uncalibrated(text: str) -> Classifier:
    """The model of a file without its slopes and offsets."""
    faults: list[str] = []
    model = read_classifier(Source("classifier.json", text), faults)
    assert not faults
    return replace(model, labels=tuple(replace(label, slope=1.0, offset=0.0) for label in model.labels))


def test_training_does_not_look_at_the_model_that_there_is(letters: tuple[TrainingLetter, ...]) -> None:
    rules = sources("rules")
    blank = load_rulebook(without_model(rules))
    shipped = load_rulebook(rules)
    for letter in letters[::97]:
        raw = parse(letter.raw())
        assert features_of(raw, blank) == features_of(raw, shipped)


@pytest.mark.timeout(600)
def test_letters_not_learned_from_are_told_apart(
    compared: tuple[Example, ...], unseen: Scores, rulebook: Rulebook
) -> None:
    found = cross_validate(compared, rulebook.thresholds.also, unseen)
    assert found.primary_macro_f1 >= scale(0.72, 0.82)
    assert found.kinds_f1 >= scale(0.72, 0.83)
    assert found.calibration_error <= 0.03, "what is said to be 0.8 sure holds in 0.8 of cases"


def test_a_model_of_other_letters_takes_their_side(rulebook: Rulebook) -> None:
    """A company whose people call «корм» a complaint gets its own model."""
    own = [
        TrainingLetter(f"{at}", (kind,), frozenset(), False, "", f"{word} номер {at} у соседей")
        for at in range(12)
        for kind, word in ((Kind.COMPLAINT, "кукарямба"), (Kind.QUESTION, "бормотуха"))
    ]
    model = train(examples(own, rulebook, Sight.NGRAMS))
    theirs = load_rulebook(with_model(sources("rules"), classifier_text(model)))
    for kind, word in ((Kind.COMPLAINT, "кукарямба"), (Kind.QUESTION, "бормотуха")):
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
