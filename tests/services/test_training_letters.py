"""Training letters are text that a person can read and check; a fault is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import LetterCorrection, LetterKind, Rulebook
from mailbot.parsing import parse
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.labels import UnknownLabel
from mailbot.services.training.material.labelled_letters import (
    TrainingFault,
    TrainingLetter,
    corrected,
    read_training,
)
from mailbot.store.casework import corrections
from tests.services.conftest import House

TWO = """\
=== complaint question | cold_radiators debt | urgent
Тема: холодно

Батареи ледяные.

Прошу сделать перерасчёт.

=== reading | |
Тема:

лс 440215 гвс 123,4
"""


def read(folder: Path, text: str) -> tuple[TrainingLetter, ...]:
    (folder / "some.txt").write_text(text, encoding="utf-8")
    return read_training([folder], ("cold_radiators", "debt"))


def test_labels_subject_and_body_are_read(tmp_path: Path) -> None:
    first, second = read(tmp_path, TWO)
    assert first.kinds == (LetterKind.COMPLAINT, LetterKind.QUESTION)
    assert first.topics == frozenset({"cold_radiators", "debt"})
    assert (first.urgent, second.urgent) == (True, False)
    assert (first.subject, first.body) == ("холодно", "Батареи ледяные.\n\nПрошу сделать перерасчёт.")
    assert (second.subject, second.body, second.topics) == ("", "лс 440215 гвс 123,4", frozenset())
    assert second.place == "some.txt:8"


def test_a_letter_comes_to_the_model_as_mail_would(tmp_path: Path) -> None:
    letter = parse(read(tmp_path, TWO)[0].raw())
    assert letter.subject == "холодно"
    assert letter.body == "Батареи ледяные.\n\nПрошу сделать перерасчёт."


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("=== жалоба | |", "some.txt:1: вида «жалоба» нет"),
        ("=== | debt |", "some.txt:1: не назван вид"),
        ("=== complaint | dept |", "some.txt:1: темы «dept» нет в topics.toml"),
        ("=== complaint", "some.txt:1: нужны три поля"),
        ("=== complaint | | срочно", "some.txt:1: в третьем поле может стоять только urgent"),
    ],
)
def test_a_wrong_label_is_told_with_its_line(header: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingFault) as fault:
        read(tmp_path, f"{header}\nТема:\n\nтекст\n")
    assert fault.value.faults[0].startswith(told)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TrainingFault) as fault:
        read(tmp_path, "=== a | |\nх\n=== b | |\nх\n")
    assert len(fault.value.faults) == 2


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=60).map(str.strip))
def test_a_letter_is_written_in_the_form_in_which_it_is_read(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    wanted = TrainingLetter(
        "some.txt:1", (LetterKind.QUESTION,), frozenset({"debt"}), True, "тема", f"а {body}"
    )
    (found,) = read(tmp_path_factory.mktemp("letters"), wanted.text())
    assert found == wanted


def test_what_people_correct_becomes_a_training_letter(house: House, rulebook: Rulebook) -> None:
    case = house.receive(
        "Subject: =?utf-8?b?0YLQtdC80LA=?=\nFrom: a@b.ru\n\nОпять двадцать пять, батареи.\n\nПетрова"
    )
    assert case.number
    said = LetterCorrection((LetterKind.COMPLAINT,), ("cold_radiators",), urgent=False)
    acts.relabel_case(house.store, rulebook, ActContext(case.number, None, "Иванова", house.now), said)
    (letter,) = corrected(house.store)
    assert (letter.kinds, letter.topics) == ((LetterKind.COMPLAINT,), frozenset({"cold_radiators"}))
    assert (letter.subject, letter.body) == ("тема", "Опять двадцать пять, батареи.\n\nПетрова")


def test_a_correction_to_what_there_is_not_is_refused(house: House, rulebook: Rulebook) -> None:
    case = house.receive("From: a@b.ru\n\nБатареи холодные")
    assert case.number
    for said in (
        LetterCorrection((), (), urgent=False),
        LetterCorrection((LetterKind.OTHER,), ("dept",), urgent=False),
    ):
        with pytest.raises(UnknownLabel, match="есть"):
            acts.relabel_case(
                house.store, rulebook, ActContext(case.number, None, "Иванова", house.now), said
            )
    assert house.store.ask(corrections.corrections) == ()
