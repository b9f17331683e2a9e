"""A minimal IMAP server for what neither real one does: to offer no IDLE, to fall silent at a command."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

from tests.servers import HOST

ANSWERS = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n", b"LIST": b'* LIST () "/" INBOX\r\n'}


@contextlib.contextmanager
def server_without_idle(*, login: bytes | None = b"OK done") -> Iterator[int]:
    """Serves one connection; every command is OK, but LOGIN as told: None hangs up instead."""
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection, connection.makefile("rb") as lines:
                    connection.sendall(b"* OK ready\r\n")
                    for line in lines:
                        tag, command = line.split()[:2]
                        reply = login if command.upper() == b"LOGIN" else b"OK done"
                        if reply is None:
                            return
                        connection.sendall(ANSWERS.get(command.upper(), b"") + tag + b" " + reply + b"\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(5)
