"""Lists and counts, and that years of cases make none of them slow."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import event

from mailbot.config import resource_folder
from mailbot.model import Action, CaseState, DeliveryState, SendOutcome, SendResult
from mailbot.model.outgoing.sending_pace import BillLimits, Pacing
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.casework import moves_and_answers
from mailbot.store.decisions import context as stored_context
from mailbot.store.decisions.recording import queue
from mailbot.store.mail import (
    incoming,
    incoming_claims,
    letter_parts,
    outbox,
    sending_pace,
    uncertain_deliveries,
)
from tests.engines import SqliteFiles
from tests.store.material import (
    NOW,
    ZONE,
    answered,
    decide,
    decision,
    facts,
    minutes,
    outgoing,
    take_in,
)
from tests.store.material import letter as parsed


def test_cases_are_listed_newest_first_and_by_state(store: Store) -> None:
    for number, action in enumerate((Action.REVIEW, Action.NO_REPLY, Action.REVIEW)):
        letter_id = take_in(store, f"{number}", f"{number}@x", NOW + minutes(number))
        decide(store, letter_id, decision(action))
    assert [found.subject for found in store.ask(summaries.cases, None, 10)] == ["обращение"] * 3
    assert [found.sender for found in store.ask(summaries.cases, None, 2)] == ["2@x", "1@x"]
    assert [found.sender for found in store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 10)] == [
        "2@x",
        "0@x",
    ]
    assert store.ask(summaries.counts) == {"awaiting_review": 2, "silenced": 1}


def test_a_case_shows_the_state_of_its_last_letter(store: Store) -> None:
    number = answered(store)
    with store.write() as transaction:
        moves_and_answers.move(transaction, number, CaseState.AWAITING_REVIEW, "Петрова", "не то", NOW)
        moves_and_answers.queue_answer(
            transaction, number, outgoing("<person@bk.ru>"), "Петрова", "Так.", NOW
        )
    assert store.ask(summaries.case_of, number).delivery is DeliveryState.READY
    assert [
        item.state for item in store.ask(summaries.outgoing_of, store.ask(summaries.case_of, number).id)
    ] == [DeliveryState.HELD, DeliveryState.READY]


def test_all_is_done_only_when_every_letter_is_decided_and_ours_are_settled(store: Store) -> None:
    assert store.ask(summaries.pending) == 0
    letter_id = take_in(store)
    assert store.ask(summaries.pending) == 1
    decide(store, letter_id, decision(), outgoing())
    assert store.ask(summaries.pending) == 1
    claimed = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert claimed
    assert store.ask(summaries.pending) == 1
    store.do(outbox.record_delivery, claimed.id, SendResult(SendOutcome.UNCERTAIN, ""), NOW, None)
    assert store.ask(summaries.pending) == 1
    store.do(uncertain_deliveries.give_to_person, claimed.id, NOW)
    assert store.ask(summaries.pending) == 0


def context(store: Store, letter_id: int) -> None:
    with store.write() as transaction:
        read, found = parsed(cites=("<ours.5@x>",)), facts(accounts=("1", "2"))
        stored_context.context(transaction, letter_id, read, found, NOW, ZONE)


def claim_bill(store: Store, _: int) -> None:
    with store.write() as transaction:
        sending_pace.add_provider(transaction, "mail.ru", NOW.date(), NOW)
        queue(transaction, None, outgoing("<bill@bk.ru>"), None, NOW, automatic=True, provider="mail.ru")
    pacing = Pacing(BillLimits(), NOW.date(), quiet=False)
    assert store.do(outbox.claim_outgoing, "d", minutes(1), NOW, pacing)


DAILY: dict[str, Callable[[Store, int], object]] = {
    "save_letter": lambda store, _: take_in(store, "ещё одно"),
    "incomplete": lambda store, _: store.ask(letter_parts.incomplete, "8666@bk.ru", 30_000_000),
    "claim_letter": lambda store, _: store.do(incoming_claims.claim, "w", minutes(1), NOW, 3),
    "any_exhausted": lambda store, _: store.ask(incoming_claims.any_exhausted, NOW, 0),
    "give_up_exhausted": lambda store, _: store.do(incoming_claims.give_up_exhausted, NOW, 0),
    "raw": lambda store, letter_id: store.ask(incoming.load_raw, letter_id),
    "context": context,
    "record": lambda store, letter_id: decide(store, letter_id, decision(), outgoing()),
    "claim_outgoing": lambda store, _: store.do(outbox.claim_outgoing, "d", minutes(1), NOW),
    "claim_outgoing, a bill": claim_bill,
    "uncertain_after_crash": lambda store, _: store.do(uncertain_deliveries.uncertain_after_crash, NOW),
    "uncertain": lambda store, _: store.ask(uncertain_deliveries.uncertain),
    "to_copy": lambda store, _: store.ask(outbox.to_copy, 10),
    "cases": lambda store, _: store.ask(summaries.cases, None, 50),
    "cases of a state": lambda store, _: store.ask(summaries.cases, CaseState.COLLECTED, 50),
    "pending": lambda store, _: store.ask(summaries.pending),
}
LARGE = ("letter", "letter_content", "case_", "case_event", "case_account", "outbox", "reading", "earlier")


@pytest.mark.parametrize("verb", DAILY)
def test_no_verb_of_the_daily_work_reads_through_years_of_cases(sqlite: SqliteFiles, verb: str) -> None:
    """SQLite's own plans: a bare SCAN of a large table is a search that found no index."""
    store = Store(sqlite.fresh(), resource_folder("db"))
    letter_id = take_in(store)
    plans: list[str] = []

    def explain(
        _: object, cursor: sqlite3.Cursor, statement: str, given: tuple[str, ...], *__: object
    ) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            plans.extend(str(row[3]) for row in cursor.fetchall())

    event.listen(store._engine, "before_cursor_execute", explain)
    DAILY[verb](store, letter_id)
    store.close()
    assert plans
    assert not [plan for plan in plans if plan in {f"SCAN {table}" for table in LARGE}]
    if verb not in (
        "context",
        "record",
        "claim_letter",
    ):  # these sort the fifty of one sender, or of one turn
        assert not [plan for plan in plans if "TEMP B-TREE" in plan]
