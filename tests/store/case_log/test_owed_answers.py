"""Whatever happens to a case, what is kept of its being owed an answer is what its log says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.config import resource_folder
from mailbot.model import (
    Action,
    CaseEvent,
    CaseState,
    ClockMark,
    LetterPurpose,
    RequestRefused,
    SendOutcome,
    SendResult,
)
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.casework import moves_and_answers, page_acts, undo
from mailbot.store.mail import bounces, outbox
from tests.scale import tries
from tests.store.case_log.test_clock_marks import intervals
from tests.store.material import NOW, decide, decision, minutes, outgoing, returned, take_in

FIRST = {
    "answer": (decision(on_substance="yes"), LetterPurpose.ANSWER),
    "request": (decision(), LetterPurpose.REQUEST),
    "review": (decision(Action.REVIEW), LetterPurpose.ACKNOWLEDGEMENT),
    "silence": (decision(Action.NO_REPLY), None),
    "ignore": (decision(Action.IGNORE), None),
}
ACTS = (
    "leaves",
    "refused",
    "uncertain",
    "bounces",
    "back",
    "silenced",
    "ignored",
    "told",
    "answers",
    "asks",
    "undo",
)


def owed(received: datetime, log: tuple[CaseEvent, ...]) -> list[tuple[datetime, datetime | None]]:
    """The definition, walked line by line: open from receipt, closed and opened again by what the log tells."""
    found: list[tuple[datetime, datetime | None]] = [(received, None)]
    for line in log:
        still, stepped = found[-1][1] is None, line.was is not None and line.was is not line.became
        shut = line.mark is ClockMark.ANSWERED or (
            line.mark is ClockMark.ASKED and line.became is CaseState.ANSWERED
        )
        shut = shut or (stepped and line.became in (CaseState.SILENCED, CaseState.IGNORED))
        again = stepped and line.became is CaseState.AWAITING_REVIEW
        again = again or (
            line.mark in (ClockMark.WITHDRAWN, ClockMark.UNDELIVERED)
            and line.became not in (CaseState.SILENCED, CaseState.IGNORED)
        )
        if shut and still:
            found[-1] = (found[-1][0], line.at)
        elif again and not shut and not still:
            found.append((line.at, None))
    return found


class Desk:
    """One case and all that may befall it; what is not lawful just then is refused and changes nothing."""

    def __init__(self, store: Store, first: str) -> None:
        self.store, self.now = store, NOW
        decided, purpose = FIRST[first]
        id = take_in(store, f"письмо {first}")
        decide(store, id, decided, outgoing("<0@bk.ru>", purpose) if purpose else None)
        (found,) = store.ask(summaries.cases, None, 9)
        self.number = found.number or str(found.id)

    def do(self, act: str) -> None:
        self.now += minutes(7)
        acts: dict[str, Callable[[], object]] = {
            "leaves": lambda: self.leave(SendOutcome.SENT),
            "refused": lambda: self.leave(SendOutcome.REFUSED),
            "uncertain": lambda: self.leave(SendOutcome.UNCERTAIN),
            "bounces": self.bounce,
            "back": lambda: self.move(CaseState.AWAITING_REVIEW),
            "silenced": lambda: self.move(CaseState.SILENCED),
            "ignored": lambda: self.move(CaseState.IGNORED),
            "told": self.tell,
            "answers": lambda: self.write(ClockMark.ANSWERED),
            "asks": lambda: self.write(ClockMark.ASKED),
            "undo": self.undo,
        }
        with suppress(RequestRefused):
            acts[act]()
        (found,) = self.store.ask(summaries.cases, None, 9)
        self.number = found.number or str(found.id)

    def leave(self, outcome: SendOutcome) -> None:
        if found := self.store.do(outbox.claim_outgoing, "d", timedelta(minutes=1), self.now):
            self.store.do(outbox.record_delivery, found.id, SendResult(outcome, "сервер"), self.now, None)

    def bounce(self) -> None:
        ids = tuple(f"<{at}@bk.ru>" for at in range(40))
        with self.store.write() as transaction:
            bounces.record_bounces(transaction, returned(*ids), "550", self.now)

    def move(self, became: CaseState) -> None:
        with self.store.write() as transaction:
            moves_and_answers.move(transaction, self.number, became, "anna", "так", self.now)

    def tell(self) -> None:
        with self.store.write() as transaction:
            id = page_acts.begin(transaction, self.number, None, "told", "anna", self.now)
            page_acts.answer_otherwise(transaction, id, "лично", "да", "anna", self.now)

    def write(self, means: ClockMark) -> None:
        with self.store.write() as transaction:
            page_acts.begin(transaction, self.number, None, "answer", "anna", self.now)
            nth = moves_and_answers.next_revision(transaction, self.number)
            moves_and_answers.queue_answer(
                transaction, self.number, outgoing(f"<{nth}@bk.ru>"), "anna", "да", self.now, None, means
            )

    def undo(self) -> None:
        with self.store.write() as transaction:
            undo.take_back_act(transaction, self.number, "anna", self.now - minutes(6.8))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, copied for each example."""
    path = tmp_path_factory.mktemp("backlog") / "empty.db"
    store = Store(f"sqlite:///{path}", resource_folder("db"))
    store.migrate()
    store.close()
    return path


@settings(max_examples=tries(60), deadline=None)
@given(first=st.sampled_from(sorted(FIRST)), acts=st.lists(st.sampled_from(ACTS), max_size=9))
def test_the_backlog_is_what_the_log_says(first: str, acts: list[str], template: Path) -> None:
    path = template.parent / "case.db"
    path.write_bytes(template.read_bytes())
    store = Store(f"sqlite:///{path}", resource_folder("db"))
    desk = Desk(store, first)
    for act in acts:
        desk.do(act)
    kept = intervals(store._engine, desk.number) if store.ask(summaries.case_of, desk.number).number else None
    if kept is not None:
        assert kept == owed(NOW, store.ask(events.events_of, store.ask(summaries.case_of, desk.number).id))
    store.close()
