"""Settings and letters that this room's tests share, and servers that misbehave on purpose."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

from mailbot.transport import ImapSettings, SmtpSettings
from tests.servers import HOST, ImapServer

AT = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)
OURS = "8666@bk.ru"


def settings(server: ImapServer, **changes: object) -> ImapSettings:
    """How to reach a server, without TLS, with a short time limit; `changes` name other fields."""
    fields: dict[str, object] = {
        "host": server.host,
        "port": server.port,
        "security": "plain",
        "login": server.login,
        "password": server.password,
        "timeout": 5,
    }
    return ImapSettings(**{**fields, **changes})  # type: ignore[arg-type]


def smtp_settings(port: int, **changes: object) -> SmtpSettings:
    """How to reach a sink on this machine; `changes` name other fields."""
    fields: dict[str, object] = {"host": HOST, "port": port, "security": "plain", "from_address": OURS}
    return SmtpSettings(**{**fields, "timeout": 2, **changes})  # type: ignore[arg-type]


def letter(number: int, text: str = "Батареи холодные") -> bytes:
    """A letter in UTF-8 as bytes, told from others by its number."""
    return (
        f"From: writer{number}@mail.example\r\nMessage-ID: <{number}@mail.example>\r\n"
        f"Subject: letter {number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


@contextlib.contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


@contextlib.contextmanager
def scripted_server(*replies: bytes) -> Iterator[int]:
    """A port that says each reply in turn, after a line from the client each, then hangs up.

    The first reply is the greeting. It serves one connection.
    """
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection, connection.makefile("rb") as lines:
                    for reply in replies:
                        connection.sendall(reply)
                        lines.readline()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(5)


def unused_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
