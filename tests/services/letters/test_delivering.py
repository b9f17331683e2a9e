"""Sending through a real server that goes away and comes back: who waits for it alone goes first, and at once."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from mailbot.config import resource_folder
from mailbot.model import DeliveryState, LetterPurpose, Priority
from mailbot.services.letters.deliver import LIFETIME, Deliverer
from mailbot.services.letters.smtp_outage import LAST_PAUSE, SmtpOutage
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.database.engine import open_engine
from mailbot.store.mail import outbox, uncertain_deliveries
from mailbot.store.reports import sent_reports
from mailbot.transport import SmtpClient
from mailbot.transport.embedded import EmbeddedSmtp
from tests.engines import PostgresServer, SqliteFiles
from tests.store.conftest import databases, opened, postgres, sqlite, store, url
from tests.store.material import NOW, decide, decision, letter, minutes, outgoing, take_in
from tests.transport.material import smtp_settings, unused_port

__all__ = ["databases", "opened", "postgres", "sqlite", "store", "url"]


class Post:
    """A sender whose server can be away: each letter it would connect for is counted."""

    def __init__(self, store: Store, sink: EmbeddedSmtp) -> None:
        self.now, self.store, self.sink = NOW, store, sink
        self._reachable, self._nowhere = smtp_settings(sink.port), smtp_settings(unused_port())
        self.client = SmtpClient(self._reachable)
        self.sender = self.new_sender()

    def new_sender(self, holder: str = "d") -> Deliverer:
        outage = SmtpOutage(lambda: (self.now - NOW).total_seconds())
        return Deliverer(self.store, self.client, holder, minutes(10), lambda: self.now, outage)

    def go_away(self) -> None:
        self.client.close()
        self.client._settings = self._nowhere

    def come_back(self) -> None:
        self.client._settings = self._reachable

    def send_all(self) -> list[str]:
        """Everything that leaves at this moment, by recipients in order."""
        before = len(self.sink.received)
        while self.sender.deliver_next():
            pass
        return [item.recipient for item in self.sink.received[before:]]

    def pass_time(self, time: timedelta, step: timedelta = timedelta(seconds=1)) -> int:
        """How many attempts the sender makes meanwhile."""
        until, attempts = self.now + time, 0
        while self.now < until:
            self.now += step
            while self.sender.deliver_next():
                attempts += 1
        return attempts


@pytest.fixture
def post(store: Store) -> Iterator[Post]:
    with EmbeddedSmtp() as sink:
        yield Post(store, sink)


def answer_owed(store: Store, to: str, at: datetime = NOW, priority: Priority = Priority.NORMAL) -> str:
    """A letter of ours, ready to leave."""
    letter_id = take_in(store, f"вопрос {to}", to, at=at)
    decide(
        store,
        letter_id,
        replace(decision(), priority=priority),
        outgoing(f"<ours-{to}>", recipient=to),
        read=letter(f"вопрос {to}", to),
        now=at,
    )
    return to


def test_while_the_server_is_away_few_attempts_are_made_however_many_letters_wait(post: Post) -> None:
    for number in range(30):
        answer_owed(post.store, f"c{number}@x.example", NOW + timedelta(milliseconds=number))
    post.go_away()
    hours = 3
    attempts = post.pass_time(timedelta(hours=hours))
    assert 0 < attempts < 10 + hours * 3600 / (LAST_PAUSE * 0.7)
    first = post.store.do(outbox.claim_outgoing, "x", minutes(9), post.now)
    assert first is not None
    assert first.attempts == 1, "an attempt without a server is no attempt of the letter's"
    assert post.store.ask(summaries.pending) == 30, "nobody is given up"


def test_when_it_is_back_all_leave_at_once_the_urgent_first_the_others_in_order(post: Post) -> None:
    plain = [answer_owed(post.store, f"c{number}@x.example", NOW + minutes(number)) for number in range(5)]
    urgent = answer_owed(post.store, "burst@x.example", NOW + minutes(5), Priority.EMERGENCY)
    post.now = NOW + minutes(6)
    post.go_away()
    post.pass_time(timedelta(hours=9), timedelta(seconds=7))
    post.come_back()
    post.pass_time(timedelta(seconds=LAST_PAUSE))
    assert [item.recipient for item in post.sink.received] == [urgent, *plain]


def test_a_4xx_of_that_very_letter_waits_on_though_the_server_was_away_and_is_back(post: Post) -> None:
    greylisted = answer_owed(post.store, "grey@x.example")
    post.sink.answer = lambda stage, to: (
        "451 4.7.1 greylisted" if stage == "RCPT" and to == greylisted else None
    )
    for _ in range(5):
        post.now += timedelta(hours=1)
        post.send_all()
    post.go_away()
    answer_owed(post.store, "other@x.example", post.now)
    post.now += minutes(1)
    post.sender.deliver_next()
    post.come_back()
    post.sink.answer = lambda *_: None
    post.pass_time(timedelta(seconds=20))
    assert [item.recipient for item in post.sink.received] == ["other@x.example"]


def test_a_letter_under_which_the_connection_breaks_holds_up_nobody(post: Post) -> None:
    """421 to one address alone: from outside it looks as if the server went away each time."""
    poison = answer_owed(post.store, "poison@x.example", NOW - minutes(9), Priority.EMERGENCY)
    others = [answer_owed(post.store, f"c{number}@x.example", NOW - minutes(8)) for number in range(9)]
    post.sink.answer = lambda stage, to: "421 4.3.0 bye" if stage == "RCPT" and to == poison else None
    post.pass_time(timedelta(minutes=5))
    assert sorted(item.recipient for item in post.sink.received) == sorted(others)
    assert post.pass_time(timedelta(hours=1)) < 40
    post.sink.answer = lambda *_: None
    post.pass_time(timedelta(seconds=LAST_PAUSE + 5))
    assert post.sink.received[-1].recipient == poison


def test_whom_an_outage_of_days_keeps_from_his_answer_people_are_told_of_all_at_once(post: Post) -> None:
    for number in range(7):
        answer_owed(post.store, f"c{number}@x.example", NOW + timedelta(seconds=number))
    post.go_away()
    post.pass_time(LIFETIME - minutes(30), minutes(9))
    assert {case.delivery for case in post.store.ask(summaries.cases, None, 99)} == {DeliveryState.READY}
    answer_owed(post.store, "late@x.example", post.now)
    post.pass_time(minutes(40), minutes(1))
    found = {case.sender: case for case in post.store.ask(summaries.cases, None, 99)}
    assert found.pop("late@x.example").delivery is DeliveryState.READY
    assert {case.delivery for case in found.values()} == {DeliveryState.REFUSED}
    assert {case.state.value for case in found.values()} == {"awaiting_review"}
    assert all("3 дня подряд" in (case.error or "") for case in found.values())


def test_an_alarm_to_our_own_people_waits_behind_no_answers(post: Post) -> None:
    answer_owed(post.store, "c@x.example", NOW - minutes(9))
    alarm = outgoing("<alarm>", LetterPurpose.WARNING, recipient="disp@x.example")
    post.store.do(sent_reports.queue_house, alarm, NOW, urgent=True)
    assert post.send_all() == ["disp@x.example", "c@x.example"]


class Blockade:
    """A database that answers nobody for a while: somebody else holds what every verb of the outbox needs."""

    def __init__(self, store: Store) -> None:
        engine = store._engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._url = engine.url.render_as_string(hide_password=False)
        self._end: Callable[[], object] = lambda: None
        event.listen(engine, "checkout", self._impatient)

    def _impatient(self, connection: DBAPIConnection, *_: object) -> None:
        """The same faults as after ten seconds of waiting, at once."""
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 50" if self._sqlite else "SET lock_timeout = '50ms'")
        cursor.close()

    def begin(self) -> None:
        if self._sqlite:
            file = sqlite3.connect(
                self._url.removeprefix("sqlite:///"), check_same_thread=False, isolation_level=None
            )
            file.execute("BEGIN IMMEDIATE")
            self._end = file.close
            return
        engine = open_engine(self._url)
        connection = engine.connect()
        connection.exec_driver_sql("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")

        def end() -> None:
            connection.close()
            engine.dispose()

        self._end = end

    def end(self) -> None:
        self._end()


@pytest.fixture
def own_store(databases: SqliteFiles | PostgresServer) -> Iterator[Store]:
    """A store that may be made impatient."""
    store = Store(databases.fresh(), resource_folder("db"))
    yield store
    store.close()


def state_of(store: Store, to: str) -> DeliveryState | None:
    return next(case.delivery for case in store.ask(summaries.cases, None, 99) if case.sender == to)


def test_a_250_in_hand_is_written_down_as_soon_as_the_database_is_back(own_store: Store) -> None:
    blockade = Blockade(own_store)
    with EmbeddedSmtp() as sink:
        post = Post(own_store, sink)
        taken, behind = answer_owed(own_store, "taken@x.example"), answer_owed(own_store, "behind@x.example")
        post.now += minutes(1)

        def taken_and_away(stage: str, _: str) -> None:
            if stage == "DATA" and not sink.received:
                blockade.begin()

        sink.answer = taken_and_away
        assert post.sender.deliver_next() is False
        sent_at = post.now
        for _ in range(3):
            post.now += minutes(4)
            assert post.sender.deliver_next() is False, "nothing else is claimed before"
        blockade.end()
        own_store.do(uncertain_deliveries.uncertain_after_crash, post.now)
        assert post.send_all() == [behind]
        assert [item.recipient for item in sink.received] == [taken, behind]
    assert {state_of(own_store, to) for to in (taken, behind)} == {DeliveryState.SENT}
    (first, _) = own_store.ask(outbox.to_copy, 9)
    assert first.sent_at == sent_at


def test_where_the_database_is_away_before_the_text_began_the_letter_leaves_once_it_is_back(
    own_store: Store,
) -> None:
    blockade = Blockade(own_store)
    with EmbeddedSmtp() as sink:
        post = Post(own_store, sink)
        to = answer_owed(own_store, "c@x.example")

        def away(stage: str, _: str) -> None:
            if stage == "RCPT":
                blockade.begin()

        sink.answer = away
        assert post.sender.deliver_next() is False
        assert post.sender.deliver_next() is False
        assert sink.received == []
        sink.answer = lambda *_: None
        blockade.end()
        assert post.send_all() == [to]
    assert state_of(own_store, to) is DeliveryState.SENT


def send_on(url: str, port: int, holder: str) -> None:
    """A process that sends what is due, until it is killed."""
    store = Store(url, resource_folder("db"))
    deliverer = Deliverer(
        store, SmtpClient(smtp_settings(port)), holder, minutes(10), lambda: NOW + minutes(1)
    )
    while deliverer.deliver_next():
        pass


@pytest.mark.parametrize(("stage", "left"), [("RCPT", False), ("DATA", True)])
def test_kill_9_before_the_text_means_sent_again_by_the_successor_and_after_it_uncertain(
    own_store: Store, stage: str, left: bool
) -> None:
    url = own_store._engine.url.render_as_string(hide_password=False)
    to = answer_owed(own_store, "c@x.example")
    with EmbeddedSmtp() as sink:
        process = get_context("spawn").Process(target=send_on, args=(url, sink.port, "deliverer"))

        def kill(where: str, _: str) -> None:
            if where == stage:
                process.kill()

        sink.answer = kill
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        sink.answer = lambda *_: None
        send_on(url, sink.port, "deliverer")
        assert len(sink.received) == 1
    assert state_of(own_store, to) is (DeliveryState.SENDING if left else DeliveryState.SENT)
    lost = own_store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(60))
    assert len(lost) == left


def test_what_a_clock_a_day_ahead_has_written_keeps_no_letter_waiting(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    tried = answer_owed(post.store, "tried@x.example", NOW - minutes(9))
    post.sink.answer = lambda stage, _: "451 4.3.0 later" if stage == "RCPT" else None
    post.now = NOW + timedelta(days=1)
    fresh = answer_owed(post.store, "fresh@x.example", post.now + minutes(1), Priority.EMERGENCY)
    assert post.send_all() == []
    post.store.do(outbox.claim_outgoing, "fast, and dead", minutes(10), post.now + minutes(5))
    post.sink.answer = lambda *_: None
    post.now = NOW + minutes(1)
    post.sender = post.new_sender("right")
    assert post.send_all() == [fresh, tried]
    assert "Чьи-то часы спешили" in caplog.text


def test_a_pause_that_can_be_true_is_kept(post: Post) -> None:
    answer_owed(post.store, "tried@x.example", NOW - minutes(9))
    post.sink.answer = lambda stage, _: "451 4.3.0 later" if stage == "RCPT" else None
    for _ in range(9):
        post.send_all()
        post.now += timedelta(hours=3)
    post.send_all()
    post.sink.answer = lambda *_: None
    post.now += timedelta(minutes=1)
    post.sender = post.new_sender("right")
    assert post.send_all() == []
