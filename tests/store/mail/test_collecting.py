"""Taking letters in: each once by its bytes, with its place and the folder's cursor in one commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import StatementError

from mailbot.model import Action, CaseState, Envelope, MailboxLocation, RawLetter
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.database import leases
from mailbot.store.database.engine import reading
from mailbot.store.mail import incoming, letter_parts
from mailbot.store.schema.letters_and_cases import letter_place
from tests.store.material import NOW, decide, decision, minutes, raw, take_in

UNTIL = NOW + minutes(2)


def place(uid: int, uidvalidity: int = 7, folder: str = "INBOX") -> MailboxLocation:
    return MailboxLocation("8666@bk.ru", folder, uidvalidity, uid)


def keep(
    store: Store, letter: RawLetter, at: MailboxLocation | None, id: str = "<1@mail.example>"
) -> tuple[int, bool]:
    kept = store.do(incoming.save_letter, letter, Envelope("anna@mail.example", id, "тема"), at, "test", NOW)
    return kept.letter_id, kept.fresh


def places(engine: Engine) -> set[tuple[str, int, int, int]]:
    columns = letter_place.c
    query = select(columns.folder, columns.uidvalidity, columns.uid, columns.letter_id)
    with reading(engine) as connection:
        return {(*row,) for row in connection.execute(query)}


def test_a_letter_is_kept_to_the_byte_with_its_moment_and_its_case(store: Store) -> None:
    letter = RawLetter(bytes(range(256)) * 40, NOW)
    letter_id, fresh = keep(store, letter, place(5))
    assert fresh
    assert store.ask(incoming.load_raw, letter_id) == letter
    assert store.ask(incoming.digest, letter_id) == sha256(letter.content).hexdigest()
    (case,) = store.ask(summaries.cases, None, 10)
    assert (case.letter_id, case.state, case.number) == (letter_id, CaseState.COLLECTED, None)
    assert (case.sender, case.subject, case.received_at) == ("anna@mail.example", "тема", NOW)
    assert store.ask(summaries.pending) == 1


def test_the_same_bytes_again_are_the_same_letter_in_another_place(store: Store, engine: Engine) -> None:
    first, _ = keep(store, raw(), place(5))
    again, fresh = keep(store, raw(), place(9, folder="Спам"))
    once_more, _ = keep(store, raw(), place(5))
    assert (again, once_more, fresh) == (first, first, False)
    assert places(engine) == {("INBOX", 7, 5, first), ("Спам", 7, 9, first)}
    assert store.ask(summaries.counts) == {"collected": 1}


def test_a_known_message_id_with_other_content_is_a_new_letter(store: Store) -> None:
    keep(store, raw("Нет отопления"), place(1), id="<same@mail.example>")
    _, fresh = keep(store, raw("Нет горячей воды"), place(2), id="<same@mail.example>")
    assert fresh
    assert store.ask(summaries.counts) == {"collected": 2}


def test_letters_too_large_to_fetch_are_told_apart_by_their_size(store: Store) -> None:
    headers = b"From: anna@mail.example\r\n\r\n"
    first, _ = keep(store, RawLetter(headers, NOW, cut_from=30_000_000), place(1))
    _, fresh = keep(store, RawLetter(headers, NOW, cut_from=5_000_000_000), place(2))
    again, seen = keep(store, RawLetter(headers, NOW, cut_from=30_000_000), place(1))
    assert (fresh, again, seen) == (True, first, False)
    assert store.ask(incoming.load_raw, first).cut_from == 30_000_000


WHOLE = RawLetter(
    b"From: anna@mail.example\r\nMessage-ID: <1@mail.example>\r\n\r\n" + "Нет отопления".encode(), NOW
)
HEADERS = RawLetter(WHOLE.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", NOW, cut_from=len(WHOLE.content))
OF_NO_KNOWN_SIZE = replace(HEADERS, cut_from=0)
NOTE = replace(HEADERS, content=b"X-Mailbot-Not-Fetched: 'INBOX' UIDVALIDITY 7 UID 5\r\n\r\n")
OTHER_NOTE = replace(NOTE, content=NOTE.content.replace(b"UIDVALIDITY 7 UID 5", b"UIDVALIDITY 8 UID 1"))
PARTS = pytest.mark.parametrize(
    "part", [HEADERS, OF_NO_KNOWN_SIZE, NOTE], ids=["headers", "size_unknown", "note"]
)


@PARTS
def test_a_letter_that_came_in_part_and_comes_whole_after_a_changed_uidvalidity_is_the_same(
    store: Store, engine: Engine, part: RawLetter
) -> None:
    first, _ = keep(store, part, place(5))
    again, fresh = keep(store, WHOLE, place(1, uidvalidity=8))
    assert (again, fresh) == (first, False)
    assert store.ask(summaries.counts) == {"collected": 1}
    assert store.ask(incoming.load_raw, first) == WHOLE, "what is decided now is the whole letter"
    assert places(engine) == {("INBOX", 7, 5, first), ("INBOX", 8, 1, first)}
    assert not keep(store, WHOLE, place(2, uidvalidity=9))[1], "its bytes are known from now on"


@PARTS
def test_a_known_letter_of_which_a_part_comes_after_a_changed_uidvalidity_is_the_same(
    store: Store, part: RawLetter
) -> None:
    first, _ = keep(store, WHOLE, place(5))
    assert keep(store, part, place(1, uidvalidity=8)) == (first, False)
    assert store.ask(incoming.load_raw, first) == WHOLE
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") == (8, 1)


def test_two_notes_of_one_letter_are_one_case_and_of_two_letters_are_two(store: Store) -> None:
    first, _ = keep(store, NOTE, place(5))
    assert keep(store, OTHER_NOTE, place(1, uidvalidity=8)) == (first, False)
    assert keep(store, replace(OTHER_NOTE, cut_from=9), place(2, uidvalidity=8))[1]
    assert keep(store, replace(OTHER_NOTE, received_at=NOW + minutes(1)), place(3, uidvalidity=8))[1]


def test_a_part_of_another_letter_is_another_letter(store: Store) -> None:
    keep(store, HEADERS, place(5))
    for other in (
        replace(WHOLE, content=WHOLE.content.replace(b"<1@", b"<2@")),
        replace(WHOLE, received_at=NOW + minutes(1)),
        replace(WHOLE, content=b"From: anna@mail.example\r\n\r\n"),
    ):
        assert keep(store, other, None)[1]


def test_a_letter_that_was_decided_by_a_part_goes_before_a_person_when_it_comes_whole(store: Store) -> None:
    letter_id, _ = keep(store, HEADERS, place(5))
    decide(store, letter_id, decision(Action.IGNORE))
    assert store.ask(summaries.counts) == {"ignored": 1}
    assert not keep(store, WHOLE, place(1, uidvalidity=8))[1]
    (case,) = store.ask(summaries.cases, None, 10)
    assert case.state is CaseState.AWAITING_REVIEW
    told = store.ask(events.events_of, case.id)[-1]
    assert "целиком" in told.why


def test_who_wrote_a_letter_without_headers_is_known_when_it_comes_whole(store: Store) -> None:
    nobody = Envelope("", "", "")
    kept = store.do(incoming.save_letter, NOTE, nobody, place(5), "test", NOW)
    keep(store, WHOLE, place(1, uidvalidity=8))
    (case,) = store.ask(summaries.cases, None, 10)
    assert (case.letter_id, case.sender, case.subject) == (kept.letter_id, "anna@mail.example", "тема")


def test_what_is_incomplete_is_named_by_its_place_until_it_is_whole(store: Store) -> None:
    keep(store, HEADERS, place(5))
    keep(store, raw("другое"), place(6))
    keep(store, replace(HEADERS, content=b"To: x\r\n\r\n", cut_from=5_000_000_000), place(7))
    assert store.ask(letter_parts.incomplete, "8666@bk.ru", 30_000_000) == (place(5),)
    letter_id = store.ask(letter_parts.letter_at, place(5))
    assert letter_id is not None
    envelope = Envelope("anna@mail.example", "<1@mail.example>", "тема")
    assert store.do(letter_parts.complete_letter, letter_id, WHOLE, envelope, NOW)
    assert store.ask(letter_parts.incomplete, "8666@bk.ru", 30_000_000) == ()
    assert not store.do(letter_parts.complete_letter, letter_id, WHOLE, envelope, NOW), "it is whole"


def test_the_cursor_moves_with_the_letter_and_never_back(store: Store) -> None:
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") is None
    keep(store, raw("раз"), place(5))
    keep(store, raw("два"), place(3))
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") == (7, 5)
    assert store.ask(incoming.cursor, "8666@bk.ru", "Спам") is None
    store.do(incoming.advance_cursor, place(8))
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") == (7, 8)


def test_a_changed_uidvalidity_rescans_the_folder_and_the_hash_dedupes(store: Store, engine: Engine) -> None:
    kept = [keep(store, raw(f"письмо {uid}"), place(uid))[0] for uid in (10, 11, 12)]
    again = [keep(store, raw(f"письмо {uid}"), place(uid - 9, uidvalidity=8)) for uid in (10, 11, 12)]
    assert again == [(letter_id, False) for letter_id in kept]
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") == (8, 3)
    assert len(places(engine)) == 6


def test_uids_reach_to_the_end_of_unsigned_32_bits(store: Store) -> None:
    keep(store, raw(), place(2**32 - 1, uidvalidity=2**32 - 2))
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") == (2**32 - 2, 2**32 - 1)


def test_what_breaks_while_a_letter_is_kept_moves_no_cursor(store: Store) -> None:
    broken = RawLetter(raw().content, datetime(2026, 1, 1))  # noqa: DTZ001  # naive: the database refuses it
    with pytest.raises(StatementError, match="naive"):
        keep(store, broken, place(5))
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") is None
    assert store.ask(summaries.counts) == {}


def test_a_file_has_no_place_and_is_kept_all_the_same(store: Store) -> None:
    assert keep(store, raw(), None)[1]
    assert not keep(store, raw(), None)[1]


def test_one_poller_a_mailbox_until_its_lease_runs_out(store: Store) -> None:
    assert store.do(leases.take_lease, "mailbox", "one", UNTIL, NOW)
    assert not store.do(leases.take_lease, "mailbox", "two", UNTIL, NOW)
    assert store.do(leases.take_lease, "другой ящик", "two", UNTIL, NOW)
    later = NOW + minutes(1)
    assert store.do(leases.take_lease, "mailbox", "one", later + minutes(2), later), "a holder may prolong"
    assert not store.do(leases.take_lease, "mailbox", "two", UNTIL + minutes(9), UNTIL)
    assert store.do(leases.take_lease, "mailbox", "two", UNTIL + minutes(9), later + minutes(2))
    assert not store.do(leases.take_lease, "mailbox", "one", UNTIL + minutes(9), later + minutes(3))


def test_a_lease_that_a_clock_a_day_ahead_left_behind_is_free_and_a_slightly_fast_one_holds(
    store: Store,
) -> None:
    a_day = minutes(24 * 60)
    assert store.do(leases.take_lease, "mailbox", "fast", UNTIL + a_day, NOW + a_day)
    assert store.do(leases.take_lease, "mailbox", "right", UNTIL, NOW)
    a_little = minutes(3)
    assert store.do(leases.take_lease, "other", "fast", UNTIL + a_little, NOW + a_little)
    assert not store.do(leases.take_lease, "other", "right", UNTIL, NOW)
    held = store.ask(leases.lease_of, "other")
    assert held == leases.HeldLease("fast", UNTIL + a_little)


def test_a_lease_given_back_is_free_at_once_and_nobody_elses_to_give(store: Store) -> None:
    store.do(leases.take_lease, "mailbox", "one", UNTIL, NOW)
    store.do(leases.drop_lease, "mailbox", "two")
    assert not store.do(leases.take_lease, "mailbox", "two", UNTIL, NOW)
    store.do(leases.drop_lease, "mailbox", "one")
    assert store.do(leases.take_lease, "mailbox", "two", UNTIL, NOW)


def test_every_letter_has_exactly_one_case_and_its_log_begins_with_the_intake(store: Store) -> None:
    ids = [take_in(store, f"письмо {number}", at=NOW + minutes(number)) for number in range(5)]
    cases = store.ask(summaries.cases, None, 10)
    assert [case.letter_id for case in cases] == ids[::-1], "the newest first"
    for case in cases:
        (event,) = store.ask(events.events_of, store.ask(summaries.case_of, str(case.id)).id)
        assert (event.was, event.became, event.by) == (None, CaseState.COLLECTED, "mailbot")
