"""A minimal IMAP server for what neither real one does at will: no IDLE, a hang-up, a line in two halves."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

from tests.servers import HOST

ANSWERS = {b"LIST": b'* LIST () "/" INBOX\r\n', b"EXAMINE": b"* OK [UIDVALIDITY 1] valid\r\n"}


@contextlib.contextmanager
def minimal_server(*, login: bytes | None = b"OK done", idle: tuple[bytes, ...] = ()) -> Iterator[int]:
    """Serves one connection; every command is OK, but LOGIN as told: None hangs up instead.

    With `idle`, IDLE is offered, and these pieces of its news are sent with a pause before each.
    """
    offer = b" IDLE" if idle else b""
    answers = ANSWERS | {b"CAPABILITY": b"* CAPABILITY IMAP4rev1" + offer + b"\r\n"}
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection, connection.makefile("rb") as lines:
                    connection.sendall(b"* OK ready\r\n")
                    for line in lines:
                        tag, command = line.split()[:2]
                        if command.upper() == b"IDLE":
                            connection.sendall(b"+ idling\r\n")
                            for piece in idle:
                                time.sleep(0.2)
                                connection.sendall(piece)
                            lines.readline()  # DONE
                        reply = login if command.upper() == b"LOGIN" else b"OK done"
                        if reply is None:
                            return
                        connection.sendall(answers.get(command.upper(), b"") + tag + b" " + reply + b"\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(5)
