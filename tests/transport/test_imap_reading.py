"""Reading a mailbox on real servers: nothing is skipped, nothing is changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.transport import ImapSettings, LoginRefused, Mailbox
from tests.servers import ImapServer

AT = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)


def settings(server: ImapServer, **changes: object) -> ImapSettings:
    fields: dict[str, object] = {
        "host": server.host, "port": server.port, "security": "plain",
        "login": server.login, "password": server.password, "timeout": 5,
    }  # fmt: skip
    return ImapSettings(**{**fields, **changes})  # type: ignore[arg-type]  # a test names the fields it changes


def letter(number: int, text: str = "Батареи холодные") -> bytes:
    return (
        f"From: writer{number}@mail.example\r\nMessage-ID: <{number}@mail.example>\r\n"
        f"Subject: letter {number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


def test_a_wrong_password_is_a_refused_login_and_is_not_told(imap: ImapServer) -> None:
    with pytest.raises(LoginRefused) as refused, Mailbox(settings(imap, password="Wrong-Word-99")):
        pass
    assert "Wrong-Word-99" not in str(refused.value)
    assert imap.login in str(refused.value)


def test_letters_come_as_they_lie_with_the_moment_of_receipt(imap: ImapServer) -> None:
    imap.append(letter(1), AT)
    with Mailbox(settings(imap)) as box:
        (fetched,) = box.fetch_new("INBOX", None)
    assert fetched.raw.content == letter(1)
    assert fetched.raw.received_at == AT
    assert fetched.raw.cut_from is None


def test_more_letters_than_a_batch_come_once_each_in_order(imap: ImapServer) -> None:
    with imap.client() as client:
        for number in range(45):
            client.append("INBOX", letter(number), msg_time=AT + timedelta(minutes=number))
    with Mailbox(settings(imap)) as box:
        all_of_them = list(box.fetch_new("INBOX", None))
    assert [item.raw.content for item in all_of_them] == [letter(number) for number in range(45)]
