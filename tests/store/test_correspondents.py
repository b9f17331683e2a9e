"""Correspondents in the database, on both engines: case, log, queue, correction and undo, the trend without them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from mailbot.model import Action, LetterCorrection, LetterKind, StaffRole
from mailbot.model.case.log import CaseFlow
from mailbot.model.report.period import Period
from mailbot.store import Store
from mailbot.store.case_log.events import events_of
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.review_queue import CLIENTS, CORRESPONDENTS, QueueFilter
from mailbot.store.casework import corrections, page_acts, undo
from mailbot.store.decisions import context as stored_context
from mailbot.store.reports.period_log import flow, logged
from mailbot.store.schema.letters_and_cases import case_event
from mailbot.store.staff import members_and_sessions
from tests.store.material import NOW, decide, decision, facts, letter, minutes, take_in

ZONE = ZoneInfo("Asia/Yekaterinburg")
WEEK = Period.read("2026-W48")


def received(store: Store, words: str, group: str = "", assignee: str = "", sender: str = "a@b.ru") -> str:
    """The number of a case before people, of a client or of that group."""
    decided = replace(
        decision(Action.REVIEW, respond_by=NOW + timedelta(days=1)),
        correspondent=group,
        their_number="исх. № 7" if group else "",
        assignee=assignee,
    )
    letter_id = take_in(store, words, sender)
    decide(store, letter_id, decided, read=letter(words, sender), found=facts(accounts=("440215",)))
    return next(
        str(case.number) for case in store.ask(summaries.cases, None, 100) if case.letter_id == letter_id
    )


def shown(store: Store, wanted: str) -> list[str | None]:
    found = store.ask(review_queue.lines, QueueFilter(now=NOW, correspondent=wanted), 50)
    return [line.number for line in found]


def test_the_case_and_its_log_say_who_writes(store: Store) -> None:
    number = received(store, "запрос", "authority")
    line = store.ask(review_queue.line_of, store.ask(summaries.case_of, number).id)
    assert (line.correspondent, line.their_number, line.kinds) == ("authority", "исх. № 7", ())
    events = store.ask(events_of, store.ask(summaries.case_of, number).id)
    assert events[-1].labels.correspondent == "authority"
    assert events[-1].labels.kind is None


def test_a_clients_log_says_nothing_of_it(store: Store, engine: Engine) -> None:
    received(store, "холодно")
    with engine.connect() as connection:
        assert set(connection.scalars(select(case_event.c.correspondent))) == {None}


def test_the_queue_is_filtered_by_who_writes(store: Store) -> None:
    client, bank = received(store, "холодно"), received(store, "реестр", "bank")
    inquiry = received(store, "запрос", "authority")
    assert shown(store, CLIENTS) == [client]
    assert shown(store, CORRESPONDENTS) == [bank, inquiry]
    assert shown(store, "bank") == [bank]
    assert shown(store, "") == [client, bank, inquiry]


def test_a_group_is_handed_to_a_member_who_is_there(store: Store) -> None:
    with store.write() as transaction:
        members_and_sessions.add(transaction, "anna", "Анна", StaffRole.OPERATOR, NOW)
    taken = store.ask(summaries.case_of, received(store, "запрос", "authority", assignee="anna"))
    free = store.ask(summaries.case_of, received(store, "ещё запрос", "authority", assignee="nobody"))
    assert store.ask(review_queue.line_of, taken.id).assignee == "anna"
    assert store.ask(review_queue.line_of, free.id).assignee is None


def test_what_was_written_to_an_authority_is_no_answer_to_the_client(store: Store) -> None:
    """Clause 2.2.email.4 looks at earlier letters of the same account; those of correspondents are not the client's."""
    received(store, "запрос о счёте 440215", "authority", sender="adm@mail.ru")
    letter_id = take_in(store, "вопрос", "client@mail.ru")
    with store.write() as transaction:
        context = stored_context.context(
            transaction,
            letter_id,
            letter("вопрос", "client@mail.ru"),
            facts(accounts=("440215",)),
            NOW,
            str(ZONE),
        )
    assert context.earlier == ()


def test_a_person_says_who_writes_and_can_take_it_back(store: Store) -> None:
    number = received(store, "письмо")
    id = store.ask(summaries.case_of, number).id
    said = LetterCorrection((), (), urgent=False, correspondent="supplier")
    with store.write() as transaction:
        page_acts.begin(transaction, number, None, "label", "anna", NOW)
        corrections.correct(transaction, number, said, "anna", NOW, NOW + timedelta(days=5))
    line = store.ask(review_queue.line_of, id)
    assert (line.correspondent, line.kinds, line.respond_by) == ("supplier", (), NOW + timedelta(days=5))
    assert store.ask(corrections.corrections) == (), "it teaches the model nothing of what clients want"
    with store.write() as transaction:
        undo.take_back_act(transaction, number, "anna", NOW + timedelta(seconds=5))
    assert store.ask(review_queue.line_of, id).correspondent is None
    assert store.ask(events_of, id)[-1].labels.correspondent == ""


def test_a_correspondents_letter_can_be_called_a_clients(store: Store) -> None:
    number = received(store, "письмо", "bank")
    said = LetterCorrection((LetterKind.QUESTION,), (), urgent=False, correspondent="")
    with store.write() as transaction:
        corrections.correct(transaction, number, said, "anna", NOW, NOW + timedelta(days=5))
    line = store.ask(review_queue.line_of, store.ask(summaries.case_of, number).id)
    assert (line.correspondent, line.kinds) == (None, ("question",))


@pytest.mark.parametrize("corrected", [False, True])
def test_the_trend_counts_clients_alone_as_the_log_knew_them(store: Store, corrected: bool) -> None:
    received(store, "холодно")
    number = received(store, "реестр", "bank")
    later = NOW + minutes(10)
    if corrected:
        said = LetterCorrection((LetterKind.QUESTION,), (), urgent=False, correspondent="")
        with store.write() as transaction:
            corrections.correct(transaction, number, said, "anna", later)
    assert store.ask(flow, (WEEK,), NOW + minutes(5), ZONE) == (CaseFlow(1, 0, 1),)
    after = CaseFlow(2, 0, 2) if corrected else CaseFlow(1, 0, 1)
    assert store.ask(flow, (WEEK,), later + minutes(1), ZONE) == (after,)


def test_a_second_request_of_an_authority_is_no_repeated_contact(store: Store) -> None:
    for words in ("запрос", "второй запрос"):
        received(store, words, "authority", sender="adm@mail.ru")
    found = store.ask(logged, WEEK, NOW + minutes(5), ZONE).received
    assert [one.repeat for one in found] == [False, False]
