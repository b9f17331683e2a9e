"""The model is a file like every rule: read whole, its faults told with file and line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Classifier, ClassifierLabel, ClassifierTerm, RulebookError, SourceFile
from mailbot.model.trained.linear_classifier import classifier_of
from mailbot.policy import load_rulebook
from mailbot.policy.rulebook.trained_models.classifier_file import (
    EMPTY,
    NEEDED,
    classifier_text,
    read_classifier,
)
from tests.policy.builders import rule_sources

MODEL = classifier_of(
    (
        *(ClassifierLabel(name, 0.125, 1.0, -0.5) for name in NEEDED),
        ClassifierLabel("topic:debt", -1.0, 0.5, 0.0),
    ),
    {
        " дол": ClassifierTerm(2.5, ((1, 0.75), (8, 3.0))),
        "=asks": ClassifierTerm(0.0, ((2, -0.25),)),
        '"\\': ClassifierTerm(1.0, ((0, 1.0),)),
    },
)


def read(text: str) -> tuple[Classifier, list[str]]:
    faults: list[str] = []
    return read_classifier(SourceFile("rules/classifier.json", text), faults), faults


def test_a_model_is_read_as_it_was_written() -> None:
    assert read(classifier_text(MODEL)) == (MODEL, [])


def test_equal_models_give_equal_bytes_one_term_a_line() -> None:
    turned = classifier_of(MODEL.labels, dict(reversed(list(MODEL.list_terms().items()))))
    assert classifier_text(turned) == classifier_text(MODEL)
    assert '\n" дол": [2500,1,750,8,3000],\n' in classifier_text(MODEL)


def test_weights_too_faint_to_be_written_leave_no_term() -> None:
    faint = classifier_of(MODEL.labels, {"а": ClassifierTerm(1.0, ((0, 0.0001),))})
    assert read(classifier_text(faint))[0].list_terms() == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"labels": [],\n"terms": {\n" а": [1,\n}}', "rules/classifier.json:4"),
        ('{"labels": [], "terms": {}}', "нет вопроса «kind:reading»"),
        (classifier_text(EMPTY).replace('"terms": {', '"terms": {"а": [1, 99, 5]'), "не того вида"),
        (classifier_text(EMPTY).replace('"terms": {', '"terms": {"а": [1, 2]'), "не того вида"),
        ("[]", "не того вида"),
        ("", "rules/classifier.json:1"),
    ],
)
def test_a_broken_model_is_told_with_file_line_and_what_to_do(text: str, told: str) -> None:
    found, (fault,) = read(text)
    assert found == EMPTY
    assert told in fault
    assert "mailbot train" in fault


def test_a_missing_model_stops_the_start() -> None:
    sources = tuple(source for source in rule_sources() if not source.name.endswith("classifier.json"))
    with pytest.raises(RulebookError, match=r"rules/classifier\.json:1: файла нет"):
        load_rulebook(sources)


@given(st.text(max_size=60), st.integers(0, 200))
def test_any_damage_is_a_fault_or_a_model_never_a_crash(noise: str, at: int) -> None:
    text = classifier_text(MODEL)
    found, faults = read(text[:at] + noise + text[at:])
    assert isinstance(found, Classifier)
    assert len(faults) <= 1
