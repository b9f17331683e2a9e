"""What people do: every step lawful, logged with its author and reason."""

from __future__ import annotations

import itertools

import pytest

from mailbot.model import (
    CASE_STEPS,
    Action,
    CaseState,
    DeliveryState,
    InvalidCaseTransition,
    SendOutcome,
    SendResult,
)
from mailbot.store import NoSuchCase, Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.casework import moves_and_answers
from mailbot.store.mail import bounces, outbox
from tests.store.material import NOW, answered, decide, decision, minutes, outgoing, returned, take_in

REACHED = {
    CaseState.ANSWERED: Action.ANSWER,
    CaseState.AWAITING_REVIEW: Action.REVIEW,
    CaseState.SILENCED: Action.NO_REPLY,
    CaseState.IGNORED: Action.IGNORE,
}


def case_in(store: Store, state: CaseState) -> str:
    """How a person names a case that has come to that state."""
    letter_id = take_in(store)
    if state is not CaseState.COLLECTED:
        action = REACHED[state]
        decide(store, letter_id, decision(action), outgoing() if action is Action.ANSWER else None)
    (case,) = store.ask(summaries.cases, None, 10)
    assert case.state is state
    return case.number or str(case.id)


def move(store: Store, case: str, became: CaseState) -> None:
    with store.write() as transaction:
        moves_and_answers.move(transaction, case, became, "Петрова", "робот ошибся", NOW)


@pytest.mark.parametrize(("was", "became"), list(itertools.product(CaseState, CaseState)))
def test_only_lawful_steps_are_taken_and_each_is_logged(
    store: Store, was: CaseState, became: CaseState
) -> None:
    case = case_in(store, was)
    known = len(store.ask(events.events_of, store.ask(summaries.case_of, case).id))
    if (was, became) in CASE_STEPS:
        move(store, case, became)
        (found,) = store.ask(summaries.cases, None, 10)
        assert found.state is became
        event = store.ask(events.events_of, store.ask(summaries.case_of, found.number or case).id)[-1]
        assert (event.was, event.became, event.by, event.why) == (was, became, "Петрова", "робот ошибся")
    else:
        with pytest.raises(InvalidCaseTransition, match="не может перейти"):
            move(store, case, became)
        assert store.ask(summaries.cases, None, 10)[0].state is was
        assert len(store.ask(events.events_of, store.ask(summaries.case_of, case).id)) == known


def test_an_ignored_letter_is_named_by_its_id_and_gets_a_number_when_taken_back(store: Store) -> None:
    case = case_in(store, CaseState.IGNORED)
    assert store.ask(summaries.case_of, case).number is None
    move(store, case, CaseState.AWAITING_REVIEW)
    assert store.ask(summaries.case_of, "26-000001").state is CaseState.AWAITING_REVIEW
    with pytest.raises(NoSuchCase):
        store.ask(summaries.case_of, case)


def test_an_answer_taken_back_before_it_was_sent_is_held(store: Store) -> None:
    number = answered(store)
    move(store, number, CaseState.AWAITING_REVIEW)
    (ours,) = store.ask(summaries.outgoing_of, store.ask(summaries.case_of, number).id)
    assert ours.state is DeliveryState.HELD
    assert "робот ошибся" in ours.detail
    assert store.do(outbox.claim_outgoing, "d", minutes(1), NOW) is None


def test_an_answer_taken_back_after_it_was_sent_counts_no_longer(store: Store) -> None:
    number = answered(store)
    sent = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert sent
    store.do(outbox.record_delivery, sent.id, SendResult(SendOutcome.SENT, "250"), NOW, None)
    repeat = take_in(store, "Повторно", at=NOW + minutes(1))
    decide(store, repeat, decision(Action.NO_REPLY, rule="repeat"))
    move(store, number, CaseState.AWAITING_REVIEW)
    assert store.ask(summaries.counts) == {"awaiting_review": 2}, (
        "the repeat that rested on it comes back too"
    )
    letter_id = take_in(store, "Опять", at=NOW + minutes(2))
    context = decide(store, letter_id, decision(Action.REVIEW))
    assert not any(case.answered_on_substance for case in context.earlier)


def test_a_persons_answer_closes_the_case_and_goes_out(store: Store) -> None:
    case = case_in(store, CaseState.AWAITING_REVIEW)
    with store.write() as transaction:
        assert moves_and_answers.next_revision(transaction, case) == 1
        moves_and_answers.queue_answer(transaction, case, outgoing(), "Петрова", "Мастер придёт завтра.", NOW)
    assert store.ask(summaries.case_of, case).state is CaseState.ANSWERED
    assert store.ask(events.events_of, store.ask(summaries.case_of, case).id)[-1].by == "Петрова"
    sent = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert sent
    assert sent.case_number == case


def test_a_person_may_answer_after_the_machine_and_again_after_that(store: Store) -> None:
    case = answered(store)
    for revision in (2, 3):
        move(store, case, CaseState.AWAITING_REVIEW)
        with store.write() as transaction:
            assert moves_and_answers.next_revision(transaction, case) == revision
            moves_and_answers.queue_answer(
                transaction, case, outgoing(f"<person.{revision}@bk.ru>"), "Петрова", "Уточняем.", NOW
            )
    states = [item.state for item in store.ask(summaries.outgoing_of, store.ask(summaries.case_of, case).id)]
    assert states == [DeliveryState.HELD, DeliveryState.HELD, DeliveryState.READY]


def test_a_late_bounce_of_the_machines_answer_does_not_undo_the_persons(store: Store) -> None:
    case = answered(store)
    first = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert first
    store.do(outbox.record_delivery, first.id, SendResult(SendOutcome.SENT, "250"), NOW, None)
    move(store, case, CaseState.AWAITING_REVIEW)
    with store.write() as transaction:
        moves_and_answers.queue_answer(transaction, case, outgoing("<person@bk.ru>"), "Петрова", "Так.", NOW)
        bounces.record_bounces(transaction, returned(first.message_id), "mailbox full", NOW)
    letter_id = take_in(store, "Ещё", at=NOW + minutes(2))
    context = decide(store, letter_id, decision(Action.REVIEW))
    assert [item.answered_on_substance for item in context.earlier] == [True]
    assert store.ask(summaries.case_of, case).state is CaseState.AWAITING_REVIEW, (
        "a person looks all the same"
    )


def test_an_answer_to_a_closed_case_is_refused_and_leaves_no_letter(store: Store) -> None:
    case = answered(store)
    with pytest.raises(InvalidCaseTransition), store.write() as transaction:
        moves_and_answers.queue_answer(transaction, case, outgoing("<person@bk.ru>"), "Петрова", "Так.", NOW)
    assert len(store.ask(summaries.outgoing_of, store.ask(summaries.case_of, case).id)) == 1


@pytest.mark.parametrize("reference", ["26-999999", "", "7", "99999999999999999999", "٧", "; DROP"])
def test_an_unknown_case_is_told_in_russian(store: Store, reference: str) -> None:
    for question in (summaries.case_of, summaries.judged):
        with pytest.raises(NoSuchCase, match="нет"):
            store.ask(question, reference)
