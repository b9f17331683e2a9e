"""Waiting for news: IDLE (RFC 2177) wakes at once, and no letter slips in between look and wait."""

from __future__ import annotations

import threading
import time

import pytest

from mailbot.transport import ImapMailbox
from tests.servers import HOST, ImapServer
from tests.transport.material import AT, letter, settings
from tests.transport.tagged import minimal_server


def no_wait(seconds: float) -> None:
    pytest.fail("a server that offers IDLE is not polled")


def test_idle_wakes_soon_after_a_letter_arrives(imap: ImapServer) -> None:
    with ImapMailbox(settings(imap)) as box:
        assert list(box.fetch_new("INBOX", None)) == []
        timer = threading.Timer(0.5, imap.append, (letter(1), AT))
        timer.start()
        began = time.monotonic()
        assert box.idle(10, no_wait) is True
        took = time.monotonic() - began
        timer.join()
        (fetched,) = box.fetch_new("INBOX", None)
    assert fetched.raw.content == letter(1)
    assert took < 4


def test_idle_ends_by_itself_so_that_other_folders_are_looked_at(imap: ImapServer) -> None:
    with ImapMailbox(settings(imap)) as box:
        list(box.fetch_new("INBOX", None))
        began = time.monotonic()
        assert box.idle(0.5, no_wait) is False
        assert 0.4 < time.monotonic() - began < 3
        assert list(box.fetch_new("INBOX", None)) == [], "the connection serves on"


def test_a_letter_that_came_after_the_look_is_not_slept_over(imap: ImapServer) -> None:
    imap.append(letter(1), AT)
    with ImapMailbox(settings(imap)) as box:
        list(box.fetch_new("INBOX", None))
        imap.append(letter(2), AT)
        box.find_in_sent("<other@folder>")  # INBOX is opened anew for IDLE: its count holds letter 2
        began = time.monotonic()
        assert box.idle(10, no_wait) is True
        assert time.monotonic() - began < 2


def test_without_idle_the_given_wait_is_used() -> None:
    waited: list[float] = []
    with minimal_server() as port:
        server = ImapServer("minimal", HOST, port, "a@bk.ru", "word")
        with ImapMailbox(settings(server)) as box:
            assert box.idle(7.5, waited.append) is False
    assert waited == [7.5]


def test_news_that_come_in_two_halves_of_a_line_are_read_whole() -> None:
    with minimal_server(idle=(b"* 1 FETCH ", b"(FLAGS ())\r\n* 2 EXISTS\r\n")) as port:
        server = ImapServer("minimal", HOST, port, "a@bk.ru", "word")
        with ImapMailbox(settings(server)) as box:
            assert box.idle(5, no_wait) is True
            assert box.folders() == ("INBOX",), "the connection serves on"
