"""The board's counts over a dozen cases reckoned by hand, on both engines; and that the indexes alone are read."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event, insert, update

from mailbot.config import resource_folder
from mailbot.model import Action, CaseState, ClockMark, GateHold, Priority, SendOutcome
from mailbot.model import SendResult as Attempt
from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.store import Store
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.queue_filters import AGES, BOARD, DueBucket
from mailbot.store.cases.review_queue import QueueFilter
from mailbot.store.casework import page_acts
from mailbot.store.database import leases
from mailbot.store.mail import incoming_claims, mailbox_faults, outbox, pipeline_health
from mailbot.store.reports import board
from mailbot.store.schema.letters_and_cases import case, case_event
from tests.engines import SqliteFiles
from tests.store.cases.test_lists_and_counts import LARGE
from tests.store.cases.test_review_queue import waiting
from tests.store.material import NOW, answered, decide, decision, minutes, outgoing, take_in

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
DAY_END = NOW + 10 * HOURS
MORNING = DAY_END - 24 * HOURS

WAITING = (
    # due in, age, priority
    ("порыв трубы", -1 * HOURS, 2 * HOURS, Priority.EMERGENCY),
    ("нет отопления", -2 * DAYS, 12 * DAYS, Priority.HIGH),
    ("перерасчёт", -1 * minutes(1), 31 * DAYS, Priority.NORMAL),
    ("справка", minutes(0), 1 * DAYS, Priority.NORMAL),
    ("счётчик", minutes(59), 1 * DAYS + minutes(1), Priority.NORMAL),
    ("поверка", 1 * HOURS, 3 * DAYS, Priority.NORMAL),
    ("договор", 4 * HOURS, 4 * DAYS, Priority.NORMAL),
    ("график", 10 * HOURS, 10 * DAYS, Priority.NORMAL),
    ("не читается", None, 1 * HOURS, Priority.HIGH),
)
"""A morning's queue: overdue 3; within an hour 2 (at this very moment too); 1 to 4 hours 1; today 1; another day 1;
without 1."""


@pytest.fixture
def queue(store: Store, engine: Engine) -> dict[str, str]:
    """The numbers of those cases by their words; two are put off besides, one of them for a question to the client."""
    found = {}
    for words, due, age, priority in WAITING:
        respond_by = None if due is None else NOW + due
        found[words] = number = waiting(store, words, respond_by=respond_by, priority=priority)
        came(engine, number, NOW - age)
    for words in ("отложено", "спросили"):
        found[words] = waiting(store, words, respond_by=NOW + 3 * DAYS)
    for words in (
        "отложено",
        "спросили",
    ):  # once all letters are there: a new one of its writer's ends a wait
        put_off(store, found[words])
    log(engine, store.ask(summaries.case_of, found["спросили"]).id, ClockMark.ASKED, NOW - HOURS)
    return found


def came(engine: Engine, number: str, at: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(update(case).where(case.c.number == number).values(received_at=at))


def put_off(store: Store, number: str, until: datetime = NOW + DAYS) -> None:
    with store.write() as transaction:
        id = page_acts.begin(transaction, number, None, "put_off", "anna", NOW)
        page_acts.put_off(transaction, id, until, "anna", NOW)


def assign(store: Store, number: str, to: str) -> None:
    with store.write() as transaction:
        id = page_acts.begin(transaction, number, None, "assign", "boss", NOW)
        page_acts.assign(transaction, id, to, "boss", NOW)


def log(engine: Engine, case_id: int, mark: ClockMark, at: datetime, by: str = "mailbot") -> None:
    """A marked line, as the store writes it when a letter leaves or comes."""
    states = {"was": CaseState.AWAITING_REVIEW, "became": CaseState.AWAITING_REVIEW}
    with engine.begin() as connection:
        connection.execute(
            insert(case_event).values(case_id=case_id, at=at, by=by, why="проба", mark=mark, **states)
        )


@pytest.mark.usefixtures("queue")
def test_the_queue_is_counted_by_deadline_and_by_age(store: Store) -> None:
    found = store.ask(board.waiting, NOW, DAY_END)
    assert found.total == 9
    assert (found.emergencies, found.high) == (1, 2)
    assert dict(zip(BOARD, found.by_due, strict=True)) == {
        DueBucket.OVERDUE: 3, DueBucket.HOUR: 2, DueBucket.FOUR: 1, DueBucket.DAY: 1, DueBucket.LATER: 1, DueBucket.NONE: 1,
    }  # fmt: skip
    assert found.by_age == (3, 2, 2, 1, 1), "exactly a day is up to a day, exactly ten are up to ten"
    assert (found.put_off, found.asked) == (2, 1)


@pytest.mark.usefixtures("queue")
def test_each_number_is_what_the_list_behind_it_shows(store: Store) -> None:
    found = store.ask(board.waiting, NOW, DAY_END)
    asked = [QueueFilter(now=NOW, day_end=DAY_END, due=due) for due in BOARD]
    assert tuple(len(store.ask(review_queue.lines, one, 50)) for one in asked) == found.by_due
    asked = [QueueFilter(now=NOW, age=age) for age in range(len(AGES))]
    assert tuple(len(store.ask(review_queue.lines, one, 50)) for one in asked) == found.by_age
    assert store.ask(review_queue.count, QueueFilter(now=NOW, rank=0)) == found.emergencies


def test_after_sunset_what_is_due_within_four_hours_is_counted_once(store: Store) -> None:
    waiting(store, "на рассвете", respond_by=NOW + 3 * HOURS)
    found = store.ask(board.waiting, NOW, NOW + 1 * HOURS)
    assert found.by_due == (0, 0, 1, 0, 0, 0)


def test_a_client_who_has_written_again_is_not_waited_for(
    store: Store, engine: Engine, queue: dict[str, str]
) -> None:
    log(engine, store.ask(summaries.case_of, queue["спросили"]).id, ClockMark.HEARD, NOW)
    assert store.ask(board.waiting, NOW, DAY_END).asked == 0


def test_an_empty_queue_is_all_zeros(store: Store) -> None:
    found = store.ask(board.waiting, NOW, DAY_END)
    assert (found.total, found.put_off, found.asked) == (0, 0, 0)
    assert not any((*found.by_due, *found.by_age))
    assert not store.ask(board.in_hand, NOW)
    assert not store.ask(board.given, MORNING)


def test_who_has_what_in_hand_and_what_has_waited_longest(store: Store, queue: dict[str, str]) -> None:
    for words in ("справка", "поверка", "договор", "отложено"):
        assign(store, queue[words], "anna")
    assign(store, queue["счётчик"], "boris")
    found = store.ask(board.in_hand, NOW)
    assert [(one.login, one.cases, one.oldest, NOW - one.since) for one in found] == [
        ("anna", 3, queue["договор"], 4 * DAYS),
        ("boris", 1, queue["счётчик"], 1 * DAYS + minutes(1)),
    ], "what is put off is nobody's work now"


def test_what_came_and_what_was_answered_since_morning(
    store: Store, engine: Engine, queue: dict[str, str]
) -> None:
    ignored = take_in(store, "реклама", at=NOW)
    decide(store, ignored, decision(Action.IGNORE))
    first, second, third = (
        store.ask(summaries.case_of, queue[words]).id for words in ("справка", "счётчик", "поверка")
    )
    log(engine, first, ClockMark.ANSWERED, MORNING - minutes(1), "anna")
    log(engine, second, ClockMark.ANSWERED, NOW - 2 * HOURS, "anna")
    log(engine, second, ClockMark.WITHDRAWN, NOW - 1 * HOURS, "mailbot")
    log(engine, second, ClockMark.ANSWERED, NOW, "boris")
    log(engine, third, ClockMark.ANSWERED, NOW - 3 * HOURS)
    log(engine, third, ClockMark.WITHDRAWN, NOW - 2 * HOURS, "boris")
    found = store.ask(board.given, MORNING)
    assert [(one.at, one.by, one.case_id) for one in found] == [(NOW, "boris", second)]
    bounds = (MORNING, NOW - 2 * HOURS, NOW - minutes(59), NOW + minutes(1))
    assert store.ask(board.came, bounds) == (0, 2, 2), (
        "порыв, не читается; отложено, спросили; not the advertisement"
    )


def test_the_machine_tells_what_it_has_not_done(store: Store) -> None:
    assert store.ask(pipeline_health.load_pulse, NOW).collected is None
    take_in(store, "раз", "a@mail.example", NOW - minutes(40))
    take_in(store, "два", "b@mail.example", NOW - minutes(5))
    claimed = store.do(incoming_claims.claim, "w", minutes(1), NOW, 3)
    assert claimed
    store.do(incoming_claims.fail, claimed.letter_id, "разбор не уложился", NOW, NOW + minutes(1), 3)
    answered(store, "Когда вы работаете?", "c@mail.example", "<mailbot.7@bk.ru>", NOW - minutes(20))
    assert store.do(leases.take_lease, "mailbox:8666@bk.ru", "host:1/collector", NOW + minutes(1), NOW)
    assert store.do(leases.take_lease, "reminders", "host:1", NOW + minutes(9), NOW)
    found = store.ask(pipeline_health.load_pulse, NOW)
    assert found.collected == NOW - minutes(20)
    assert (found.undecided.count, found.undecided.failed) == (2, 1)
    assert found.undecided.oldest == NOW - minutes(40)
    assert (found.outgoing.count, found.outgoing.oldest) == (1, NOW - minutes(20))
    assert [(one.mailbox, one.until) for one in found.pollers] == [("8666@bk.ru", NOW + minutes(1))]
    assert (found.paced, found.uncertain, found.held, found.refused) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (SendOutcome.NOT_SENT, "failed"),
        (SendOutcome.REFUSED, "refused"),
        (SendOutcome.UNCERTAIN, "uncertain"),
    ],
)
def test_a_letter_of_ours_that_did_not_go_is_told(store: Store, outcome: SendOutcome, told: str) -> None:
    answered(store)
    claimed = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert claimed
    store.do(outbox.record_delivery, claimed.id, Attempt(outcome, "550 нет"), NOW, NOW + minutes(5))
    found = store.ask(pipeline_health.load_pulse, NOW)
    counts = {"failed": found.outgoing.failed, "refused": found.refused, "uncertain": found.uncertain}
    assert counts == {"failed": 0, "refused": 0, "uncertain": 0} | {told: 1}
    assert store.ask(pipeline_health.load_pulse, NOW + 2 * DAYS).refused == 0, "of the last day alone"


def test_a_letter_that_the_gate_held_is_told(store: Store) -> None:
    letter_id = take_in(store, "Когда вы работаете?")
    decide(store, letter_id, decision(on_substance="yes"), outgoing(), held=GateHold("предел за час"))
    assert store.ask(pipeline_health.load_pulse, NOW).held == 1


def test_what_of_the_mailbox_fails_is_told_since_when_until_it_goes_well(store: Store) -> None:
    def fail(folder: str, why: str, at: datetime, mailbox: str = "8666@bk.ru") -> None:
        store.do(mailbox_faults.save_fault, mailbox, MailboxDuty.COLLECTING, folder, why, at)

    fail("Архив", "NO", NOW)
    fail("Архив", "NO [SERVERBUG]", NOW + minutes(5))
    fail("Показания", "NO", NOW + minutes(1))
    fail("INBOX", "NO", NOW + minutes(2), "other@bk.ru")
    found = store.ask(pipeline_health.load_pulse, NOW).faults
    assert [(one.folder, one.why, one.since) for one in found] == [
        ("Архив", "NO [SERVERBUG]", NOW),
        ("Показания", "NO", NOW + minutes(1)),
        ("INBOX", "NO", NOW + minutes(2)),
    ]
    store.do(mailbox_faults.clear_fault, "8666@bk.ru", MailboxDuty.COLLECTING, "Архив")
    assert [one.folder for one in store.ask(pipeline_health.load_pulse, NOW).faults] == ["Показания", "INBOX"]
    store.do(mailbox_faults.clear_faults, "8666@bk.ru")
    assert [one.folder for one in store.ask(pipeline_health.load_pulse, NOW).faults] == ["INBOX"]


def test_the_board_reads_indexes_alone(sqlite: SqliteFiles) -> None:
    """SQLite's own plans: a bare SCAN of a table that grows is a search that found no index."""
    store = Store(sqlite.fresh(), resource_folder("db"))
    plans: list[str] = []

    def explain(
        _: object, cursor: sqlite3.Cursor, statement: str, given: tuple[str, ...], *__: object
    ) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
        plans.extend(str(row[3]) for row in cursor.fetchall())

    event.listen(store._engine, "before_cursor_execute", explain)
    store.ask(board.waiting, NOW, DAY_END)
    store.ask(board.in_hand, NOW)
    store.ask(board.came, (MORNING, NOW, DAY_END))
    store.ask(board.given, MORNING)
    store.ask(pipeline_health.load_pulse, NOW)
    store.close()
    assert not [plan for plan in plans if plan in {f"SCAN {table}" for table in LARGE}]
    assert "SCAN case_ USING INDEX ix_case__queue" in plans
    assert any(plan.startswith("SEARCH case_ USING COVERING INDEX ix_case__state_received") for plan in plans)
    assert "SEARCH case_event USING INDEX ix_case_event__mark (mark=? AND at>?)" in plans
