"""What a line of the log means to the clocks: a letter counts when it has left, and an answer only while it stands."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine, select

from mailbot.model import (
    Action,
    CaseState,
    ClockMark,
    LetterCorrection,
    LetterKind,
    LetterPurpose,
    SendOutcome,
    SendResult,
)
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.casework import corrections, moves_and_answers, page_acts, undo
from mailbot.store.decisions.recording import queue
from mailbot.store.mail import bounces, outbox, uncertain_deliveries
from mailbot.store.mail.outbox import HOUSE
from mailbot.store.schema.letters_and_cases import case, case_open
from tests.store.material import (
    ANNA,
    NOW,
    answered,
    decide,
    decision,
    letter,
    minutes,
    outgoing,
    returned,
    take_in,
)

ACK = "<mailbot.ack@bk.ru>"


def marks(store: Store, number: str) -> list[tuple[ClockMark, str, datetime]]:
    """(mark, by, at) of the lines that mean something to the clocks."""
    return [
        (one.mark, one.by, one.at)
        for one in store.ask(events.events_of, store.ask(summaries.case_of, number).id)
        if one.mark is not None
    ]


def what(store: Store, number: str) -> list[ClockMark]:
    return [mark for mark, _, _ in marks(store, number)]


def leave(store: Store, at: float, outcome: SendOutcome = SendOutcome.SENT) -> int:
    """The next letter of ours meets that outcome so many minutes after NOW; its id."""
    found = store.do(outbox.claim_outgoing, "d", minutes(1), NOW + minutes(at))
    assert found is not None
    store.do(outbox.record_delivery, found.id, SendResult(outcome, "сервер"), NOW + minutes(at), None)
    return found.id


def waiting(store: Store, reply: LetterPurpose | None = LetterPurpose.ACKNOWLEDGEMENT) -> str:
    """A case before a person; an acknowledgement is ready to leave."""
    letter_id = take_in(store)
    sent = outgoing(ACK, reply) if reply else None
    return decide(store, letter_id, decision(Action.REVIEW, respond_by=NOW + minutes(600)), sent).number


def intervals(engine: Engine, number: str) -> list[tuple[datetime, datetime | None]]:
    """While the case was owed an answer."""
    own = select(case.c.id).where(case.c.number == number).scalar_subquery()
    query = select(case_open.c.opened_at, case_open.c.closed_at).where(case_open.c.case_id == own)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(case_open.c.id))]


def by_person(store: Store, number: str, means: ClockMark, at: float) -> None:
    with store.write() as transaction:
        page_acts.begin(transaction, number, None, "answer", "anna", NOW + minutes(at))
        reply = outgoing(f"<person.{at}@bk.ru>")
        moves_and_answers.queue_answer(
            transaction, number, reply, "anna", "текст", NOW + minutes(at), None, means
        )


def test_an_answer_of_the_machine_counts_once_it_has_left(store: Store, engine: Engine) -> None:
    number = answered(store)
    assert what(store, number) == []
    assert intervals(engine, number) == [(NOW, None)], "answered, and not yet on its way: still owed"
    leave(store, 3)
    assert marks(store, number) == [(ClockMark.ANSWERED, "mailbot", NOW + minutes(3))]
    assert intervals(engine, number) == [(NOW, NOW + minutes(3))]


def test_an_acknowledgement_is_a_response_and_leaves_the_case_open(store: Store, engine: Engine) -> None:
    number = waiting(store)
    leave(store, 1)
    assert what(store, number) == [ClockMark.RESPONDED]
    assert intervals(engine, number) == [(NOW, None)]


def test_a_request_asks_and_closes_the_case_until_its_writer_comes_back(store: Store, engine: Engine) -> None:
    number = decide(store, take_in(store), decision(), outgoing(ACK, LetterPurpose.REQUEST)).number
    leave(store, 2)
    assert what(store, number) == [ClockMark.ASKED]
    assert intervals(engine, number) == [(NOW, NOW + minutes(2))]


@pytest.mark.parametrize("means", [ClockMark.ANSWERED, ClockMark.ASKED, ClockMark.RESPONDED])
def test_a_persons_letter_means_what_they_said_and_is_theirs(store: Store, means: ClockMark) -> None:
    number = waiting(store, None)
    by_person(store, number, means, 5)
    assert what(store, number) == []
    leave(store, 6)
    assert marks(store, number) == [(means, "anna", NOW + minutes(6))]


def test_an_answer_by_telephone_counts_at_once(store: Store) -> None:
    number = waiting(store, None)
    with store.write() as transaction:
        case_id = page_acts.begin(transaction, number, None, "told", "anna", NOW + minutes(9))
        page_acts.answer_otherwise(transaction, case_id, "по телефону", "придём", "anna", NOW + minutes(9))
    assert marks(store, number) == [(ClockMark.ANSWERED, "anna", NOW + minutes(9))]
    with store.write() as transaction:
        undo.take_back_act(transaction, number, "anna", NOW + minutes(9.2))
    assert what(store, number) == [ClockMark.ANSWERED, ClockMark.WITHDRAWN]


def test_an_undone_letter_that_had_not_left_means_nothing(store: Store) -> None:
    number = waiting(store, None)
    by_person(store, number, ClockMark.ANSWERED, 5)
    with store.write() as transaction:
        undo.take_back_act(transaction, number, "anna", NOW + minutes(5.2))
    assert what(store, number) == []


def test_an_answer_refused_or_bounced_counts_no_longer(store: Store, engine: Engine) -> None:
    number = answered(store)
    leave(store, 1)
    with store.write() as transaction:
        bounces.record_bounces(
            transaction, returned("<mailbot.1@bk.ru>"), "552 ящик полон", NOW + minutes(30)
        )
    assert what(store, number) == [ClockMark.ANSWERED, ClockMark.WITHDRAWN]
    assert marks(store, number)[1][1] == "mailbot"
    assert intervals(engine, number) == [(NOW, NOW + minutes(1)), (NOW + minutes(30), None)]


def test_an_acknowledgement_that_came_back_was_no_response(store: Store) -> None:
    number = waiting(store)
    leave(store, 1)
    with store.write() as transaction:
        bounces.record_bounces(transaction, returned(ACK), "550 нет такого", NOW + minutes(30))
    assert what(store, number) == [ClockMark.RESPONDED, ClockMark.UNDELIVERED]


def test_one_that_never_left_voids_no_other(store: Store) -> None:
    number = waiting(store)
    leave(store, 1, SendOutcome.REFUSED)
    assert what(store, number) == []


def test_an_uncertain_letter_counts_when_it_is_found_and_not_once_a_person_has_it(store: Store) -> None:
    number = answered(store)
    lost = leave(store, 1, SendOutcome.UNCERTAIN)
    store.do(uncertain_deliveries.mark_found_in_sent, lost, NOW + minutes(2))
    assert what(store, number) == [ClockMark.ANSWERED]
    other = answered(store, "Ещё вопрос", id="<mailbot.2@bk.ru>")
    given = leave(store, 3, SendOutcome.UNCERTAIN)
    store.do(uncertain_deliveries.give_to_person, given, NOW + minutes(4))
    store.do(outbox.record_delivery, given, SendResult(SendOutcome.SENT, "250"), NOW + minutes(5), None)
    assert what(store, other) == [ClockMark.WITHDRAWN], "a person answers now: their letter counts"


def test_whoever_was_asked_and_writes_again_is_heard_once_and_seen_again(store: Store) -> None:
    number = waiting(store, None)
    by_person(store, number, ClockMark.ASKED, 5)
    leave(store, 6)
    with store.write() as transaction:
        case_id = page_acts.begin(transaction, number, None, "put_off", "anna", NOW + minutes(7))
        page_acts.put_off(transaction, case_id, NOW + minutes(500), "anna", NOW + minutes(7))
    later = NOW + minutes(60)
    for nth in (1, 2):
        id = take_in(store, f"Вот мой счёт {nth}", at=later + minutes(nth))
        read = letter(f"Вот мой счёт {nth}", cites=("<person.5@bk.ru>",))
        context = decide(store, id, decision(Action.REVIEW), read=read, now=later + minutes(nth))
        assert context.follows == number
    assert what(store, number) == [ClockMark.ASKED, ClockMark.HEARD]
    assert marks(store, number)[1][1] == "клиент"


def test_a_correction_moves_the_deadline_of_a_waiting_case_alone(store: Store) -> None:
    number = waiting(store, None)
    said = LetterCorrection((LetterKind.COMPLAINT,), ("no_heating",), urgent=False)
    moved = NOW + minutes(6000)
    with store.write() as transaction:
        corrections.correct(transaction, number, said, "anna", NOW + minutes(1), moved)
    assert store.ask(summaries.case_of, number).respond_by == moved
    line = store.ask(events.events_of, store.ask(summaries.case_of, number).id)[-1]
    assert (line.labels.kind, line.labels.topic, line.labels.respond_by) == ("complaint", "no_heating", moved)
    closed = answered(store, "Другое письмо", id="<mailbot.9@bk.ru>")
    with store.write() as transaction:
        corrections.correct(transaction, closed, said, "anna", NOW + minutes(2), moved)
    assert store.ask(summaries.case_of, closed).respond_by is None


def test_silence_by_a_person_carries_its_clause_and_its_end_the_persons_word(store: Store) -> None:
    number = waiting(store, None)
    with store.write() as transaction:
        moves_and_answers.move(
            transaction,
            number,
            CaseState.SILENCED,
            "anna",
            "ответ не положен",
            NOW + minutes(1),
            clause="2.2.email.2",
        )
    assert (
        store.ask(events.events_of, store.ask(summaries.case_of, number).id)[-1].labels.clause
        == "2.2.email.2"
    )
    with store.write() as transaction:
        moves_and_answers.move(
            transaction, number, CaseState.AWAITING_REVIEW, "boris", "положен", NOW + minutes(2)
        )
    assert marks(store, number) == [(ClockMark.CORRECTED, "boris", NOW + minutes(2))]


def test_the_decision_carries_what_the_case_is(store: Store) -> None:
    number = waiting(store, None)
    (line,) = [
        one
        for one in store.ask(events.events_of, store.ask(summaries.case_of, number).id)
        if one.was is CaseState.COLLECTED
    ]
    assert (line.labels.kind, line.labels.topic) == ("question", "office_hours")
    assert line.labels.respond_by == NOW + minutes(600)


def test_a_letter_of_the_house_leaves_after_answers_and_at_once(store: Store) -> None:
    with store.write() as transaction:
        queue(
            transaction,
            None,
            outgoing("<house@bk.ru>", LetterPurpose.REPORT),
            None,
            NOW,
            automatic=True,
            provider=HOUSE,
        )
    answered(store)
    first = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    second = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert first is not None
    assert second is not None
    assert (first.recipient, first.message_id, second.message_id) == (
        ANNA,
        "<mailbot.1@bk.ru>",
        "<house@bk.ru>",
    )
