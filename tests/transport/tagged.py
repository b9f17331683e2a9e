"""A minimal IMAP server that offers no IDLE: both real ones do."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

from tests.servers import HOST

ANSWERS = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n", b"LIST": b'* LIST () "/" INBOX\r\n'}


@contextlib.contextmanager
def server_without_idle() -> Iterator[int]:
    """Serves one connection; every command is OK."""
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection, connection.makefile("rb") as lines:
                    connection.sendall(b"* OK ready\r\n")
                    for line in lines:
                        tag, command = line.split()[:2]
                        connection.sendall(ANSWERS.get(command.upper(), b"") + tag + b" OK done\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(5)
