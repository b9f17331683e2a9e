"""Real servers inside this process, on 127.0.0.1 only: an IMAP mailbox and an SMTP sink."""

from __future__ import annotations

import asyncio
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from imapclient import IMAPClient

from mailbot.transport.security import without_delay

HOST = "127.0.0.1"
READY_SECONDS = 20.0


class EmbeddedImap:
    """A pymap server with one empty mailbox, in a thread of its own, from `with` to its end."""

    def __init__(self, login: str = "8666@bk.ru", password: str = "demo-password") -> None:
        self.host, self.port = HOST, 0
        self.login, self.password = login, password
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="embedded-imap", daemon=True)

    def __enter__(self) -> EmbeddedImap:
        self._thread.start()
        if not self._ready.wait(READY_SECONDS) or self._failure:
            raise RuntimeError("встроенный сервер IMAP не запустился") from self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(READY_SECONDS)

    def deliver(self, letters: Iterable[tuple[bytes, datetime]]) -> None:
        """Put letters into INBOX, each with its INTERNALDATE, as a delivering server would."""
        deliver(self.host, self.port, self.login, self.password, letters)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:
            self._failure = error
            self._ready.set()

    async def _serve(self) -> None:
        from proxyprotocol.reader import ProxyProtocolReader
        from pymap.backend.dict import DictBackend
        from pymap.imap import IMAPServer
        from pysasl.hashing import Cleartext

        self._stop = asyncio.Event()
        # one made-up password, known to this machine alone: hashing it took 0.12 s of each login
        backend, config = await DictBackend.init(
            self._arguments(), secure_auth=False, hash_context=Cleartext()
        )
        config.apply_context()
        reader = ProxyProtocolReader(config.proxy_protocol)
        callback = reader.get_callback(IMAPServer(backend.login, config))
        server = await asyncio.start_server(callback, host=HOST, port=0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task

    def _arguments(self) -> Namespace:
        """pymap is configured through its command line."""
        from pymap.backend.dict import DictBackend
        from pymap.imap import IMAPService

        parser = ArgumentParser()
        IMAPService.add_arguments(parser)
        DictBackend.add_subparser("dict", parser.add_subparsers())
        parser.set_defaults(debug=False, passlib_cfg=None)
        user = f"--demo-user {self.login} --demo-password {self.password}"
        return parser.parse_args(f"--host {HOST} --port 0 --no-tls dict {user}".split())


def deliver(
    host: str, port: int, login: str, password: str, letters: Iterable[tuple[bytes, datetime]]
) -> None:
    """Put letters into INBOX of a server on this machine over one plain connection."""
    with IMAPClient(host, port, ssl=False, timeout=20) as client:
        client.login(login, password)
        without_delay(client)
        for content, at in letters:
            client.append("INBOX", content, msg_time=at)


@dataclass(frozen=True, slots=True)
class ReceivedLetter:
    """A letter that the sink accepted."""

    sender: str
    recipient: str
    content: bytes


Answer = Callable[[str, str], str | None]
"""(stage, recipient) → the reply line to give instead of success; stages: RCPT, DATA. None: accept."""


@dataclass
class EmbeddedSmtp:
    """An SMTP sink that keeps every letter it accepts, and writes it to `folder` where one is given.

    `answer` scripts refusals; `drop` names recipients at whose letters the connection is cut after
    DATA: True keeps the letter first («accepted, but nobody told us»), False loses it.
    """

    folder: Path | None = None
    answer: Answer = lambda stage, recipient: None  # noqa: ARG005
    drop: dict[str, bool] = field(default_factory=dict)
    tls_context: Any = None
    login: tuple[str, str] | None = None
    host: str = HOST
    port: int = 0
    received: list[ReceivedLetter] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> EmbeddedSmtp:
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
        self._controller = _Sink(self)
        self._controller.start()
        self.port, self.connections = self._controller.bound_port, 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop(no_assert=True)

    def keep(self, item: ReceivedLetter) -> None:
        """Keep an accepted letter, first of all on disk: a demo's reader wants to open it."""
        if self.folder:
            name = f"{len(self.received) + 1:03}-{item.recipient.replace('/', '_')}.eml"
            (self.folder / name).write_bytes(item.content)
        self.received.append(item)

    async def handle_RCPT(
        self,
        server: SMTP,  # noqa: ARG002 (the library's signature)
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        """aiosmtpd's hook for RCPT."""
        if refusal := self.answer("RCPT", address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002
        """aiosmtpd's hook for a complete letter."""
        recipient = envelope.rcpt_tos[0]
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if refusal := self.answer("DATA", recipient):
            return refusal
        if self.drop.get(recipient, True):
            self.keep(ReceivedLetter(str(envelope.mail_from), recipient, content))
        if recipient in self.drop and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 OK"

    def handle_exception(self, error: Exception) -> str:
        """A client that went away in the middle is the test's doing, not news."""
        return f"451 {type(error).__name__}"


class _Sink(Controller):
    """aiosmtpd's thread, with a port of the system's choosing."""

    def __init__(self, owner: EmbeddedSmtp) -> None:
        self._owner = owner
        super().__init__(
            owner, hostname=HOST, port=0, ready_timeout=READY_SECONDS, ssl_context=owner.tls_context
        )

    def factory(self) -> SMTP:
        self._owner.connections += 1
        login = self._owner.login
        return SMTP(
            self._owner,
            data_size_limit=50_000_000,
            auth_required=login is not None,
            auth_require_tls=False,
            authenticator=_authenticator(login) if login else None,
        )

    @property
    def bound_port(self) -> int:
        """The port that the system chose."""
        return int(self.server.sockets[0].getsockname()[1])  # type: ignore[union-attr]

    def _trigger_server(self) -> None:
        """The library connects once to see that it serves: to the port that is known only now."""
        self.port = self.bound_port
        super()._trigger_server()  # type: ignore[no-untyped-call]


def _authenticator(login: tuple[str, str]) -> Any:
    from aiosmtpd.smtp import AuthResult, LoginPassword

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:  # noqa: ARG001
        given = data if isinstance(data, LoginPassword) else LoginPassword(b"", b"")
        right = (given.login.decode(), given.password.decode()) == login
        return AuthResult(success=right, handled=False)

    return authenticate
