"""A decision is committed whole or not at all, once a letter, with a number without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from mailbot.model import Action, CaseState, DeliveryState, GateHold, LetterPurpose, RefusedReading
from mailbot.store import AlreadyDecided, Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.database.engine import reading as reading_of
from mailbot.store.database.engine import writing
from mailbot.store.decisions import context as stored_context
from mailbot.store.decisions import recording
from mailbot.store.decisions.recording import queue
from mailbot.store.mail import incoming_claims, outbox
from mailbot.store.schema.letters_and_cases import case_event, metadata, reading
from tests.store.material import NOW, ZONE, decide, decision, facts, letter, minutes, outgoing, take_in
from tests.store.material import reading as value

HELD = GateHold("на этот адрес сегодня уже писали")


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with reading_of(engine) as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def test_an_answer_is_a_numbered_case_its_log_and_a_letter_to_send(store: Store) -> None:
    letter_id = take_in(store)
    context = decide(store, letter_id, decision(doubts=("точно?",), respond_by=NOW), outgoing())
    case = store.ask(summaries.case_of, context.number)
    assert (case.number, case.state, case.action) == ("26-000001", CaseState.ANSWERED, "answer")
    assert (case.kinds, case.respond_by, case.doubts) == (("question",), NOW, ("точно?",))
    assert case.delivery is DeliveryState.READY
    (ours,) = store.ask(summaries.outgoing_of, store.ask(summaries.case_of, "26-000001").id)
    assert (ours.recipient, ours.state, ours.attempts) == ("anna@mail.example", DeliveryState.READY, 0)
    assert [
        event.became for event in store.ask(events.events_of, store.ask(summaries.case_of, "26-000001").id)
    ] == [
        CaseState.COLLECTED,
        CaseState.ANSWERED,
    ]


@pytest.mark.parametrize(
    ("action", "sends", "held", "state"),
    [
        (Action.ANSWER, True, None, CaseState.ANSWERED),
        (Action.ANSWER, True, HELD, CaseState.AWAITING_REVIEW),
        (Action.ANSWER, False, None, CaseState.AWAITING_REVIEW),
        (Action.READING_ACCEPTED, True, None, CaseState.ANSWERED),
        (Action.READING_ACCEPTED, True, HELD, CaseState.AWAITING_REVIEW),
        (Action.READING_ACCEPTED, False, None, CaseState.AWAITING_REVIEW),
        (Action.REVIEW, True, None, CaseState.AWAITING_REVIEW),
        (Action.REVIEW, False, None, CaseState.AWAITING_REVIEW),
        (Action.NO_REPLY, False, None, CaseState.SILENCED),
        (Action.IGNORE, False, None, CaseState.IGNORED),
    ],
)
def test_a_reply_that_is_owed_and_does_not_go_out_is_a_persons_matter(
    store: Store, action: Action, sends: bool, held: GateHold | None, state: CaseState
) -> None:
    letter_id = take_in(store)
    decide(store, letter_id, decision(action), outgoing() if sends else None, held=held)
    (case,) = store.ask(summaries.cases, None, 10)
    assert case.state is state
    assert (case.number is None) == (action is Action.IGNORE)
    if held:
        (ours,) = store.ask(summaries.outgoing_of, store.ask(summaries.case_of, str(case.number)).id)
        assert (ours.state, ours.detail) == (DeliveryState.HELD, HELD.reason)
        assert (
            HELD.reason
            in store.ask(events.events_of, store.ask(summaries.case_of, str(case.number)).id)[-1].why
        )
        assert store.do(outbox.claim_outgoing, "d", minutes(1), NOW) is None, "what is held is never sent"


def test_an_exception_after_the_record_leaves_nothing_at_all(store: Store, engine: Engine) -> None:
    letter_id = take_in(store)
    store.do(incoming_claims.claim, "w", minutes(1), NOW, 3)
    before = rows(engine)
    read, found = letter(), facts(accounts=("440215",))
    decided = decision(Action.READING_ACCEPTED, accepted=(value("123.4"),))

    def break_off() -> None:
        with store.write() as transaction:
            context = stored_context.context(transaction, letter_id, read, found, NOW, ZONE)
            recording.record(transaction, letter_id, read, found, context, decided, outgoing(), None, NOW)
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        break_off()
    assert rows(engine) == before
    assert store.ask(summaries.counts) == {"collected": 1}
    assert decide(store, letter_id, decided, outgoing()).number == "26-000001", "and no gap"


def test_a_second_outcome_for_one_letter_is_refused_whole(store: Store, engine: Engine) -> None:
    letter_id = take_in(store)
    decide(store, letter_id, decision(), outgoing())
    before = rows(engine)
    with pytest.raises(AlreadyDecided):
        decide(store, letter_id, decision(), outgoing("<other@bk.ru>"))
    assert rows(engine) == before


def test_a_worker_whose_claim_passed_to_another_does_not_decide(store: Store) -> None:
    letter_id = take_in(store)
    store.do(incoming_claims.claim, "slow", minutes(1), NOW, 3)
    store.do(incoming_claims.claim, "w2", minutes(1), NOW + minutes(2), 3)
    with pytest.raises(AlreadyDecided):
        decide(store, letter_id, decision(), outgoing(), worker="slow")
    decide(store, letter_id, decision(), outgoing(), worker="w2")
    assert store.ask(summaries.counts) == {"answered": 1}


def test_numbers_have_no_gap_and_letters_that_are_no_clients_use_none(store: Store) -> None:
    actions = [Action.REVIEW, Action.IGNORE, Action.NO_REPLY, Action.IGNORE, Action.REVIEW]
    for place, action in enumerate(actions):
        decide(store, take_in(store, f"письмо {place}", f"{place}@x"), decision(action))
    given = sorted(case.number for case in store.ask(summaries.cases, None, 10) if case.number)
    assert given == ["26-000001", "26-000002", "26-000003"]


def test_numbers_begin_anew_with_the_year_of_the_settlement_not_of_greenwich(store: Store) -> None:
    eve = datetime(2026, 12, 31, 18, 59, tzinfo=UTC)
    midnight = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    review = decision(Action.REVIEW)
    assert decide(store, take_in(store, "с наступающим"), review, now=eve).number == "26-000001"
    assert decide(store, take_in(store, "с новым годом"), review, now=midnight).number == "27-000001"


def test_readings_are_kept_to_the_last_digit_with_why_they_were_refused(store: Store, engine: Engine) -> None:
    letter_id = take_in(store, at=NOW - minutes(30))
    refused = RefusedReading(value("99", account=None), "показание меньше предыдущего")
    decided = decision(Action.READING_ACCEPTED, accepted=(value("00123.4560"), value("7")))
    decided = replace(decided, refused=(refused,))
    decide(store, letter_id, decided, outgoing())
    columns = reading.c
    query = select(columns.value, columns.state, columns.reason, columns.received_at).order_by(columns.id)
    with reading_of(engine) as connection:
        kept = [tuple(row) for row in connection.execute(query)]
    received = NOW - minutes(30)
    assert kept == [
        ("123.4560", "accepted", "", received),
        ("7", "accepted", "", received),
        ("99", "refused", "показание меньше предыдущего", received),
    ]
    given = (("440215", "123.4560"), ("440215", "7"), ("", "99"))
    assert store.ask(summaries.case_of, "26-000001").readings == given


def test_what_was_understood_and_decided_can_be_read_years_later(store: Store) -> None:
    letter_id = take_in(store)
    found = facts(accounts=("440215",), arguments=("12.11.2026",))
    decided = decision(Action.REVIEW, doubts=("не ясно, чей счёт",))
    decide(store, letter_id, decided, found=found)
    judged = store.ask(summaries.judged, "26-000001")
    assert judged is not None
    assert (judged.facts, judged.decision) == (found, decided)


@pytest.mark.parametrize("statement", ["UPDATE case_event SET why = 'иначе'", "DELETE FROM case_event"])
def test_the_log_of_a_case_can_only_grow(store: Store, engine: Engine, statement: str) -> None:
    take_in(store)
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
        connection.exec_driver_sql(statement)
    with reading_of(engine) as connection:
        assert connection.scalar(select(case_event.c.why)) == "принято: test"


def test_a_case_has_one_letter_of_each_purpose_and_revision(store: Store, engine: Engine) -> None:
    decide(store, take_in(store), decision(), outgoing())
    case_id = store.ask(summaries.case_of, "26-000001").id
    with pytest.raises(IntegrityError), writing(engine) as connection:
        queue(connection, case_id, outgoing("<second@bk.ru>"), None, NOW, automatic=True)
    with writing(engine) as connection:
        request = outgoing("<third@bk.ru>", LetterPurpose.REQUEST)
        queue(connection, case_id, request, None, NOW, automatic=True)
    assert len(store.ask(summaries.outgoing_of, store.ask(summaries.case_of, "26-000001").id)) == 2


def test_a_letter_whose_text_holds_what_no_database_takes_is_decided_all_the_same(store: Store) -> None:
    words = "Нет\x00 отопления \ud83d"
    letter_id = take_in(store)
    found = facts(arguments=(words,))
    decide(store, letter_id, decision(doubts=(words,)), outgoing(text=words), read=letter(words), found=found)
    case = store.ask(summaries.case_of, "26-000001")
    assert case.doubts == ("Нет\x00 отопления \ufffd",)
    assert (
        store.ask(summaries.outgoing_of, store.ask(summaries.case_of, "26-000001").id)[0].text
        == "Нет\ufffd отопления \ufffd"
    )
    assert store.ask(summaries.judged, "26-000001") is not None
