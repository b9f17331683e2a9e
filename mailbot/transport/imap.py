"""The mailbox over IMAP (RFC 3501): letters in, copies of ours into Sent, and waiting for news."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from types import TracebackType
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from mailbot.model import Place, RawLetter
from mailbot.transport.errors import LoginRefused, ProtocolFault, ServerAway
from mailbot.transport.folders import Folder, incoming, named_role
from mailbot.transport.security import Security, refuse_plain, tls_context, told

log = logging.getLogger(__name__)

BATCH = 20
"""Letters a FETCH: more cost memory, fewer cost round trips (0.27 ms a letter against 0.68 one by one)."""

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
class Fetched:
    """A letter and where the mailbox holds it."""

    place: Place
    raw: RawLetter


class Mailbox:
    """One connection to one mailbox, opened by `with`; every wait on its socket has a time limit."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._connection: IMAPClient | None = None
        self._selected: tuple[str, bool] | None = None
        self._folders: tuple[Folder, ...] = ()

    @property
    def name(self) -> str:
        """What the database calls this mailbox."""
        return f"{self._settings.login}@{self._settings.host}"

    def __enter__(self) -> Mailbox:
        settings = self._settings
        refuse_plain(settings.host, settings.security)
        with self._faults():
            self._connection = IMAPClient(
                settings.host,
                settings.port,
                ssl=settings.security == "tls",
                ssl_context=None if settings.security == "plain" else tls_context(settings.ca_file),
                timeout=SocketTimeout(settings.timeout, settings.timeout),
            )
            self._client.normalise_times = False  # INTERNALDATE stays aware
            if settings.security == "starttls":
                self._client.starttls(tls_context(settings.ca_file))
            self._log_in()
            self._folders = tuple(
                Folder(_text(name), frozenset(flag.decode().lower() for flag in flags))
                for flags, _, name in self._client.list_folders()
            )
        return self

    def _log_in(self) -> None:
        try:
            self._client.login(self._settings.login, self._settings.password)
        except LoginError:
            raise LoginRefused(
                f"Ящик {self._settings.login}: сервер {self._settings.host} не принял пароль. Нужен «пароль "
                "для внешних приложений»: задайте MAILBOT_IMAP_PASSWORD или password_file."
            ) from None

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
            raise ProtocolFault("Ящик не открыт.")
        return self._connection

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        """The library's many exceptions as ours."""
        host, port = self._settings.host, self._settings.port
        try:
            yield
        except (OSError, IMAPClientError) as error:
            if isinstance(error, OSError):
                raise told(host, port, error) from None
            words = str(error)
            if "socket error" in words or "EOF" in words or "abort" in type(error).__name__:
                raise ServerAway(f"Сервер {host}:{port} прервал связь ({words}).") from None
            raise ProtocolFault(f"Сервер {host}:{port} не выполнил команду ({words}).") from None

    def folders(self) -> tuple[str, ...]:
        """The folders to read: the configured ones, or all that can hold incoming letters, INBOX first."""
        if not self._settings.folders:
            return incoming(self._folders)
        known = {folder.name for folder in self._folders}
        if missing := [name for name in self._settings.folders if name not in known]:
            raise ProtocolFault(
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

    def fetch_new(self, folder: str, after: tuple[int, int] | None) -> Iterator[Fetched]:
        """Letters of a folder behind the cursor, by UID; all of them where UIDVALIDITY changed.

        Read-only and without `\\Seen`: what the letter looks like to people does not change.
        """
        with self._faults():
            validity = self._select(folder, readonly=True)
            last = after[1] if after and after[0] == validity else 0
            found = self._client.search(["UID", f"{last + 1}:*"])
            # «n:*» names the last letter even where its UID is below n (RFC 3501 6.4.8)
            uids = sorted(uid for uid in found if uid > last)
        for start in range(0, len(uids), BATCH):
            yield from self._batch(folder, validity, uids[start : start + BATCH])

    def _batch(self, folder: str, validity: int, uids: list[int]) -> list[Fetched]:
        """Sizes first: an oversized letter gives its headers, and a person the news of it."""
        with self._faults():
            self._select(folder, readonly=True)
            sizes = self._client.fetch(uids, ["RFC822.SIZE"])
            small = [uid for uid in uids if uid in sizes and self._fits(sizes[uid])]
            large = [uid for uid in uids if uid in sizes and not self._fits(sizes[uid])]
            answers = self._client.fetch(small, ["INTERNALDATE", "BODY.PEEK[]"]) if small else {}
            if large:
                answers |= self._client.fetch(large, ["INTERNALDATE", "BODY.PEEK[HEADER]"])
        letters = []
        for uid in uids:
            answer = answers.get(uid, {})
            content = answer.get(b"BODY[]", answer.get(b"BODY[HEADER]"))
            if content is None:
                continue  # expunged between the search and the fetch (RFC 2180 4.1.2)
            cut = int(sizes[uid][b"RFC822.SIZE"]) if uid in large else None
            place = Place(self.name, folder, validity, uid)
            letters.append(Fetched(place, RawLetter(content, _aware(answer[b"INTERNALDATE"]), cut)))
        return letters

    def _fits(self, answer: Any) -> bool:
        return int(answer[b"RFC822.SIZE"]) <= self._settings.size_limit

    def mark_seen(self, folder: str, uids: Sequence[int]) -> None:
        """A courtesy to people who look into the mailbox; the database is the truth."""
        try:
            with self._faults():
                self._select(folder, readonly=False)
                self._client.add_flags(list(uids), [b"\\Seen"], silent=True)
        except ProtocolFault as error:
            log.warning("Папка %s: письма не отмечены прочитанными: %s", folder, error)

    def _select(self, folder: str, *, readonly: bool) -> int:
        """Select a folder where it is not selected already; its UIDVALIDITY."""
        if self._selected != (folder, readonly):
            self._selected = None
            self._validity = int(self._client.select_folder(folder, readonly=readonly)[b"UIDVALIDITY"])
            self._selected = (folder, readonly)
        return self._validity

    def idle(self, seconds: float, wait: Callable[[float], object]) -> None:
        """Wait up to `seconds` for news in INBOX: by IDLE (RFC 2177) where offered, else by `wait`."""
        with self._faults():
            if not self._client.has_capability("IDLE"):
                wait(seconds)
                self._client.noop()
                return
            self._select("INBOX", readonly=True)
            self._client.idle()
            try:
                self._client.idle_check(timeout=min(seconds, IDLE_SECONDS))
            finally:
                self._client.idle_done()

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
            self._folders = (*self._folders, Folder(folder, frozenset({"\\sent"})))
        return folder


def _text(name: str | bytes) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def _aware(moment: datetime) -> datetime:
    """INTERNALDATE always carries its zone; a server that forgets it means UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
