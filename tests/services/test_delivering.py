"""Sending through a real server that goes away and comes back: who waits for it alone goes first, and at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot.model import DeliveryState, LetterPurpose, Priority
from mailbot.services.letters.deliver import LIFETIME, Deliverer
from mailbot.services.letters.smtp_outage import LAST_PAUSE, SmtpOutage
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import outbox
from mailbot.store.reports import sent_reports
from mailbot.transport import SmtpClient
from mailbot.transport.embedded import EmbeddedSmtp
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
