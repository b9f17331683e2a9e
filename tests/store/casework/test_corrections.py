"""What people say a letter is stands in place of what the machine said, and is kept for its training."""

from __future__ import annotations

import pytest

from mailbot.model import CaseState, LetterCorrection, LetterKind
from mailbot.store import NoSuchCase, Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.casework import corrections
from tests.store.material import NOW, decide, decision, take_in

SAID = LetterCorrection((LetterKind.COMPLAINT, LetterKind.QUESTION), ("debt", "penalty"), urgent=False)


def corrected(store: Store, number: str, said: LetterCorrection) -> None:
    with store.write() as transaction:
        corrections.correct(transaction, number, said, "Петрова", NOW)


def test_a_correction_replaces_the_kinds_and_stays_in_the_log(store: Store) -> None:
    decide(store, take_in(store), decision())
    (before,) = store.ask(summaries.cases, None, 10)
    number = before.number or str(before.id)
    corrected(store, number, SAID)
    (case,) = store.ask(summaries.cases, None, 10)
    assert case.kinds == ("complaint", "question")
    assert case.state is before.state, "where a case stands is not what it is about"
    event = store.ask(events.events_of, store.ask(summaries.case_of, number).id)[-1]
    assert (event.by, event.why) == ("Петрова", "исправлено: complaint question: debt penalty")


def test_the_last_correction_of_a_letter_counts(store: Store) -> None:
    first, second = take_in(store), take_in(store, "Где мой ответ?")
    for letter_id in (first, second):
        decide(store, letter_id, decision())
    numbers = {case.letter_id: case.number or str(case.id) for case in store.ask(summaries.cases, None, 10)}
    corrected(store, numbers[second], SAID)
    corrected(store, numbers[first], SAID)
    urgent = LetterCorrection((LetterKind.OTHER,), (), urgent=True)
    corrected(store, numbers[second], urgent)
    assert store.ask(corrections.corrections) == ((first, SAID), (second, urgent))


def test_a_letter_that_the_machine_never_understood_can_be_corrected(store: Store) -> None:
    take_in(store)
    (case,) = store.ask(summaries.cases, None, 10)
    assert case.state is CaseState.COLLECTED
    corrected(store, str(case.id), SAID)
    assert store.ask(summaries.cases, None, 10)[0].kinds == ("complaint", "question")


def test_no_case_no_correction(store: Store) -> None:
    with pytest.raises(NoSuchCase):
        corrected(store, "26-999999", SAID)
    assert store.ask(corrections.corrections) == ()
