"""One round over the mailbox: each folder and each duty fails alone, is told once, and waits by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from mailbot.model import Action, RawLetter, SendOutcome, SendResult
from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.services.letters.collect import MailboxLease, MailboxTaken
from mailbot.services.letters.mailbox_duties import BREAKS, TELL_AGAIN, MailboxDuties
from mailbot.services.letters.mailbox_round import COMPLETE_SECONDS, MailboxRound
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming, mailbox_faults, outbox
from mailbot.transport import AuthenticationError, ImapMailbox, ProtocolError, ServerUnavailable
from mailbot.transport.fetching import BODY_TRIES
from tests.servers import HOST, ImapServer, dovecot, dovecot_service, imap, pymap
from tests.store.material import NOW, decide, decision, minutes, outgoing, take_in
from tests.transport.material import AT, letter, settings
from tests.transport.odd_folder import OddFolder, literal
from tests.transport.tagged import minimal_server

__all__ = ["dovecot", "dovecot_service", "imap", "pymap"]


class Hand:
    """A monotonic clock that is turned by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


def lease(store: Store, box: ImapMailbox, holder: str = "one") -> MailboxLease:
    return MailboxLease(store, box.name, holder, timedelta(minutes=1), lambda: NOW)


def rounds(store: Store, box: ImapMailbox, hand: Hand) -> MailboxRound:
    return MailboxRound(store, box, lease(store, box), lambda: NOW, monotonic=hand)


def collected(store: Store) -> set[str]:
    """The subjects of the letters that were taken in."""
    return {case.subject for case in store.ask(summaries.cases, None, 1000)}


def send(store: Store, number: int) -> None:
    """A letter of ours that has left, and has no copy in Sent yet."""
    letter_id = take_in(store, f"вопрос {number}", f"writer{number}@mail.example", NOW + minutes(number))
    message_id = f"<ours.{number}@bk.ru>"
    reply = replace(outgoing(message_id), content=f"Message-ID: {message_id}\r\n\r\nОтвет\r\n".encode())
    decide(store, letter_id, decision(Action.ANSWER), reply)
    claimed = store.do(outbox.claim_outgoing, "test", minutes(5), NOW + minutes(99), None)
    assert claimed is not None
    done = SendResult(SendOutcome.SENT, "250 OK")
    store.do(outbox.record_delivery, claimed.id, done, NOW + minutes(99), NOW + minutes(100), None)


@pytest.fixture
def unreadable(dovecot: ImapServer) -> Iterator[Callable[[str], None]]:
    """Takes a folder's files from under Dovecot, which answers NO from then on; given back at the end."""
    taken = []

    def take(folder: str) -> None:
        assert dovecot.maildir is not None
        path = dovecot.maildir / f".{folder}"
        path.chmod(0)
        taken.append(path)

    yield take
    for path in taken:
        path.chmod(0o700)


@pytest.mark.dovecot
def test_a_folder_that_cannot_be_read_holds_up_no_other_and_no_copy(
    dovecot: ImapServer,
    blank_store: Store,
    unreadable: Callable[[str], None],
    hand: Hand,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for number, folder in ((1, "Archive"), (2, "Readings"), (3, "INBOX")):
        dovecot.append(letter(number), AT, folder)
    send(blank_store, 7)
    unreadable("Archive")
    box = ImapMailbox(settings(dovecot))
    house = rounds(blank_store, box, hand)
    with box, caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert not house.run()
            hand.now += 1
        assert {"letter 2", "letter 3"} <= collected(blank_store)
        assert box.find_in_sent("<ours.7@bk.ru>")
    (told,) = [record.getMessage() for record in caplog.records]
    assert "«Archive»" in told
    assert "imap.folders" in told
    (shown,) = blank_store.ask(mailbox_faults.load_faults)
    assert (shown.duty, shown.folder) == (MailboxDuty.COLLECTING, "Archive")


@pytest.mark.dovecot
def test_a_sent_folder_that_takes_no_copy_holds_up_no_new_letter_and_is_copied_to_later(
    dovecot: ImapServer,
    blank_store: Store,
    unreadable: Callable[[str], None],
    hand: Hand,
    caplog: pytest.LogCaptureFixture,
) -> None:
    box = ImapMailbox(settings(dovecot))
    with box:
        box.append_sent(letter(9), AT)  # the folder is made
    send(blank_store, 7)
    unreadable("Sent")
    house = rounds(blank_store, box, hand)
    with caplog.at_level(logging.ERROR):
        for number in range(3):
            with box:
                dovecot.append(letter(number), AT)
                house.run()
                hand.now += 1
            assert f"letter {number}" in collected(blank_store)
    (told,) = [record.getMessage() for record in caplog.records]
    assert "Копии наших писем не ложатся в папку отправленных" in told
    assert dovecot.maildir is not None
    (dovecot.maildir / ".Sent").chmod(0o700)
    hand.now += 301
    with box:
        house.run()
        assert box.find_in_sent("<ours.7@bk.ru>")
    assert blank_store.ask(outbox.to_copy, 10) == ()
    assert blank_store.ask(mailbox_faults.load_faults) == (), "what went well again is shown no more"


def test_a_folder_made_while_connected_is_read_after_the_next_wait(
    imap: ImapServer, blank_store: Store, hand: Hand
) -> None:
    box = ImapMailbox(settings(imap))
    house = rounds(blank_store, box, hand)
    with box:
        house.run()
        imap.append(letter(5), AT, "Показания")
        house.wait(0.1, lambda _: None)
        house.run()
    assert collected(blank_store) == {"letter 5"}


def test_more_copies_than_a_round_takes_follow_without_a_wait(
    imap: ImapServer, blank_store: Store, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.services.letters.deliver.COPIES", 2)
    monkeypatch.setattr("mailbot.services.letters.mailbox_round.COPIES", 2)
    for number in range(3):
        send(blank_store, number)
    box = ImapMailbox(settings(imap))
    house = rounds(blank_store, box, hand)
    with box:
        assert house.run(), "a full portion was copied: more may wait"
        assert not house.run()
    assert blank_store.ask(outbox.to_copy, 10) == ()


def test_a_letter_that_could_be_had_in_part_is_completed_as_soon_as_the_server_gives_it(
    blank_store: Store, hand: Hand
) -> None:
    folder = OddFolder(3, 7)
    folder.bodies[3] = b"NIL"
    with minimal_server(script=folder) as port:
        box = ImapMailbox(settings(ImapServer("minimal", HOST, port, "a@bk.ru", "word")))
        house = rounds(blank_store, box, hand)
        with box:
            for _ in range(BODY_TRIES):
                house.run()
                hand.now += COMPLETE_SECONDS
            first, _ = letters = held(blank_store)
            assert [raw.cut_from for raw in letters] == [len(letter(3)), None], "nothing waits behind it"
            assert first.content == letter(3).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            house.run()
            folder.bodies[3] = literal(letter(3))
            hand.now += COMPLETE_SECONDS
            house.run()
    assert [(raw.content, raw.cut_from) for raw in held(blank_store)] == [
        (letter(3), None),
        (letter(7), None),
    ]


def held(store: Store) -> list[RawLetter]:
    cases = sorted(store.ask(summaries.cases, None, 100), key=lambda case: case.letter_id)
    return [store.ask(incoming.load_raw, case.letter_id) for case in cases]


def test_a_mailbox_that_another_process_holds_is_left_alone(
    pymap: ImapServer, blank_store: Store, hand: Hand
) -> None:
    pymap.append(letter(1), AT)
    box = ImapMailbox(settings(pymap))
    lease(blank_store, box, "other").take()
    with box, pytest.raises(MailboxTaken):
        rounds(blank_store, box, hand).run()
    assert collected(blank_store) == set()


def test_a_mailbox_that_cannot_be_opened_is_shown_unless_another_process_reads_it(
    pymap: ImapServer, blank_store: Store, hand: Hand
) -> None:
    box = ImapMailbox(settings(pymap, password="wrong"))
    house = rounds(blank_store, box, hand)
    refused = AuthenticationError("не принял пароль")
    house.show_unreachable(refused)
    (shown,) = blank_store.ask(mailbox_faults.load_faults)
    assert (shown.duty, shown.why) == (MailboxDuty.CONNECTING, "не принял пароль")
    house.show_reachable()
    assert blank_store.ask(mailbox_faults.load_faults) == ()
    lease(blank_store, box, "other").take()
    house.show_unreachable(refused)
    assert blank_store.ask(mailbox_faults.load_faults) == ()


def failing(words: str = "NO") -> Callable[[], int]:
    def do() -> int:
        raise ProtocolError(words)

    return do


def told(caplog: pytest.LogCaptureFixture) -> int:
    return sum(record.levelno == logging.ERROR for record in caplog.records)


def test_a_fault_is_told_once_again_when_it_changes_and_again_when_it_has_lasted(
    hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    duties = MailboxDuties(monotonic=hand)
    steps = (
        ("NO failed [04:05:06] (0.001 + 0.000 secs)", 1),
        ("NO failed [04:05:09] (0.001 + 0.000 + 0.004 secs)", 1),
        ("NO [OVERQUOTA]", 2),
        ("NO [OVERQUOTA]", 2),
    )  # Dovecot puts the moment into its words
    for words, count in steps:
        assert duties.attempt(MailboxDuty.COPYING, failing(words)) is None
        assert told(caplog) == count
        hand.now += 301
    hand.now += TELL_AGAIN
    duties.attempt(MailboxDuty.COPYING, failing("NO [OVERQUOTA]"))
    assert told(caplog) == 3


def test_the_pause_of_a_duty_grows_alone_and_ends_with_a_success(hand: Hand) -> None:
    duties = MailboxDuties(monotonic=hand)
    tries = []

    def count() -> int:
        tries.append(hand.now)
        raise ProtocolError("NO")

    for _ in range(600):
        duties.attempt(MailboxDuty.COLLECTING, count, "A")
        assert duties.attempt(MailboxDuty.COLLECTING, lambda: 1, "B") == 1
        hand.now += 1
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 100 * gaps[0]
    hand.now += 301
    assert duties.attempt(MailboxDuty.COLLECTING, lambda: 1, "A") == 1
    assert duties.attempt(MailboxDuty.COLLECTING, failing(), "A") is None
    hand.now += gaps[0]
    assert duties.attempt(MailboxDuty.COLLECTING, lambda: 1, "A") == 1


def test_a_duty_that_breaks_the_connection_again_and_again_gives_way_to_the_others(hand: Hand) -> None:
    """Dovecot hangs up on a damaged folder: whatever comes after it in the round would never have its turn."""
    duties = MailboxDuties(monotonic=hand)

    def hang_up() -> int:
        raise ServerUnavailable("EOF")

    for _ in range(BREAKS):
        with pytest.raises(ServerUnavailable):
            duties.attempt(MailboxDuty.COLLECTING, hang_up, "A")
    assert duties.attempt(MailboxDuty.COLLECTING, hang_up, "A") is None


def no_key() -> int:
    counts: dict[str, int] = {}
    return counts["no such thing"]


def test_a_fault_of_our_own_in_one_duty_is_told_with_its_place_and_ends_nothing(
    hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    assert MailboxDuties(monotonic=hand).attempt(MailboxDuty.SETTLING, no_key) is None
    assert "KeyError" in caplog.text
    assert "Traceback" in caplog.text
