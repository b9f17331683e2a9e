"""Deadlines: people are warned before one passes and told after, once of each; nothing is marked that nobody was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

from sqlalchemy import select

from mailbot.model import ClockMark, LetterCorrection, LetterKind
from mailbot.model.rules.report_readers import ReportRules
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.letter_sending import send
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.reporting.deadline_watch import watch_deadlines
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.schema.letters_and_cases import outbox
from tests.services.reporting.test_sending import ADDRESS, CHIEF, receive, shipped
from tests.store.conftest import databases, opened, postgres, sqlite, store, url

__all__ = ["databases", "opened", "postgres", "sqlite", "store", "url"]

SHIFT = "shift@eco.example"
FRIDAY = datetime(2026, 11, 20, 5, tzinfo=UTC)
"""10:00 in Yekaterinburg; a complaint of that day is due on Wednesday, 17:00."""

DUE = datetime(2026, 11, 25, 12, tzinfo=UTC)


def rules(warned: tuple[str, ...] = (SHIFT,), escalated: tuple[str, ...] = (CHIEF,)) -> ActiveRules:
    rules = ReportRules(warned=warned, escalated=escalated, warn_hours=4)
    return replace(shipped(), rulebook=replace(shipped().rulebook, reports=rules))


def letters(store: Store) -> list[tuple[str, str]]:
    """(reader, text) of the warnings in the outbox."""
    with store.write() as transaction:
        query = select(outbox.c.recipient, outbox.c.content).where(outbox.c.purpose == "warning")
        kept = transaction.execute(query.order_by(outbox.c.id)).all()
    return [(to, _text(bytes(content))) for to, content in kept]


def _text(content: bytes) -> str:
    body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def marks(store: Store, number: str) -> list[ClockMark]:
    return [
        one.mark
        for one in store.ask(events.events_of, store.ask(summaries.case_of, number).id)
        if one.mark in (ClockMark.WARNED, ClockMark.ESCALATED)
    ]


def test_people_are_warned_once_so_many_working_hours_before(store: Store) -> None:
    number = receive(store, FRIDAY)
    assert store.ask(summaries.case_of, number).respond_by == DUE
    assert watch_deadlines(store, rules(), ADDRESS, DUE - timedelta(hours=4, minutes=1)) == 0
    assert watch_deadlines(store, rules(), ADDRESS, DUE - timedelta(hours=3, minutes=59)) == 1
    assert watch_deadlines(store, rules(), ADDRESS, DUE - timedelta(hours=1)) == 0
    ((to, text),) = letters(store)
    assert to == SHIFT
    assert number in text
    assert marks(store, number) == [ClockMark.WARNED]


def test_the_manager_is_told_once_after_it_has_passed(store: Store) -> None:
    number = receive(store, FRIDAY)
    assert watch_deadlines(store, rules(), ADDRESS, DUE + timedelta(minutes=1)) == 1
    assert watch_deadlines(store, rules(), ADDRESS, DUE + timedelta(days=3)) == 0
    assert [to for to, _ in letters(store)] == [CHIEF]
    assert marks(store, number) == [ClockMark.ESCALATED]


def test_of_a_deadline_that_was_moved_people_are_told_anew(store: Store) -> None:
    number = receive(store, FRIDAY)
    watch_deadlines(store, rules(), ADDRESS, DUE + timedelta(minutes=1))
    said = LetterCorrection((LetterKind.QUESTION,), (), urgent=False)
    acts.relabel_case(
        store, shipped().rulebook, ActContext(number, None, "anna", DUE + timedelta(minutes=2)), said
    )
    moved = store.ask(summaries.case_of, number).respond_by
    assert moved is not None
    assert moved > DUE
    assert watch_deadlines(store, rules(), ADDRESS, moved + timedelta(minutes=1)) == 1
    assert marks(store, number) == [ClockMark.ESCALATED, ClockMark.ESCALATED]


def test_a_case_whose_client_was_asked_is_left_alone_until_they_write(store: Store) -> None:
    number = receive(store, FRIDAY)
    page = acts.ActContext(number, None, "anna", FRIDAY + timedelta(hours=1))
    send(store, shipped(), page, "Какая температура?", means=ClockMark.ASKED)
    from tests.material import posted

    posted.deliver(store, FRIDAY + timedelta(hours=2))
    assert watch_deadlines(store, rules(), ADDRESS, DUE + timedelta(minutes=1)) == 0


def test_where_nobody_is_named_nothing_is_marked(store: Store) -> None:
    number = receive(store, FRIDAY)
    assert watch_deadlines(store, rules((), ()), ADDRESS, DUE + timedelta(days=1)) == 0
    assert marks(store, number) == []
    assert letters(store) == []


def test_an_emergency_is_told_at_once(store: Store) -> None:
    """Its two hours are fewer than the four before which people are warned."""
    text = "From: a@bk.ru\r\nSubject: Авария\r\n\r\nПрорвало трубу отопления в подвале, Мира 5, хлещет кипяток!\r\n"
    receive(store, FRIDAY, text)
    assert watch_deadlines(store, rules(), ADDRESS, FRIDAY + timedelta(minutes=1)) == 1
