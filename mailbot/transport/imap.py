"""The mailbox over IMAP (RFC 3501): letters in, copies of ours into Sent, and waiting for news."""

from __future__ import annotations

import contextlib
import logging
import select
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path
from types import TracebackType

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError, LoginError

from mailbot.model import MailboxLocation, RawLetter
from mailbot.transport.errors import AuthenticationError, ProtocolError, ServerUnavailable
from mailbot.transport.fetching import BATCH, LetterFetcher
from mailbot.transport.folders import ImapFolder, incoming, named_role
from mailbot.transport.security import Security, describe_fault, refuse_plain, tls_context, without_delay

log = logging.getLogger(__name__)

IDLE_SECONDS = 9 * 60
"""RFC 2177: re-issue IDLE before 29 minutes; NAT boxes forget silent connections sooner."""


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Where and how. `folders` empty: every folder but sent, drafts, trash and spam. Seconds and bytes."""

    host: str
    port: int
    security: Security
    login: str
    password: str
    folders: tuple[str, ...] = ()
    timeout: float = 30
    ca_file: Path | None = None
    size_limit: int = 30_000_000

    def __repr__(self) -> str:
        return f"ImapSettings({self.login} at {self.host}:{self.port})"


@dataclass(frozen=True, slots=True)
class FetchedLetter:
    """A letter and where the mailbox holds it."""

    place: MailboxLocation
    raw: RawLetter


class ImapMailbox:
    """One connection to one mailbox, opened by `with`; every wait on its socket has a time limit."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._connection: IMAPClient | None = None
        self._selected: tuple[str, bool] | None = None
        self._folders: tuple[ImapFolder, ...] = ()
        self._fetching = LetterFetcher(settings.size_limit)
        self._looked = 0

    @property
    def name(self) -> str:
        """What the database calls this mailbox."""
        return f"{self._settings.login}@{self._settings.host}"

    def __enter__(self) -> ImapMailbox:
        settings = self._settings
        refuse_plain(settings.host, settings.security)
        with contextlib.ExitStack() as failed, self._faults():
            failed.callback(self._hang_up)
            self._connection = IMAPClient(
                settings.host,
                settings.port,
                ssl=settings.security == "tls",
                ssl_context=None if settings.security == "plain" else tls_context(settings.ca_file),
                timeout=SocketTimeout(settings.timeout, settings.timeout),
            )
            without_delay(self._client)
            self._client.normalise_times = False  # INTERNALDATE stays aware
            if settings.security == "starttls":
                self._client.starttls(tls_context(settings.ca_file))
            self._log_in()
            self._folders = tuple(
                ImapFolder(
                    _text(name), frozenset(flag.decode().lower() for flag in flags), _text(mark or b"/")
                )
                for flags, mark, name in self._client.list_folders()
            )
            failed.pop_all()
        return self

    def _log_in(self) -> None:
        login, host = self._settings.login, self._settings.host
        if not (login + self._settings.password).isascii():
            raise AuthenticationError(
                f"Ящик {login}: в имени или пароле есть нелатинские буквы. Проверьте раскладку клавиатуры и "
                "задайте MAILBOT_IMAP_PASSWORD или password_file заново."
            )
        try:
            self._client.login(login, self._settings.password)
        except LoginError as error:
            # the library says LoginError of a broken connection too; RFC 5530 3: UNAVAILABLE passes
            words = str(error)
            if "[UNAVAILABLE]" in words or isinstance(error.__context__, IMAPClientAbortError):
                raise ServerUnavailable(f"Сервер {host} сейчас не принимает вход ({words}).") from None
            raise AuthenticationError(
                f"Ящик {login}: сервер {host} не принял пароль. Нужен «пароль для внешних приложений»: "
                "задайте MAILBOT_IMAP_PASSWORD или password_file."
            ) from None

    def _hang_up(self) -> None:
        connection, self._connection, self._selected = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.shutdown()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection, self._selected = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(Exception):  # the letters are safe; a rude farewell harms nobody
                connection.logout() if kind is None else connection.shutdown()

    @property
    def _client(self) -> IMAPClient:
        if self._connection is None:
            raise ProtocolError("Ящик не открыт.")
        return self._connection

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        """The library's many exceptions as ours."""
        host, port = self._settings.host, self._settings.port
        try:
            yield
        except (OSError, UnicodeError) as error:  # UnicodeError: a host name that cannot be one
            raise describe_fault(host, port, error) from None
        except CapabilityError as error:
            raise ProtocolError(f"Сервер {host}:{port} этого не умеет ({error}).") from None
        except IMAPClientError as error:
            words = str(error)
            if "socket error" in words or "EOF" in words or isinstance(error, IMAPClientAbortError):
                raise ServerUnavailable(f"Сервер {host}:{port} прервал связь ({words}).") from None
            raise ProtocolError(f"Сервер {host}:{port} не выполнил команду ({words}).") from None

    def folders(self) -> tuple[str, ...]:
        """The folders to read: the configured ones, or all that can hold incoming letters, INBOX first."""
        if not self._settings.folders:
            return incoming(self._folders)
        known = {folder.name for folder in self._folders}
        if missing := [name for name in self._settings.folders if name not in known]:
            raise ProtocolError(
                f"В ящике нет папки «{missing[0]}». Есть: {', '.join(sorted(known))}. Исправьте imap.folders."
            )
        return self._settings.folders

    def sent_folder(self) -> str | None:
        """The folder for copies of what we sent, by its flag (RFC 6154) or its usual name."""
        return named_role(self._folders, "\\sent")

    def junk_count(self) -> int:
        """How many letters lie in the spam folder, where clients' letters sometimes end."""
        junk = named_role(self._folders, "\\junk")
        if junk is None:
            return 0
        with self._faults():
            return int(self._client.folder_status(junk, ["MESSAGES"])[b"MESSAGES"])

    def count_around(self, start: datetime) -> tuple[int, int]:
        """How many letters of the folders to read came before that moment (aware), and how many since.

        SEARCH knows days alone, in no zone (RFC 3501 6.4.4): of the days around it the moments themselves are asked for.
        """
        before = since = 0
        day = start.date()
        for folder in self.folders():
            with self._faults():
                self._select(folder, readonly=True)
                before += len(self._client.search(["BEFORE", day - timedelta(days=1)]))
                since += len(self._client.search(["SINCE", day + timedelta(days=2)]))
                near = ["SINCE", day - timedelta(days=1), "BEFORE", day + timedelta(days=2)]
                uids = self._client.search(near)
                found = self._client.fetch(uids, ["INTERNALDATE"]).values() if uids else ()
                moments = [answer.get(b"INTERNALDATE") for answer in found]
            early = sum(moment is not None and moment < start for moment in moments)
            before, since = before + early, since + len(moments) - early
        return before, since

    def fetch_new(self, folder: str, after: tuple[int, int] | None) -> Iterator[FetchedLetter]:
        """Letters of a folder behind the cursor, by UID; all of them where UIDVALIDITY changed.

        Read-only and without `\\Seen`: what the letter looks like to people does not change.
        """
        with self._faults():
            validity = self._select(folder, readonly=True)
            last = after[1] if after and after[0] == validity else 0
            self._client.noop()  # a folder that was open already tells of new letters only after this
            found = self._client.search(["UID", f"{last + 1}:*"])
            # «n:*» names the last letter even where its UID is below n (RFC 3501 6.4.8)
            uids = sorted(uid for uid in found if uid > last)
            if folder.upper() == "INBOX":
                self._looked = max(found, default=last)
        for start in range(0, len(uids), BATCH):
            yield from self._batch(folder, validity, uids[start : start + BATCH])

    def _batch(self, folder: str, validity: int, uids: list[int]) -> Iterator[FetchedLetter]:
        """One letter after another, so that what came is kept even where the next one breaks it all."""
        with self._faults():
            if self._select(folder, readonly=True) != validity:
                return  # the folder was made anew meanwhile: the next look reads it from its beginning
            letters = self._fetching.letters(self._client, folder, validity, uids)
        while True:
            with self._faults():
                self._select(folder, readonly=True)  # the reader may have looked elsewhere in between
                uid, raw = next(letters, (0, None))
            if raw is None:
                return
            yield FetchedLetter(MailboxLocation(self.name, folder, validity, uid), raw)

    def mark_seen(self, folder: str, uids: Sequence[int]) -> None:
        """A courtesy to people who look into the mailbox; the database is the truth."""
        try:
            with self._faults():
                self._select(folder, readonly=False)
                self._client.add_flags(list(uids), [b"\\Seen"], silent=True)
        except ProtocolError as error:
            log.warning("Папка %s: письма не отмечены прочитанными: %s", folder, error)

    def _select(self, folder: str, *, readonly: bool) -> int:
        """Select a folder where it is not selected already; its UIDVALIDITY."""
        if self._selected != (folder, readonly):
            self._selected = None
            self._validity = int(self._client.select_folder(folder, readonly=readonly)[b"UIDVALIDITY"])
            self._selected = (folder, readonly)
        return self._validity

    def idle(self, seconds: float, wait: Callable[[float], object]) -> bool:
        """Wait up to `seconds` for news in INBOX: by IDLE (RFC 2177) where offered, else by `wait`.

        True where the server told of something. A letter that came since the last look is not told
        of once INBOX is opened anew: it is asked for first.
        """
        with self._faults():
            if not self._client.has_capability("IDLE"):
                wait(seconds)
                self._client.noop()
                return False
            self._select("INBOX", readonly=True)
            self._client.noop()
            if max(self._client.search(["UID", f"{self._looked + 1}:*"]), default=0) > self._looked:
                return True
            self._client.idle()
            # not `idle_check`: it reads without blocking and loses the half of a line that came first
            # (mjs/imapclient#519). `idle_done` reads whole lines, after we saw that something came.
            came = select.poll()
            came.register(self._client.socket(), select.POLLIN)
            news = came.poll(min(seconds, IDLE_SECONDS) * 1000)
            _, told = self._client.idle_done()
            return bool(news or told)

    def append_sent(self, content: bytes, at: datetime | None) -> None:
        """A copy of a sent letter into the Sent folder, read; the folder is made where there is none."""
        with self._faults():
            self._client.append(self._sent(), content, flags=[b"\\Seen"], msg_time=at)

    def find_in_sent(self, message_id: str) -> bool:
        """Does the Sent folder hold a letter of exactly this Message-ID?"""
        with self._faults():
            self._select(self._sent(), readonly=True)
            self._client.noop()
            # HEADER searches for a part of the value (RFC 3501 6.4.4): look at each found
            found = self._client.search(["HEADER", "Message-ID", message_id])
            if not found:
                return False
            for answer in self._client.fetch(found, ["BODY.PEEK[HEADER]"]).values():
                header = BytesHeaderParser().parsebytes(answer[b"BODY[HEADER]"])
                if str(header["Message-ID"] or "").strip() == message_id:
                    return True
        return False

    def _sent(self) -> str:
        folder = self.sent_folder()
        if folder is None:
            folder = "Sent"
            self._client.create_folder(folder)
            self._folders = (*self._folders, ImapFolder(folder, frozenset({"\\sent"})))
        return folder


def _text(name: str | bytes) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name
