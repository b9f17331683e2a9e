"""Answers that no server should give, and some do: read where they can be, else a fault of the server; never a wrong letter."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from mailbot.transport import FetchedLetter, ImapMailbox, ProtocolError, ServerUnavailable
from mailbot.transport.fetching import BODY_TRIES
from tests.servers import HOST, ImapServer
from tests.transport.material import AT, letter, settings
from tests.transport.odd_folder import OddFolder, literal
from tests.transport.tagged import Script, minimal_server


@contextlib.contextmanager
def opened(script: Script) -> Iterator[ImapMailbox]:
    with minimal_server(script=script) as port, ImapMailbox(settings(server(port))) as box:
        yield box


def server(port: int) -> ImapServer:
    return ImapServer("minimal", HOST, port, "a@bk.ru", "word")


def read(script: Script) -> list[FetchedLetter]:
    with opened(script) as box:
        return list(box.fetch_new("INBOX", None))


def contents(letters: list[FetchedLetter]) -> dict[int, bytes]:
    return {item.place.uid: item.raw.content for item in letters}


def whole(*uids: int) -> dict[int, bytes]:
    return {uid: letter(uid) for uid in uids}


def test_the_odd_folder_is_read_where_nothing_is_odd() -> None:
    assert contents(read(OddFolder(3, 7, 12))) == whole(3, 7, 12)


@pytest.mark.parametrize(
    "found",
    [
        b"* SEARCH 3\r\n* SEARCH 7 12\r\n",
        b"* SEARCH 12 7 3\r\n",
        b"* SEARCH 3 7 12 (MODSEQ 917162500)\r\n",
        b'* ESEARCH (TAG "A1") UID ALL 3,7,12\r\n',
        b'* ESEARCH (TAG "A1") UID COUNT 3 ALL 3,7,12:12\r\n',
        b"* SEARCH 3\r\n* 4 EXISTS\r\n* ESEARCH (TAG A1) UID ALL 7,12\r\n",
    ],
    ids=["several_lines", "no_order", "modseq", "esearch", "esearch_range", "both"],
)
def test_letters_are_found_however_the_server_lists_them(found: bytes) -> None:
    folder = OddFolder(3, 7, 12)
    folder.found = found
    assert contents(read(folder)) == whole(3, 7, 12)


@pytest.mark.parametrize(
    "found",
    [
        b"* SEARCH three\r\n",
        b"* SEARCH 0\r\n",
        b"* SEARCH -3\r\n",
        b'* ESEARCH (TAG "A1") ALL 1:3\r\n',
        b'* ESEARCH (TAG "A1") UID ALL 1:4294967295\r\n',
        b'* ESEARCH (TAG "A1") UID ALL\r\n',
        b"",
        b"* SEARCH\r\n",
    ],
    ids=[
        "words",
        "zero",
        "negative",
        "no_uids",
        "all_numbers",
        "nothing_after_all",
        "no_answer",
        "none_of_two",
    ],
)
def test_an_answer_that_cannot_be_true_is_a_fault_and_not_an_empty_folder(found: bytes) -> None:
    folder = OddFolder(3, 7)
    folder.found = found
    with opened(folder) as box:
        with pytest.raises(ProtocolError):
            list(box.fetch_new("INBOX", None))
        folder.found = None
        assert contents(list(box.fetch_new("INBOX", None))) == whole(3, 7), "the connection serves on"


def test_an_empty_folder_is_empty() -> None:
    assert read(OddFolder()) == []


@pytest.mark.parametrize(
    "about",
    [
        b'RFC822.SIZE NIL INTERNALDATE "09-Nov-2026 06:30:00 +0000"',
        b'INTERNALDATE "09-Nov-2026 06:30:00 +0000"',
        b'RFC822.SIZE "many" INTERNALDATE "09-Nov-2026 06:30:00 +0000"',
        b"RFC822.SIZE NIL INTERNALDATE NIL",
        b'INTERNALDATE "the day before yesterday"',
        b'INTERNALDATE "01-Jan-2026 00:00:00 +99999999999"',
        None,
    ],
    ids=["nil", "missing", "words", "no_date", "odd_date", "odd_zone", "nothing"],
)
def test_a_letter_whose_size_the_server_does_not_know_comes_whole(about: bytes | None) -> None:
    folder = OddFolder(3, 7, 12)
    if about is None:
        del folder.about[7]
    else:
        folder.about[7] = about
    letters = read(folder)
    assert contents(letters) == whole(3, 7, 12)
    assert all(item.raw.cut_from is None and item.raw.received_at.tzinfo for item in letters)


@pytest.mark.parametrize(
    "body", [b"NIL", b'""', b"{0}\r\n", None], ids=["nil", "empty", "no_bytes", "missing"]
)
def test_a_body_that_is_empty_is_asked_for_again_and_then_stands_before_a_person(body: bytes | None) -> None:
    folder = OddFolder(3, 7, 12)
    if body is None:
        del folder.bodies[7]
    else:
        folder.bodies[7] = body
    with opened(folder) as box:
        kept: list[FetchedLetter] = []
        for _ in range(BODY_TRIES - 1):
            with pytest.raises(ProtocolError):
                kept += read_on(box, kept)
            assert contents(kept) == whole(3), "what came before it is kept"
        kept += read_on(box, kept)
    assert list(contents(kept)) == [3, 7, 12]
    assert kept[1].raw.content == letter(7).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert kept[1].raw.cut_from == len(letter(7)), "known to be a part"


def read_on(box: ImapMailbox, kept: list[FetchedLetter]) -> list[FetchedLetter]:
    """From behind the last letter kept; what came before a fault is kept too."""
    last = kept[-1].place if kept else None
    for item in box.fetch_new("INBOX", (last.uidvalidity, last.uid) if last else None):
        kept.append(item)
    return []


def test_a_body_that_is_empty_once_comes_whole_the_next_time() -> None:
    folder = OddFolder(3, 7)
    folder.bodies[7] = b"NIL"
    with opened(folder) as box:
        kept: list[FetchedLetter] = []
        with pytest.raises(ProtocolError):
            read_on(box, kept)
        folder.bodies[7] = literal(letter(7))
        read_on(box, kept)
    assert contents(kept) == whole(3, 7)
    assert all(item.raw.cut_from is None for item in kept)


def test_a_letter_that_was_had_in_part_can_be_had_whole_later() -> None:
    folder = OddFolder(3)
    folder.bodies[3] = b"NIL"
    with opened(folder) as box:
        kept: list[FetchedLetter] = []
        for _ in range(BODY_TRIES - 1):
            with pytest.raises(ProtocolError):
                read_on(box, kept)
        read_on(box, kept)
        (part,) = kept
        assert box.fetch_whole(part.place) is None
        folder.bodies[3] = literal(letter(3))
        later = box.fetch_whole(part.place)
        assert later is not None
        assert (later.content, later.cut_from, later.received_at) == (letter(3), None, AT)


@pytest.mark.parametrize(
    "between",
    [
        b"* 2 FETCH (FLAGS (\\Seen))\r\n",
        b"* 9 FETCH (UID 99 FLAGS ())\r\n",
        b"* 3 FETCH (BODY[] {7}\r\nforeign RFC822.SIZE 7)\r\n",
        b"* 7 FETCH (UID 99 BODY[] {7}\r\nforeign RFC822.SIZE 1)\r\n",
        b"* 3 FETCH (UID)\r\n",
        b"* 4 EXISTS\r\n* 1 RECENT\r\n* OK still here\r\n",
    ],
    ids=["flags", "flags_of_another", "no_uid", "another_letter", "uneven", "no_fetch"],
)
def test_what_is_told_of_other_letters_in_between_is_never_taken_for_the_one_asked_for(
    between: bytes,
) -> None:
    folder = OddFolder(3, 7, 12)
    folder.between = between
    assert contents(read(folder)) == whole(3, 7, 12)


def test_a_literal_larger_than_any_letter_breaks_the_connection_and_not_the_memory() -> None:
    folder = OddFolder(3)
    folder.bodies[3] = b"{99999999999}\r\nshort"
    with opened(folder) as box, pytest.raises(ServerUnavailable):
        list(box.fetch_new("INBOX", None))


def test_the_words_of_a_letter_whose_answer_cannot_be_read_stand_in_no_log_and_on_no_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = OddFolder(3, 7)
    folder.bodies[7] += b' "unclosed'
    with opened(folder) as box, pytest.raises(ProtocolError) as fault:
        list(box.fetch_new("INBOX", None))
    said = caplog.text + str(fault.value)
    assert "не разобрать" in said
    assert "Батареи" not in said
    assert "writer" not in said


def test_without_uidvalidity_at_its_opening_a_folder_is_asked_for_it() -> None:
    folder = OddFolder(3)
    folder.validity = b""
    folder.status = b"* STATUS INBOX (UIDVALIDITY 77)\r\n"
    (item,) = read(folder)
    assert item.place.uidvalidity == 77


@pytest.mark.parametrize("validity", [b"", b"* OK [UIDVALIDITY NIL] odd\r\n"], ids=["none", "nil"])
def test_a_folder_that_has_no_uidvalidity_is_a_fault_that_is_told(validity: bytes) -> None:
    folder = OddFolder(3)
    folder.validity, folder.status = validity, b"* STATUS INBOX ()\r\n"
    with opened(folder) as box, pytest.raises(ProtocolError):
        list(box.fetch_new("INBOX", None))


def test_a_folder_of_hundreds_of_thousands_of_letters_is_listed() -> None:
    """Its answer to SEARCH is a line of more than a million bytes."""
    folder = OddFolder(199_999)
    folder.found = b"* SEARCH " + b" ".join(b"%d" % uid for uid in range(1, 200_000)) + b"\r\n"
    with opened(folder) as box:
        assert contents(list(box.fetch_new("INBOX", (5, 199_998)))) == whole(199_999)


@pytest.mark.parametrize(
    "listed",
    [
        b"",
        b'* LIST () "/" NIL\r\n',
        b"* LIST\r\n",
        b'* LIST () "/"\r\n',
        b"* LIST (5) NIL 7\r\n",
        b'* LIST ("\r\n',
        b"NO not now",
    ],
)
def test_a_list_of_folders_that_is_none_leaves_inbox(listed: bytes) -> None:
    folder = OddFolder(3)

    def script(command: str) -> bytes | None:
        return listed if command.startswith("LIST") else folder(command)

    with opened(script) as box:
        with contextlib.suppress(ProtocolError):
            box.list_folders()
        assert "INBOX" in box.folders() or box.folders() == ("7",)
        assert contents(list(box.fetch_new("INBOX", None))) == whole(3)


def no_wait(seconds: float) -> None:
    pytest.fail(f"a server that offers IDLE is not polled ({seconds} s)")


def test_news_that_come_before_idle_has_begun_are_news() -> None:
    with (
        minimal_server(early=b"* 4 EXISTS\r\n", idle=()) as port,
        ImapMailbox(settings(server(port))) as box,
    ):
        assert box.idle(60, no_wait) is True
        assert box.folders() == ("INBOX",), "the connection serves on"
