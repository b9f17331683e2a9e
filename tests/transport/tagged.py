"""A minimal IMAP server for what neither real one does at will: no IDLE, a hang-up, a line in two halves, odd answers."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

from tests.servers import HOST

ANSWERS = {b"LIST": b'* LIST () "/" INBOX\r\n', b"EXAMINE": b"* OK [UIDVALIDITY 1] valid\r\n"}

Script = Callable[[str], bytes | None]
"""What is answered to a command («UID FETCH 7 (BODY.PEEK[])»): untagged lines; «NO …» or «BAD …» to refuse it; None: as usual."""


@contextlib.contextmanager
def minimal_server(
    *,
    login: bytes | None = b"OK done",
    idle: tuple[bytes, ...] = (),
    early: bytes = b"",
    script: Script = lambda _: None,
) -> Iterator[int]:
    """Serves one connection after another; every command is OK, but LOGIN as told: None hangs up instead.

    With `idle`, IDLE is offered, and these pieces of its news are sent with a pause before each; `early` before its «+».
    """
    offer = b" IDLE" if idle or early else b""
    answers = ANSWERS | {b"CAPABILITY": b"* CAPABILITY IMAP4rev1" + offer + b"\r\n"}

    def reply(line: bytes) -> bytes | None:
        tag, _, command = line.strip().partition(b" ")
        name = command.split()[0].upper()
        if name == b"LOGIN":
            return tag + b" " + login + b"\r\n" if login is not None else None
        scripted = script(command.decode())
        if scripted is not None and scripted[:3] in (b"NO ", b"BAD"):
            return tag + b" " + scripted + b"\r\n"
        return (answers.get(name, b"") if scripted is None else scripted) + tag + b" OK done\r\n"

    def serve_one(connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK ready\r\n")
            for line in lines:
                if line.split()[1].upper() == b"IDLE":
                    connection.sendall(early + b"+ idling\r\n")
                    for piece in idle:
                        time.sleep(0.2)
                        connection.sendall(piece)
                    lines.readline()  # DONE
                answer = reply(line)
                if answer is None:
                    return
                connection.sendall(answer)

    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with contextlib.suppress(OSError):
                    serve_one(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
