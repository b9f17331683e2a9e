"""The review queue on both engines: its order, its filters, full-text search, acts that can be undone, colleagues."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from mailbot.model import (
    Action,
    CaseState,
    Channel,
    ClockMark,
    DeliveryState,
    LetterCorrection,
    LetterKind,
    Priority,
    RequestRefused,
    StaffRole,
)
from mailbot.model.case.staff_act import CaseAct
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.case_log.events import CLIENT, log_event
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.earlier_answers import joined_answer
from mailbot.store.cases.queue_filters import DueBucket
from mailbot.store.cases.review_queue import QueueFilter
from mailbot.store.casework import corrections, drafts, moves_and_answers, page_acts
from mailbot.store.casework import undo as undoing
from mailbot.store.casework.page_acts import StaleCase
from mailbot.store.casework.undo import NothingToUndo
from mailbot.store.mail import outbox
from mailbot.store.staff import api_keys, audit_log, edited_files, members_and_sessions, saved_views
from mailbot.store.staff.api_keys import IdempotentResponse
from tests.store.material import NOW, decide, decision, letter, minutes, outgoing, take_in

QUEUE = QueueFilter(now=NOW)


def waiting(store: Store, words: str, channel: Channel = Channel.MAIL, **fields: object) -> str:
    """The number of a case before people."""
    letter_id = take_in(store, words)
    chosen = replace(decision(Action.REVIEW), **fields)  # type: ignore[arg-type]
    decide(store, letter_id, chosen, read=letter(words), channel=channel)
    return next(
        str(case.number) for case in store.ask(summaries.cases, None, 100) if case.letter_id == letter_id
    )


def numbers(store: Store, wanted: QueueFilter) -> list[str | None]:
    return [line.number for line in store.ask(review_queue.lines, wanted, 50)]


def act(store: Store, number: str, version: int | None, what: str = "ignore", by: str = "anna") -> None:
    with store.write() as transaction:
        page_acts.begin(transaction, number, version, what, by, NOW)
        moves_and_answers.move(transaction, number, CaseState.IGNORED, by, "не обращение", NOW)


def undo(store: Store, number: str, by: str = "anna", after: float = 0.2) -> str:
    with store.write() as transaction:
        return undoing.take_back_act(transaction, number, by, NOW + minutes(after))


def test_emergencies_stand_first_then_what_is_due_first_and_what_could_not_be_read_is_not_buried(
    store: Store,
) -> None:
    later = waiting(store, "счёт", respond_by=NOW + minutes(500), priority=Priority.NORMAL)
    sooner = waiting(store, "холодно", respond_by=NOW + minutes(50), priority=Priority.NORMAL)
    unread = waiting(store, "не прочитано", respond_by=None, priority=Priority.NORMAL)
    alarm = waiting(store, "авария", respond_by=NOW + minutes(900), priority=Priority.EMERGENCY)
    assert numbers(store, QUEUE) == [alarm, unread, sooner, later]
    assert store.ask(review_queue.count, QUEUE) == 4
    assert store.ask(review_queue.count, replace(QUEUE, due=DueBucket.OVERDUE)) == 0
    assert numbers(store, replace(QUEUE, due=DueBucket.TODAY, day_end=NOW + minutes(100))) == [sooner]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("БАТАРЕЯ", True),
        ("батареями", True),
        ("теплые", True),
        ("тёплые", True),
        ("ледя", True),
        ("anna mail", True),
        ("батарея лифт", False),
        ("'; DROP TABLE case_; --", False),
        ('батарея" OR "1', False),
        ("* ( ) : -", True),
    ],
)
def test_words_are_found_whatever_their_case_ending_and_yo(store: Store, asked: str, found: bool) -> None:
    number = waiting(store, "Батареи ледяные, стояк еле тёплый, еле тёплые трубы")
    waiting(store, "За что пени?")
    hits = numbers(store, replace(QUEUE, words=asked))
    assert (number in hits) is found
    if asked.startswith("*"):
        assert len(hits) == 2, "a query without words asks nothing"


def test_a_stale_page_changes_nothing(store: Store) -> None:
    number = waiting(store, "холодно")
    act(store, number, 0)
    with pytest.raises(StaleCase, match="изменил другой сотрудник"):
        act(store, number, 0, by="boris")
    assert store.ask(summaries.case_of, number).state is CaseState.IGNORED


def test_an_act_is_undone_by_its_author_alone_and_once(store: Store) -> None:
    number = waiting(store, "холодно")
    act(store, number, 0)
    with pytest.raises(NothingToUndo):
        undo(store, number, by="boris")
    assert undo(store, number) == "ignore"
    assert store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    with pytest.raises(NothingToUndo):
        undo(store, number)


def test_undoing_hides_no_case_whose_client_has_written_since(store: Store) -> None:
    until = NOW + minutes(2000)
    for written in (False, True):
        number = waiting(store, f"счёт {written}", respond_by=NOW + minutes(5000))
        with store.write() as transaction:
            page_acts.put_off(transaction, store.ask(summaries.case_of, number).id, until, "anna", NOW)
            page_acts.begin(transaction, number, None, "assign", "anna", NOW + minutes(1))
            page_acts.assign(
                transaction, store.ask(summaries.case_of, number).id, "boris", "anna", NOW + minutes(1)
            )
            if written:  # received before the act, decided after it
                state = CaseState.AWAITING_REVIEW
                log_event(
                    transaction, store.ask(summaries.case_of, number).id, state, state, CLIENT, "написал", NOW
                )
        undo(store, number, after=60)
        assert (
            store.ask(review_queue.line_of, store.ask(summaries.case_of, number).id).put_off_until is None
        ) is written


def test_a_correction_moves_the_case_and_an_undone_one_teaches_nothing(store: Store) -> None:
    number = waiting(store, "пар из люка", respond_by=NOW + minutes(100))
    first = waiting(store, "счёт", respond_by=NOW + minutes(10))
    with store.write() as transaction:
        page_acts.begin(transaction, number, None, "label", "anna", NOW)
        corrections.correct(
            transaction, number, LetterCorrection((LetterKind.COMPLAINT,), ("steam",), True), "anna", NOW
        )
    assert numbers(store, QUEUE) == [number, first]
    assert len(store.ask(corrections.corrections)) == 1
    undo(store, number)
    assert numbers(store, QUEUE) == [first, number]
    assert not store.ask(corrections.corrections)


def test_a_letter_that_the_machine_still_has_in_hand_is_nobodys_to_answer(store: Store) -> None:
    take_in(store, "только что пришло")
    (case,) = store.ask(summaries.cases, None, 10)
    with pytest.raises(RequestRefused, match="ещё разбирает"), store.write() as transaction:
        page_acts.begin(transaction, str(case.id), None, "answer", "anna", NOW)


def answer(store: Store, number: str, *, means: ClockMark = ClockMark.ANSWERED) -> None:
    with store.write() as transaction:
        page_acts.begin(transaction, number, None, "answer", "anna", NOW)
        moves_and_answers.queue_answer(
            transaction, number, outgoing(), "anna", "ответ", NOW, NOW + page_acts.UNDO_WINDOW, means
        )


def test_an_undone_answer_never_leaves_and_the_case_waits_again(store: Store) -> None:
    number = waiting(store, "холодно")
    answer(store, number)
    assert store.ask(summaries.case_of, number).state is CaseState.ANSWERED
    undo(store, number)
    (ours,) = store.ask(summaries.outgoing_of, store.ask(summaries.case_of, number).id)
    assert ours.state is DeliveryState.HELD
    assert store.do(outbox.claim_outgoing, "w", minutes(1), NOW + minutes(10)) is None
    assert store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


def test_a_letter_that_is_on_its_way_cannot_be_undone(store: Store) -> None:
    number = waiting(store, "холодно")
    answer(store, number)
    assert store.do(outbox.claim_outgoing, "w", minutes(1), NOW + minutes(0.5)) is not None
    with pytest.raises(NothingToUndo, match="ушло"):
        undo(store, number, after=0.5)


def test_a_letter_that_asks_keeps_the_case_open_and_does_not_count_as_an_answer(store: Store) -> None:
    number = waiting(store, "холодно")
    answer(store, number, means=ClockMark.ASKED)
    assert store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW
    assert len(store.ask(summaries.outgoing_of, store.ask(summaries.case_of, number).id)) == 1


def test_what_is_put_off_is_hidden_until_its_time_but_never_past_its_deadline(store: Store) -> None:
    number = waiting(store, "холодно", respond_by=NOW + minutes(1000))
    put_off(store, number, NOW + minutes(900))
    assert not numbers(store, QUEUE)
    assert numbers(store, replace(QUEUE, put_off="only")) == [number]
    soon = replace(QUEUE, now=NOW + minutes(761))
    assert numbers(store, soon) == [number], "four hours before its deadline, whatever was put off"
    assert not numbers(store, replace(soon, put_off="only"))


def put_off(store: Store, number: str, until: datetime) -> None:
    with store.write() as transaction:
        page_acts.put_off(transaction, store.ask(summaries.case_of, number).id, until, "anna", NOW)


@pytest.mark.parametrize(
    ("priority", "due"),
    [
        (Priority.EMERGENCY, 9000),
        (Priority.HIGH, 9000),
        (Priority.NORMAL, -60),  # overdue
        (Priority.NORMAL, 300),  # due before it would come back
        (Priority.NORMAL, 500),  # due at the very moment at which it would
    ],
)
def test_what_is_urgent_late_or_due_within_the_time_is_never_out_of_sight(
    store: Store, priority: Priority, due: float
) -> None:
    number = waiting(store, "холодно", respond_by=NOW + minutes(due), priority=priority)
    put_off(store, number, NOW + minutes(500))
    assert numbers(store, QUEUE) == [number]
    assert not numbers(store, replace(QUEUE, put_off="only"))


def test_a_case_joined_to_one_that_is_put_off_or_less_urgent_stays_in_sight(store: Store) -> None:
    other = waiting(store, "тепло", respond_by=NOW + minutes(9000))
    same = waiting(store, "холодно", respond_by=NOW + minutes(9000))
    burst = waiting(store, "прорвало", respond_by=NOW + minutes(60), priority=Priority.EMERGENCY)
    with store.write() as transaction:
        for joined in (same, burst):
            page_acts.join(transaction, store.ask(summaries.case_of, joined).id, other, "anna", NOW)
    assert numbers(store, QUEUE) == [burst, other]
    put_off(store, other, NOW + minutes(500))
    assert numbers(store, QUEUE) == [burst, same]


def test_what_is_put_off_comes_back_when_its_client_writes(store: Store) -> None:
    number = waiting(store, "холодно", respond_by=NOW + minutes(9000))
    put_off(store, number, NOW + minutes(500))
    again = waiting(store, "совсем холодно", respond_by=NOW + minutes(9000))
    assert sorted(str(one) for one in numbers(store, QUEUE)) == [number, again]
    assert again in store.ask(events.events_of, store.ask(summaries.case_of, number).id)[-1].why


def test_filters_by_assignee_channel_kind_and_state(store: Store) -> None:
    number = waiting(store, "холодно", Channel.OFFICE)
    case = store.ask(summaries.case_of, number)
    with store.write() as transaction:
        page_acts.assign(transaction, case.id, "anna", "boris", NOW)
    for wanted, found in (
        (replace(QUEUE, assignee="anna"), True),
        (replace(QUEUE, assignee=review_queue.NOBODY), False),
        (replace(QUEUE, channel=Channel.OFFICE), True),
        (replace(QUEUE, channel=Channel.MAIL), False),
        (replace(QUEUE, kind=case.kinds[0]), True),
        (replace(QUEUE, kind="%"), False),
        (replace(QUEUE, states=(CaseState.SILENCED,)), False),
        (replace(QUEUE, states=()), True),
    ):
        assert bool(numbers(store, wanted)) is found, wanted


def test_a_joined_case_waits_for_the_other_and_comes_back_with_its_answer(store: Store) -> None:
    one, other = waiting(store, "холодно"), waiting(store, "очень холодно")
    with store.write() as transaction:
        page_acts.join(transaction, store.ask(summaries.case_of, other).id, one, "anna", NOW)
    assert numbers(store, QUEUE) == [one]
    assert store.ask(joined_answer, store.ask(summaries.case_of, other).id) == ("", "")
    answer(store, one)
    assert numbers(store, QUEUE) == [other], "its writer too is owed an answer"
    assert store.ask(joined_answer, store.ask(summaries.case_of, other).id) == (one, "ответ")


def test_cases_never_wait_for_each_other_nor_for_a_closed_one(store: Store) -> None:
    one, other, closed = waiting(store, "холодно"), waiting(store, "очень холодно"), waiting(store, "счёт")
    act(store, closed, 0)
    with store.write() as transaction:
        page_acts.join(transaction, store.ask(summaries.case_of, other).id, one, "anna", NOW)
    for target in (other, closed):
        with pytest.raises(RequestRefused, match="присоединить нельзя"), store.write() as transaction:
            page_acts.join(transaction, store.ask(summaries.case_of, one).id, target, "anna", NOW)


def test_a_member_who_is_shut_out_keeps_nothing_in_hand(store: Store) -> None:
    number = waiting(store, "холодно")
    with store.write() as transaction:
        page_acts.assign(transaction, store.ask(summaries.case_of, number).id, "anna", "boris", NOW)
        page_acts.release(transaction, "anna")
    assert numbers(store, replace(QUEUE, assignee=review_queue.NOBODY)) == [number]


def test_a_case_is_never_joined_to_itself(store: Store) -> None:
    one = waiting(store, "холодно")
    with pytest.raises(RequestRefused), store.write() as transaction:
        page_acts.join(transaction, store.ask(summaries.case_of, one).id, one, "anna", NOW)


def test_notes_drafts_and_colleagues_stand_beside_the_case(store: Store) -> None:
    case_id = store.ask(summaries.case_of, waiting(store, "холодно")).id
    with store.write() as transaction:
        anna = members_and_sessions.add(transaction, "anna", "Анна", StaffRole.OPERATOR, NOW)
        boris = members_and_sessions.add(transaction, "boris", "Борис", StaffRole.MANAGER, NOW)
        page_acts.add_note(transaction, case_id, "звонила", "anna", NOW)
        drafts.look(transaction, case_id, anna.id, writing=True, now=NOW)
        drafts.save_draft(transaction, case_id, anna.id, "начало ответа", NOW)
    assert [note.text for note in store.ask(review_queue.notes, case_id)] == ["звонила"]
    assert [(one.name, one.writing) for one in store.ask(review_queue.present, case_id, boris.id, NOW)] == [
        ("Анна", True)
    ]
    assert not store.ask(review_queue.present, case_id, anna.id, NOW)
    assert not store.ask(review_queue.present, case_id, boris.id, NOW + minutes(1))
    assert store.ask(review_queue.draft, case_id, anna.id) == "начало ответа"
    assert store.ask(review_queue.draft, case_id, boris.id) == ""


def test_the_last_administrator_stays(store: Store) -> None:
    with store.write() as transaction:
        anna = members_and_sessions.add(transaction, "anna", "Анна", StaffRole.ADMINISTRATOR, NOW)
    with pytest.raises(RequestRefused, match="администратор"), store.write() as transaction:
        members_and_sessions.set_disabled(transaction, anna.id, NOW, NOW)
    with pytest.raises(RequestRefused, match="администратор"), store.write() as transaction:
        members_and_sessions.set_role(transaction, anna.id, StaffRole.OPERATOR)
    with pytest.raises(RequestRefused, match="уже есть"), store.write() as transaction:
        members_and_sessions.add(transaction, "anna", "Другая", StaffRole.OPERATOR, NOW)


def test_the_log_is_added_to_and_never_changed(store: Store, engine: Engine) -> None:
    with store.write() as transaction:
        audit_log.log_act(transaction, "anna", CaseAct.IGNORE, "26-000001", "", NOW)
    for statement in ("UPDATE audit SET detail = 'x'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text(statement))
    assert len(store.ask(audit_log.load_log, 10)) == 1


def test_the_newest_text_of_a_file_holds_and_can_be_taken_back(store: Store) -> None:
    with store.write() as transaction:
        edited_files.change(transaction, "rules/limits.toml", "один", "anna", "", NOW)
        edited_files.change(transaction, "rules/limits.toml", "два", "anna", "", NOW)
    assert store.ask(edited_files.changed) == {"rules/limits.toml": "два"}
    with store.write() as transaction:
        edited_files.change(transaction, "rules/limits.toml", None, "anna", "возврат", NOW)
    assert store.ask(edited_files.changed) == {}
    assert [one.text for one in store.ask(edited_files.history, "rules/limits.toml")] == [None, "два", "один"]


def test_views_are_their_owners(store: Store) -> None:
    with store.write() as transaction:
        anna = members_and_sessions.add(transaction, "anna", "Анна", StaffRole.OPERATOR, NOW)
        boris = members_and_sessions.add(transaction, "boris", "Борис", StaffRole.OPERATOR, NOW)
        saved_views.keep_view(transaction, anna.id, "жалобы", "kind=complaint")
        saved_views.keep_view(transaction, anna.id, "жалобы", "kind=complaint&due=today")
    (view,) = store.ask(saved_views.views, anna.id)
    assert view.query == "kind=complaint&due=today"
    with store.write() as transaction:
        saved_views.drop_view(transaction, boris.id, view.id)
    assert store.ask(saved_views.views, anna.id) == (view,)


def test_an_idempotency_key_keeps_the_first_answer(store: Store) -> None:
    with store.write() as transaction:
        api_keys.add_key(transaction, "сайт", "f" * 64, NOW)
        key = api_keys.key_of(transaction, "f" * 64)
        assert key is not None
        api_keys.save_answer(transaction, key.id, "k", IdempotentResponse("a", 201, b"{}"), NOW)
        api_keys.save_answer(transaction, key.id, "k", IdempotentResponse("b", 400, b"[]"), NOW)
    with store.write() as transaction:
        assert api_keys.load_answer(transaction, key.id, "k", NOW) == IdempotentResponse("a", 201, b"{}")
        assert api_keys.load_answer(transaction, key.id, "k", NOW + minutes(60 * 49)) is None
