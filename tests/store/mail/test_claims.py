"""Claims: one worker a letter, one letter of a sender at a time, attempts counted before they begin."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, insert, true
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from mailbot.config import resource_folder
from mailbot.model import CaseState
from mailbot.store import ClaimedLetter, Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming, incoming_claims
from mailbot.store.schema.letters_and_cases import letter as letter_table
from tests.engines import PostgresServer, SqliteFiles
from tests.store.material import NOW, decide, decision, minutes, take_in

LEASE = minutes(1)
BORIS = "boris@mail.example"


def claim(store: Store, worker: str = "w1", at: float = 0.0) -> ClaimedLetter | None:
    return store.do(incoming_claims.claim, worker, LEASE, NOW + minutes(at), 3)


def test_the_letter_received_first_is_claimed_first_whatever_came_in_first(store: Store) -> None:
    later = take_in(store, "позже", "a@x", at=NOW)
    sooner = take_in(store, "раньше", "b@x", at=NOW - minutes(5))
    assert [claim(store), claim(store), claim(store)] == [
        ClaimedLetter(sooner, 1),
        ClaimedLetter(later, 1),
        None,
    ]


@pytest.mark.parametrize("ahead", [24 * 60, 30 * 24 * 60], ids=["a day", "a month"])
def test_what_a_clock_that_ran_ahead_has_written_keeps_no_letter_waiting(store: Store, ahead: float) -> None:
    held, paused = (
        take_in(store, "занято", "a@x", at=NOW - minutes(1)),
        take_in(store, "пауза", "b@x", at=NOW - minutes(2)),
    )
    assert claim(store, "fast", at=ahead) == ClaimedLetter(held, 1)
    assert claim(store, "fast", at=ahead) == ClaimedLetter(paused, 1)
    store.do(incoming_claims.fail, paused, "ValueError", NOW + minutes(ahead), NOW + minutes(ahead + 1), 3)

    def again() -> ClaimedLetter | None:
        return store.do(incoming_claims.claim, "right", LEASE, NOW, 3, minutes(1))

    assert again() == ClaimedLetter(paused, 2, NOW + minutes(ahead + 1))
    assert again() == ClaimedLetter(held, 2, NOW + minutes(ahead + 1))
    assert again() is None


def test_a_clock_that_is_a_little_fast_is_believed(store: Store) -> None:
    take_in(store)
    assert claim(store, "fast", at=3) is not None
    assert store.do(incoming_claims.claim, "right", LEASE, NOW, 3, minutes(1)) is None


def test_a_letter_given_up_by_a_clock_that_ran_ahead_goes_before_a_person_now(store: Store) -> None:
    letter_id = take_in(store)
    for attempt in range(3):
        claim(store, at=24 * 60 + attempt)
    assert store.ask(incoming_claims.any_exhausted, NOW, 3, LEASE)
    assert store.do(incoming_claims.give_up_exhausted, NOW, 3, LEASE) == (letter_id,)


def test_what_seems_urgent_goes_before_fresh_letters_and_those_before_the_backlog(store: Store) -> None:
    day = 24 * 60
    old, older = (
        take_in(store, f"давно {days}", f"{days}@x", at=NOW - minutes(day * days)) for days in (2, 9)
    )
    fresh = [take_in(store, f"{ago} назад", f"f{ago}@x", at=NOW - minutes(ago)) for ago in (200, 3)]
    late = take_in(store, "прорвало час назад", "l@x", at=NOW - minutes(60), urgent=True)
    early = take_in(store, "прорвало на прошлой неделе", "e@x", at=NOW - minutes(7 * day), urgent=True)
    found = [taken.letter_id for _ in range(6) if (taken := claim(store))]
    assert found == [early, late, *fresh, old, older]


def test_who_wrote_before_his_emergency_is_read_from_his_first_letter_on_at_once(store: Store) -> None:
    take_in(store, "чужое", "other@x", at=NOW - minutes(5000))
    first = take_in(store, "вопрос", at=NOW - minutes(3000))
    second = take_in(store, "прорвало трубу", at=NOW - minutes(1), urgent=True)
    assert claim(store) == ClaimedLetter(first, 1)
    decide(store, first, decision())
    assert claim(store) == ClaimedLetter(second, 1)


def test_whoever_stands_behind_a_flood_of_one_busy_sender_is_read_all_the_same(store: Store) -> None:
    flood = [
        take_in(store, f"шум {n}", at=NOW - minutes(200 - n / 9)) for n in range(incoming_claims.WINDOW + 9)
    ]
    behind = take_in(store, "вопрос", BORIS, at=NOW - minutes(1))
    assert claim(store) == ClaimedLetter(flood[0], 1)
    assert claim(store, "w2") == ClaimedLetter(behind, 1)
    assert claim(store, "w3") is None


def backlog(url: str, waiting: int) -> Store:
    """A database in which so many letters wait, some urgent and some fresh."""
    store = Store(url, resource_folder("db"))
    rows = [
        {
            "sha256": f"{n:064}", "source": "t", "sender": f"{n}@x", "message_id": "", "urgent": n % 50 == 7,
            "received_at": NOW - minutes(n * 9), "collected_at": NOW,
        }
        for n in range(waiting)
    ]  # fmt: skip
    store.do(lambda transaction: transaction.execute(insert(letter_table), rows))
    return store


@pytest.mark.postgres
def test_a_claim_of_postgresql_reads_the_same_however_many_wait(postgres: PostgresServer) -> None:
    """Pages of the database that each search touches, as PostgreSQL itself counts them."""

    def pages(waiting: int) -> int:
        store = backlog(postgres.fresh(), waiting)
        with store._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE letter")
        plans: list[int] = []

        def explain(_: object, cursor: DBAPICursor, statement: str, given: Any, *__: object) -> None:
            if statement.startswith("SELECT letter.id"):
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given)
                ((found,),) = cursor.fetchall()
                plans.append(found[0]["Plan"]["Shared Hit Blocks"] + found[0]["Plan"]["Shared Read Blocks"])

        event.listen(store._engine, "before_cursor_execute", explain)
        long_ago = NOW - minutes(60 * 24 * 3650)
        assert store.do(incoming_claims.claim, "w", LEASE, long_ago, 3) is not None
        with store.write() as transaction:  # what comes after the urgent ones
            for turn in incoming_claims._turns(NOW)[1:3]:
                transaction.execute(incoming_claims._first(turn, true(), 3))
        store.close()
        assert len(plans) == 3
        return sum(plans)

    assert pages(20_000) < pages(200) * 3


def test_a_claim_costs_the_same_however_many_wait(sqlite: SqliteFiles) -> None:
    """Steps of SQLite's own machine."""

    def steps(waiting: int) -> int:
        fresh = backlog(sqlite.fresh(), waiting)
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        def watch(connection: DBAPIConnection, *_: object) -> None:
            connection.set_progress_handler(count, 1)

        for _ in range(60):
            claim(fresh)
        event.listen(fresh._engine, "checkout", watch)
        claim(fresh)
        fresh.close()
        return counted

    few, many = steps(200), steps(20_000)
    assert few
    assert many < few * 2


def test_letters_of_one_sender_are_decided_one_at_a_time_in_order(store: Store) -> None:
    first = take_in(store, "первое", at=NOW - minutes(3))
    second = take_in(store, "второе", at=NOW - minutes(2))
    other = take_in(store, "чужое", BORIS, at=NOW - minutes(1))
    assert claim(store) == ClaimedLetter(first, 1)
    assert claim(store, "w2") == ClaimedLetter(other, 1), "another sender does not wait"
    assert claim(store, "w3") is None
    decide(store, first, decision())
    assert claim(store, "w3") == ClaimedLetter(second, 1)


def test_letters_of_one_moment_go_in_the_order_they_were_kept(store: Store) -> None:
    first, second = take_in(store, "первое"), take_in(store, "второе")
    assert claim(store) == ClaimedLetter(first, 1)
    assert claim(store) is None
    decide(store, first, decision())
    assert claim(store) == ClaimedLetter(second, 1)


def test_letters_without_a_sender_wait_for_nobody(store: Store) -> None:
    ids = {take_in(store, f"письмо {number}", sender="") for number in range(3)}
    claimed = {taken.letter_id for _ in range(3) if (taken := claim(store))}
    assert claimed == ids


def test_a_lease_that_ran_out_frees_the_letter_and_the_attempt_still_counts(store: Store) -> None:
    letter_id = take_in(store)
    assert claim(store, "dies") == ClaimedLetter(letter_id, 1)
    assert claim(store, "w2", at=0.9) is None
    assert claim(store, "w2", at=1.0) == ClaimedLetter(letter_id, 2)


def test_a_failed_letter_waits_for_its_retry_and_its_sender_with_it(store: Store) -> None:
    first = take_in(store, "первое")
    take_in(store, "второе", at=NOW + minutes(0.1))
    claim(store)
    store.do(incoming_claims.fail, first, "ValueError: x", NOW, NOW + minutes(10), 3)
    assert claim(store, at=9.9) is None
    assert claim(store, at=10) == ClaimedLetter(first, 2)


def test_the_third_failure_puts_the_letter_before_a_person_with_bytes_and_error(store: Store) -> None:
    letter_id = take_in(store, "письмо, на котором машина ломается")
    behind = take_in(store, "следующее", at=NOW + minutes(0.1))
    for attempt in (1, 2, 3):
        assert claim(store, at=attempt) == ClaimedLetter(letter_id, attempt)
        assert store.ask(summaries.counts) == {"collected": 2}
        store.do(incoming_claims.fail, letter_id, f"ValueError: {attempt}", NOW + minutes(attempt), NOW, 3)
    (case,) = store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 10)
    assert (case.letter_id, case.number, case.error) == (letter_id, "26-000001", "ValueError: 3")
    assert (case.action, case.priority) == ("review", "high")
    assert "ломается".encode() in store.ask(incoming.load_raw, case.letter_id).content
    assert store.ask(summaries.judged, "26-000001") is None
    last = store.ask(events.events_of, store.ask(summaries.case_of, "26-000001").id)[-1]
    assert (last.was, last.became) == (CaseState.COLLECTED, CaseState.AWAITING_REVIEW)
    assert "ValueError: 3" in last.why
    assert claim(store, at=4) == ClaimedLetter(behind, 1), "the letters behind it go on"


def test_a_letter_whose_workers_died_without_a_word_goes_before_a_person(store: Store) -> None:
    letter_id = take_in(store)
    for attempt in range(3):
        claim(store, f"dies{attempt}", at=attempt)
    assert store.do(incoming_claims.give_up_exhausted, NOW + minutes(2.9), 3) == (), (
        "the last worker may still be at it"
    )
    assert claim(store, at=3) is None
    assert store.do(incoming_claims.give_up_exhausted, NOW + minutes(3), 3) == (letter_id,)
    assert store.do(incoming_claims.give_up_exhausted, NOW + minutes(4), 3) == ()
    (case,) = store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 10)
    assert case.number == "26-000001"
    assert "не сказав почему" in (case.error or "")


def test_several_exhausted_letters_get_numbers_of_their_own(store: Store) -> None:
    for number in range(3):
        take_in(store, f"письмо {number}", f"{number}@x", at=NOW - minutes(9 - number))
    for attempt in range(9):
        claim(store, at=attempt)
    assert len(store.do(incoming_claims.give_up_exhausted, NOW + minutes(60), 3)) == 3
    assert [case.number for case in store.ask(summaries.cases, None, 9)][::-1] == [
        "26-000001",
        "26-000002",
        "26-000003",
    ]


def test_a_failure_told_after_the_commit_changes_nothing(store: Store) -> None:
    letter_id = take_in(store)
    claim(store)
    decide(store, letter_id, decision())
    store.do(incoming_claims.fail, letter_id, "the supervisor ended the worker too late", NOW, NOW, 1)
    (case,) = store.ask(summaries.cases, None, 10)
    assert case.error is None


def test_a_worker_that_lost_its_claim_cannot_free_anothers(store: Store) -> None:
    letter_id = take_in(store)
    claim(store, "slow")
    claim(store, "w2", at=2)
    store.do(incoming_claims.fail, letter_id, "too late", NOW + minutes(2.1), NOW, 3, worker="slow")
    assert claim(store, "w3", at=2.2) is None
    store.do(incoming_claims.fail, letter_id, "told in time", NOW + minutes(2.3), NOW, 3, worker="w2")
    assert claim(store, "w3", at=2.4) == ClaimedLetter(letter_id, 3)


def test_a_decided_letter_is_never_claimed_again(store: Store) -> None:
    letter_id = take_in(store)
    claim(store)
    decide(store, letter_id, decision())
    assert claim(store, at=1000) is None
    assert store.ask(summaries.pending) == 0
