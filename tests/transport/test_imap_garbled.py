"""Answers spoilt at random: whatever comes, it is letters or a fault of the server, and never an exception of a library."""

from __future__ import annotations

import contextlib
import random

import pytest

from mailbot.transport import FetchedLetter, ImapMailbox, TransportError
from tests.scale import scale
from tests.servers import HOST, ImapServer
from tests.transport.material import settings
from tests.transport.odd_folder import OddFolder
from tests.transport.tagged import minimal_server

SEEDS = scale(8, 200)
DIALOGUES = 10
"""Connections a seed."""

PIECES = (b"NIL", b"(", b")", b'"', b"\\", b"{3}\r\n", b"{0}", b"[", b"]", b"*", b"\xff", b"\x00", b" ", b"-1", b"UID", b"\r\n",
          b"* 1 EXPUNGE\r\n", b"* OK [UIDVALIDITY 0] x\r\n", b"* FETCH\r\n", b"* 2 FETCH NIL\r\n", b"99999999999", b"BODY[]")  # fmt: skip


class Spoilt:
    """An odd folder between whose server and us a byte, or a piece, is lost, doubled or put in at random."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._folder = OddFolder(3, 7, 12)

    def __call__(self, command: str) -> bytes | None:
        name = command.split()[0]
        answer = {
            "LIST": b'* LIST () "/" INBOX\r\n* LIST () "/" Sent\r\n',
            "STATUS": b"* STATUS Sent (MESSAGES 4)\r\n",
        }.get(name)
        answer = self._folder(command) if answer is None else answer
        if not answer or self._random.random() < 0.5:
            return answer
        for _ in range(self._random.randint(1, 3)):
            answer = self._spoil(answer)
        return answer

    def _spoil(self, answer: bytes) -> bytes:
        at = self._random.randrange(len(answer) + 1)
        until = min(len(answer), at + self._random.randint(0, 8))
        return answer[:at] + self._random.choice((b"", *PIECES, answer[at:until] * 2)) + answer[until:]


def use(box: ImapMailbox) -> list[FetchedLetter]:
    """What the collector does over one connection; what each part of it meets stops no other."""
    letters: list[FetchedLetter] = []

    def read() -> None:
        for item in box.fetch_new("INBOX", None):
            letters.append(item)

    for do in (box.list_folders, read, box.junk_count, lambda: box.find_in_sent("<7@mail.example>"), read):
        with contextlib.suppress(TransportError):
            do()
    return letters


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_a_server_says_is_letters_or_a_fault_of_the_server(seed: int) -> None:
    with minimal_server(script=Spoilt(seed)) as port:
        box = ImapMailbox(settings(ImapServer("spoilt", HOST, port, "a@bk.ru", "word"), timeout=0.1))
        for _ in range(DIALOGUES):
            try:
                with box:
                    letters = use(box)
            except TransportError:
                continue
            assert all(item.raw.content and item.raw.received_at.tzinfo for item in letters)
            assert all(item.place.uidvalidity > 0 and item.place.uid > 0 for item in letters)
