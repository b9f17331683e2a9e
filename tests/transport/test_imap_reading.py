"""Reading a mailbox on real servers: nothing is skipped, nothing comes twice, nothing is changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.transport import FetchedLetter, ImapMailbox, ServerUnavailable
from mailbot.transport import fetching as fetching_module
from mailbot.transport import imap as imap_module
from tests.servers import ImapServer
from tests.transport.material import AT, letter, settings


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four letters a FETCH, so that nine letters are three batches: pymap takes 23 appends a second."""
    monkeypatch.setattr(imap_module, "BATCH", 4)


def fill(server: ImapServer, count: int, folder: str = "INBOX", first: int = 0) -> None:
    with server.client() as client:
        if folder != "INBOX":
            client.create_folder(folder)
        for number in range(first, first + count):
            client.append(folder, letter(number), msg_time=AT + timedelta(minutes=number))


def cursor(fetched: FetchedLetter) -> tuple[int, int]:
    return fetched.place.uidvalidity, fetched.place.uid


def test_a_letter_comes_to_the_byte_with_its_moment_of_receipt_and_stays_unread(imap: ImapServer) -> None:
    imap.append(letter(1), AT)
    with ImapMailbox(settings(imap)) as box:
        (fetched,) = box.fetch_new("INBOX", None)
    assert fetched.raw.content == letter(1)
    assert fetched.raw.received_at == AT
    assert fetched.raw.received_at.tzinfo is not None
    assert fetched.raw.cut_from is None
    assert (fetched.place.mailbox, fetched.place.folder) == (f"{imap.login}@{imap.host}", "INBOX")
    with imap.client() as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search(["UNSEEN"]) == [fetched.place.uid]


def test_more_letters_than_a_batch_come_once_each_in_order(imap: ImapServer) -> None:
    fill(imap, 9)
    with ImapMailbox(settings(imap)) as box:
        fetched = list(box.fetch_new("INBOX", None))
    assert [item.raw.content for item in fetched] == [letter(number) for number in range(9)]
    assert [item.raw.received_at for item in fetched] == [AT + timedelta(minutes=n) for n in range(9)]


def test_only_letters_behind_the_cursor_come_and_the_last_one_never_again(imap: ImapServer) -> None:
    """RFC 3501 6.4.8: `n:*` names the last letter even where its UID is below n."""
    fill(imap, 2)
    with ImapMailbox(settings(imap)) as box:
        last = list(box.fetch_new("INBOX", None))[-1]
        assert list(box.fetch_new("INBOX", cursor(last))) == []
        imap.append(letter(7), AT)
        (new,) = box.fetch_new("INBOX", cursor(last))
    assert new.raw.content == letter(7)


def test_a_changed_uidvalidity_reads_the_folder_from_its_beginning(imap: ImapServer) -> None:
    fill(imap, 3, "Показания")
    with ImapMailbox(settings(imap)) as box:
        last = list(box.fetch_new("Показания", None))[-1]
    with imap.client() as client:
        client.delete_folder("Показания")
    fill(imap, 2, "Показания", first=10)
    with ImapMailbox(settings(imap)) as box:
        again = list(box.fetch_new("Показания", cursor(last)))
    assert [item.raw.content for item in again] == [letter(10), letter(11)]
    assert {item.place.uidvalidity for item in again} != {last.place.uidvalidity}


def test_an_oversized_letter_gives_its_headers_and_its_size_and_stops_no_other(imap: ImapServer) -> None:
    large = letter(2, "x" * 20_000)
    for content in (letter(1), large, letter(3)):
        imap.append(content, AT)
    with ImapMailbox(settings(imap, size_limit=10_000)) as box:
        first, cut, third = box.fetch_new("INBOX", None)
    assert (first.raw.content, third.raw.content) == (letter(1), letter(3))
    assert cut.raw.content == large.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert cut.raw.cut_from == len(large)


def test_a_batch_holds_no_more_bytes_than_memory_should(
    imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching_module, "BATCH_BYTES", 500)
    fill(imap, 6)
    with ImapMailbox(settings(imap)) as box:
        fetched = list(box.fetch_new("INBOX", None))
    assert [item.raw.content for item in fetched] == [letter(number) for number in range(6)]


def test_a_letter_expunged_during_the_reading_is_left_out_and_the_others_come(imap: ImapServer) -> None:
    fill(imap, 9)
    with ImapMailbox(settings(imap)) as box:
        reading = box.fetch_new("INBOX", None)
        seen = [next(reading)]
        with imap.client() as client:  # a person deletes a letter of the batch that is not fetched yet
            client.select_folder("INBOX")
            gone = client.search(["SUBJECT", "letter 6"])
            client.delete_messages(gone)
            client.expunge()
        seen += reading
    assert len(gone) == 1
    assert [item.raw.content for item in seen] == [letter(number) for number in range(9) if number != 6]


def test_looking_into_another_folder_in_between_does_not_mix_them(imap: ImapServer) -> None:
    fill(imap, 9)
    with ImapMailbox(settings(imap)) as box:
        seen = []
        for item in box.fetch_new("INBOX", None):
            assert not box.find_in_sent("<nothing@bk.ru>")
            seen.append(item.raw.content)
    assert seen == [letter(number) for number in range(9)]


def test_marking_letters_seen_is_for_people_and_fails_softly(imap: ImapServer) -> None:
    fill(imap, 2)
    with ImapMailbox(settings(imap)) as box:
        uids = [item.place.uid for item in box.fetch_new("INBOX", None)]
        box.mark_seen("INBOX", uids[:1])
        box.mark_seen("Нет такой папки", [1])
    with imap.client() as client:
        client.select_folder("INBOX", readonly=True)
        assert client.search(["UNSEEN"]) == uids[1:]


def read_until_whole(server: ImapServer, tries: int) -> list[FetchedLetter]:
    """As the collector does: after a broken connection, again from behind the last letter kept."""
    box = ImapMailbox(settings(server))
    kept: list[FetchedLetter] = []
    for _ in range(tries):
        try:
            with box:
                for item in box.fetch_new("INBOX", cursor(kept[-1]) if kept else None):
                    kept.append(item)
                return kept
        except ServerUnavailable:
            continue
    raise AssertionError(f"still broken after {tries} tries; kept {len(kept)}")


@pytest.mark.dovecot
def test_letters_the_server_cannot_read_go_before_a_person_and_the_rest_is_not_lost(
    dovecot: ImapServer,
) -> None:
    """Dovecot breaks the connection at a damaged file: asked in the same way for ever, nothing comes."""
    fill(dovecot, 8)
    assert dovecot.maildir is not None
    files = sorted(
        path for path in dovecot.maildir.glob("*/*") if path.is_file() and path.parent.name in "curnew"
    )
    damaged = [path for path in files if any(f"letter {n}\n".encode() in path.read_bytes() for n in (2, 5))]
    assert len(damaged) == 2
    for path in damaged:
        path.chmod(0)
    kept = read_until_whole(dovecot, 15)
    contents = [item.raw.content for item in kept]
    assert [content for content in contents if b"Not-Fetched" not in content] == [
        letter(number) for number in range(8) if number not in (2, 5)
    ]
    notes = [item for item in kept if b"Not-Fetched" in item.raw.content]
    assert [item.raw.cut_from for item in notes] == [len(letter(2)), len(letter(5))]
    assert len({item.raw.content for item in notes}) == 2, "two lost letters must not pass for copies"
    assert [item.raw.received_at for item in notes] == [AT + timedelta(minutes=n) for n in (2, 5)]
    assert Path(damaged[0]).exists()
