"""The outbox: every state of a letter of ours, and never a blind second sending."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, update

from mailbot.model import Action, CaseState, DeliveryState, LetterPurpose, SendOutcome, SendResult
from mailbot.store import ClaimedOutgoing, Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.database.engine import writing
from mailbot.store.mail import bounces, outbox, uncertain_deliveries
from mailbot.store.schema.letters_and_cases import outbox as outbox_table
from tests.store.material import (
    ANNA,
    NOW,
    answered,
    decide,
    decision,
    facts,
    letter,
    minutes,
    outgoing,
    returned,
    take_in,
)

LEASE = minutes(1)


def claim(store: Store, at: float = 0.0) -> ClaimedOutgoing | None:
    return store.do(outbox.claim_outgoing, "d", LEASE, NOW + minutes(at))


def claimed(store: Store, at: float = 0.0) -> ClaimedOutgoing:
    found = claim(store, at)
    assert found
    return found


def tell(
    store: Store, letter: ClaimedOutgoing, outcome: SendOutcome, at: float = 0.0, retry: float = 0.0
) -> None:
    store.do(
        outbox.record_delivery,
        letter.id,
        SendResult(outcome, f"сервер: {outcome}"),
        NOW + minutes(at),
        NOW + minutes(retry),
    )


def state(store: Store, number: str = "26-000001") -> tuple[CaseState, DeliveryState | None]:
    case = store.ask(summaries.case_of, number)
    return case.state, case.delivery


def on_substance(store: Store) -> bool:
    """Does the first case count as answered on substance, as the next letter of its sender sees it?"""
    letter_id = take_in(
        store, f"проба {store.ask(summaries.counts)} {store.ask(summaries.pending)}", at=NOW + minutes(99)
    )
    context = decide(store, letter_id, decision(Action.IGNORE), now=NOW + minutes(99))
    return next(case for case in context.earlier if case.number == "26-000001").answered_on_substance


def test_a_claimed_letter_is_whole_and_is_nobody_elses(store: Store) -> None:
    number = answered(store)
    letter = claimed(store)
    assert (letter.case_number, letter.recipient, letter.message_id) == (number, ANNA, "<mailbot.1@bk.ru>")
    assert (letter.content, letter.attempts, letter.created_at) == (outgoing().content, 1, NOW)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.SENDING)
    assert claim(store) is None
    assert store.ask(summaries.pending) == 1


def test_the_letter_due_longest_goes_first(store: Store) -> None:
    for number in (3, 1, 2):
        answered(store, f"{number}", f"{number}@x", f"<{number}@bk.ru>", NOW + minutes(number))
    assert [claimed(store, 9).message_id for _ in range(3)] == ["<1@bk.ru>", "<2@bk.ru>", "<3@bk.ru>"]


def test_sent_is_sent_once_and_then_copied_once(store: Store) -> None:
    answered(store)
    letter = claimed(store)
    tell(store, letter, SendOutcome.SENT, at=1)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.SENT)
    assert claim(store, 99) is None
    assert store.ask(summaries.pending) == 0
    (copy,) = store.ask(outbox.to_copy, 10)
    assert (copy.message_id, copy.content, copy.sent_at) == (
        letter.message_id,
        letter.content,
        NOW + minutes(1),
    )
    store.do(outbox.mark_copied, copy.id, NOW)
    assert store.ask(outbox.to_copy, 10) == ()


def test_what_was_certainly_not_sent_is_tried_again_later(store: Store) -> None:
    answered(store)
    tell(store, claimed(store), SendOutcome.NOT_SENT, retry=5)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.READY)
    assert claim(store, 4.9) is None
    again = claimed(store, 5)
    assert again.attempts == 2
    assert (
        store.ask(summaries.outgoing_of, store.ask(summaries.case_of, "26-000001").id)[0].detail
        == "сервер: not_sent"
    )


def test_a_refused_letter_puts_its_case_before_a_person_and_answered_nothing(store: Store) -> None:
    answered(store)
    tell(store, claimed(store), SendOutcome.REFUSED)
    assert state(store) == (CaseState.AWAITING_REVIEW, DeliveryState.REFUSED)
    assert "сервер: refused" in (store.ask(summaries.case_of, "26-000001").error or "")
    assert (
        "сервер: refused" in store.ask(events.events_of, store.ask(summaries.case_of, "26-000001").id)[-1].why
    )
    assert claim(store, 99) is None
    assert not on_substance(store)


def test_a_refused_acknowledgement_is_told_to_the_person_who_has_the_case_already(store: Store) -> None:
    decide(store, take_in(store), decision(Action.REVIEW), outgoing(purpose=LetterPurpose.ACKNOWLEDGEMENT))
    tell(store, claimed(store), SendOutcome.REFUSED)
    last = store.ask(events.events_of, store.ask(summaries.case_of, "26-000001").id)[-1]
    assert (last.was, last.became) == (CaseState.AWAITING_REVIEW, CaseState.AWAITING_REVIEW)
    assert "не принял" in last.why


def test_an_uncertain_letter_is_never_claimed_again(store: Store) -> None:
    answered(store)
    letter = claimed(store)
    tell(store, letter, SendOutcome.UNCERTAIN)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.UNCERTAIN)
    for days in range(10):
        assert claim(store, days * 24 * 60) is None
    assert [item.message_id for item in store.ask(uncertain_deliveries.uncertain)] == [letter.message_id]
    assert store.ask(summaries.pending) == 1, "somebody must look it up"


def test_a_sender_that_died_before_the_text_began_leaves_a_letter_that_is_sent_again(store: Store) -> None:
    answered(store)
    first = claimed(store)
    assert store.do(uncertain_deliveries.return_unbegun, None, NOW + minutes(0.9)) == 0
    assert store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(1)) == ()
    assert store.do(uncertain_deliveries.return_unbegun, None, NOW + minutes(1)) == 1
    again = claimed(store, 1)
    assert (again.id, again.attempts) == (first.id, 2)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.SENDING)


def test_the_successor_of_a_sender_takes_up_at_once_what_had_not_begun_and_nothing_else(store: Store) -> None:
    answered(store)
    claimed(store)
    assert store.do(uncertain_deliveries.return_unbegun, "another", NOW) == 0
    assert store.do(uncertain_deliveries.return_unbegun, "d", NOW) == 1
    store.do(outbox.begin_text, claimed(store))
    assert store.do(uncertain_deliveries.return_unbegun, "d", NOW + minutes(99)) == 0


def test_a_sender_that_stood_still_for_longer_than_its_lease_may_not_go_on(store: Store) -> None:
    answered(store)
    slow = claimed(store)
    store.do(uncertain_deliveries.return_unbegun, None, NOW + minutes(1))
    fast = claimed(store, 1)
    with pytest.raises(outbox.ClaimLost):
        store.do(outbox.begin_text, slow)
    refused = SendResult(SendOutcome.NOT_SENT, "451")
    store.do(outbox.record_delivery, slow.id, refused, NOW + minutes(1), NOW, None, slow)
    assert state(store)[1] is DeliveryState.SENDING, "it is the other's by now"
    store.do(outbox.begin_text, fast)
    sent = SendResult(SendOutcome.SENT, "250")
    store.do(outbox.record_delivery, fast.id, sent, NOW + minutes(1), NOW, None, fast)
    assert state(store)[1] is DeliveryState.SENT


def test_a_250_counts_though_the_clock_was_set_right_while_the_text_was_leaving(store: Store) -> None:
    answered(store)
    day = 24 * 60
    letter = claimed(store, day)
    store.do(outbox.begin_text, letter)
    assert store.do(outbox.mend_times, NOW) == 1
    sent = SendResult(SendOutcome.SENT, "250")
    store.do(outbox.record_delivery, letter.id, sent, NOW, NOW, None, letter)
    assert state(store)[1] is DeliveryState.SENT


def test_a_letter_in_hand_of_an_earlier_version_that_tells_nothing_is_uncertain(
    store: Store, engine: Engine
) -> None:
    answered(store)
    letter = claimed(store)
    with writing(engine) as connection:
        connection.execute(update(outbox_table).values(text_begun=None))
    assert store.do(uncertain_deliveries.return_unbegun, "d", NOW + minutes(9)) == 0
    (lost,) = store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(9))
    assert lost.id == letter.id


def test_a_sender_that_died_once_the_text_had_begun_leaves_an_uncertain_letter(store: Store) -> None:
    answered(store)
    letter = claimed(store)
    store.do(outbox.begin_text, letter)
    assert store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(0.9)) == ()
    (lost,) = store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(1))
    assert (lost.id, lost.sent_at) == (letter.id, None)
    assert claim(store, 99) is None
    assert store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(2)) == ()
    assert [item.id for item in store.ask(uncertain_deliveries.uncertain)] == [letter.id]


def test_an_uncertain_letter_found_in_sent_was_sent_and_has_its_copy(store: Store) -> None:
    answered(store)
    letter = claimed(store)
    tell(store, letter, SendOutcome.UNCERTAIN)
    store.do(uncertain_deliveries.mark_found_in_sent, letter.id, NOW)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.SENT)
    assert (
        store.ask(uncertain_deliveries.uncertain),
        store.ask(outbox.to_copy, 10),
        store.ask(summaries.pending),
    ) == ((), (), 0)
    assert on_substance(store)


def test_an_uncertain_letter_not_found_goes_before_a_person_once(store: Store) -> None:
    answered(store)
    letter = claimed(store)
    tell(store, letter, SendOutcome.UNCERTAIN)
    store.do(uncertain_deliveries.give_to_person, letter.id, NOW)
    store.do(uncertain_deliveries.give_to_person, letter.id, NOW)
    assert state(store) == (CaseState.AWAITING_REVIEW, DeliveryState.UNCERTAIN)
    assert (store.ask(uncertain_deliveries.uncertain), store.ask(summaries.pending)) == ((), 0)
    assert len(store.ask(events.events_of, store.ask(summaries.case_of, "26-000001").id)) == 4, (
        "the case, and that its answer counts no longer"
    )
    assert claim(store, 99) is None
    assert not on_substance(store)


@pytest.mark.parametrize("settled", ["found", "given"])
@pytest.mark.parametrize("outcome", list(SendOutcome))
def test_a_sender_that_comes_back_too_late_sets_nothing_in_motion(
    store: Store, outcome: SendOutcome, settled: str
) -> None:
    answered(store)
    letter = claimed(store)
    store.do(outbox.begin_text, letter)
    store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(1))
    settle = (
        uncertain_deliveries.mark_found_in_sent if settled == "found" else uncertain_deliveries.give_to_person
    )
    store.do(settle, letter.id, NOW)
    tell(store, letter, outcome, at=2)
    sent = settled == "found" or outcome is SendOutcome.SENT
    assert state(store)[1] is (DeliveryState.SENT if sent else DeliveryState.UNCERTAIN)
    assert claim(store, 99) is None


def test_a_letter_that_was_not_uncertain_is_given_to_nobody(store: Store) -> None:
    answered(store)
    letter = claimed(store)
    tell(store, letter, SendOutcome.SENT)
    store.do(uncertain_deliveries.give_to_person, letter.id, NOW)
    store.do(uncertain_deliveries.mark_found_in_sent, letter.id, NOW)
    assert state(store) == (CaseState.ANSWERED, DeliveryState.SENT)
    assert len(store.ask(outbox.to_copy, 10)) == 1


def test_a_letter_that_came_back_puts_its_case_before_a_person(store: Store) -> None:
    answered(store)
    tell(store, claimed(store), SendOutcome.SENT)
    with store.write() as transaction:
        assert (
            bounces.record_bounces(
                transaction, returned("<mailbot.1@bk.ru>", "<foreign@x>"), "user unknown", NOW
            )
            == 1
        )
        assert bounces.record_bounces(transaction, returned("<mailbot.1@bk.ru>"), "user unknown", NOW) == 0
    assert state(store) == (CaseState.AWAITING_REVIEW, DeliveryState.REFUSED)
    assert "user unknown" in (store.ask(summaries.case_of, "26-000001").error or "")
    assert not on_substance(store)


def test_an_answer_that_never_arrived_silences_no_repeat_of_the_question(store: Store) -> None:
    """Clause 2.2.email.4 rests on an answer that «уже был предоставлен»."""
    found = facts(accounts=("440215",))
    answered(store, found=found)
    silence = decision(Action.NO_REPLY, rule="repeat")
    of_sender = take_in(store, "Повторно: когда?", at=NOW + minutes(1))
    decide(store, of_sender, silence)
    of_account = take_in(store, "Повторно, с другого адреса", "son@x", at=NOW + minutes(2))
    decide(store, of_account, silence, read=letter(sender="son@x"), found=found)
    of_another = take_in(store, "Чужой повтор", "boris@x", at=NOW + minutes(3))
    decide(store, of_another, silence, read=letter(sender="boris@x"))
    abusive = take_in(store, "Брань", at=NOW + minutes(4))
    decide(store, abusive, decision(Action.NO_REPLY, rule="abuse"))

    tell(store, claimed(store), SendOutcome.REFUSED)
    waiting = {case.letter_id for case in store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 10)}
    assert {of_sender, of_account} <= waiting
    assert {case.letter_id for case in store.ask(summaries.cases, CaseState.SILENCED, 10)} == {
        of_another,
        abusive,
    }
    assert "26-000001" in store.ask(events.events_of, store.ask(summaries.case_of, "26-000002").id)[-1].why
