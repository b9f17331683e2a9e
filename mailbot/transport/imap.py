"""The mailbox over IMAP (RFC 3501): letters in, copies of ours into Sent, and waiting for news."""

from __future__ import annotations

import contextlib
import logging
import select
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path
from types import TracebackType
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
)

from mailbot.model import MailboxLocation, RawLetter
from mailbot.transport.errors import AuthenticationError, ProtocolError, ServerUnavailable
from mailbot.transport.fetching import BATCH, LetterFetcher
from mailbot.transport.folders import ImapFolder, incoming, named_role
from mailbot.transport.imap_answers import (
    bound_literals,
    fetch_by_uid,
    names_wrong_password,
    search_uids,
    words_of,
)
from mailbot.transport.security import Security, describe_fault, refuse_plain, tls_context, without_delay

log = logging.getLogger(__name__)

READING_FAULTS = (
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""What the library, or our reading of an answer, stumbles with over words that no server should say."""

LITERAL_MARGIN = 1_000_000
"""Bytes by which a letter may be larger than the server says before the connection is given up."""

COPIES_BATCH = 200
"""Letters of Sent a FETCH, of which one header is asked."""

IDLE_SECONDS = 9 * 60
"""RFC 2177: re-issue IDLE before 29 minutes; NAT boxes forget silent connections sooner."""


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Where and how. `folders` empty: every folder but sent, drafts, trash and spam. Seconds and bytes.

    `read_password` is asked at each login in place of `password`: a file may have been written anew.
    """

    host: str
    port: int
    security: Security
    login: str
    password: str
    folders: tuple[str, ...] = ()
    timeout: float = 30
    ca_file: Path | None = None
    size_limit: int = 30_000_000
    read_password: Callable[[], str] | None = None

    def __repr__(self) -> str:
        return f"ImapSettings({self.login} at {self.host}:{self.port})"


@dataclass(frozen=True, slots=True)
class FetchedLetter:
    """A letter and where the mailbox holds it."""

    place: MailboxLocation
    raw: RawLetter


@dataclass(frozen=True, slots=True)
class SentCopy:
    """A letter in the Sent folder, and when it was put there (INTERNALDATE, in whole seconds)."""

    message_id: str
    at: datetime


class ImapMailbox:
    """One connection to one mailbox, opened by `with`; every wait on its socket has a time limit."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._connection: IMAPClient | None = None
        self._selected: tuple[str, bool] | None = None
        self._folders: tuple[ImapFolder, ...] = ()
        self._fetching = LetterFetcher(settings.size_limit)
        self._looked = self._exist = self._validity = 0

    @property
    def name(self) -> str:
        """What the database calls this mailbox."""
        return f"{self._settings.login}@{self._settings.host}"

    @property
    def size_limit(self) -> int:
        """Bytes; of a larger letter only the headers are fetched."""
        return self._settings.size_limit

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
            bound_literals(self._client, settings.size_limit + LITERAL_MARGIN)
            self._client.normalise_times = False  # INTERNALDATE stays aware
            if settings.security == "starttls":
                self._client.starttls(tls_context(settings.ca_file))
            self._log_in()
            failed.pop_all()
        return self

    def list_folders(self) -> None:
        """Ask anew which folders there are: people make them while we are connected.

        ProtocolError where the answer is none; then those known before are read on.
        """
        with self._faults():
            listed = tuple(
                ImapFolder(_text(name), _flags(flags), _text(mark) or "/")
                for flags, mark, name in self._client.list_folders()
                if _text(name)
            )
        if not listed:
            raise ProtocolError(f"Сервер {self._settings.host} не назвал ни одной папки ящика.")
        self._folders = listed

    @property
    def _known(self) -> tuple[ImapFolder, ...]:
        """The folders as they were listed last; listed now where they never were."""
        if not self._folders:
            self.list_folders()
        return self._folders

    def _log_in(self) -> None:
        settings = self._settings
        login, host = settings.login, settings.host
        password = settings.read_password() if settings.read_password else settings.password
        if not (login + password).isascii():
            raise AuthenticationError(
                f"Ящик {login}: в имени или пароле есть нелатинские буквы. Проверьте раскладку клавиатуры и "
                "задайте MAILBOT_IMAP_PASSWORD или password_file заново."
            )
        try:
            self._client.login(login, password)
        except LoginError as error:
            # the library says LoginError of a broken connection too
            words = str(error)
            if isinstance(error.__context__, IMAPClientAbortError) or not names_wrong_password(words):
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
                if kind is None:
                    connection.logout()
            with contextlib.suppress(Exception):  # a farewell that failed leaves the socket open
                connection.shutdown()

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
        except OSError as error:
            raise describe_fault(host, port, error) from None
        except (
            IMAPClientReadOnlyError
        ):  # the library counts it among broken connections, and goes on refusing
            self._client._imap.untagged_responses.pop("READ-ONLY", None)
            self._selected = None
            raise ProtocolError(f"Сервер {host}:{port} открывает папку только для чтения.") from None
        except CapabilityError as error:
            raise ProtocolError(f"Сервер {host}:{port} этого не умеет ({error}).") from None
        except IMAPClientError as error:
            words = words_of(error)
            broken = ("socket error", "EOF", "got more than")  # of a line that is too long the rest is unread
            if isinstance(error, IMAPClientAbortError) or any(sign in words for sign in broken):
                raise ServerUnavailable(f"Сервер {host}:{port} прервал связь ({words}).") from None
            raise ProtocolError(f"Сервер {host}:{port} не выполнил команду ({words}).") from None
        except READING_FAULTS as error:
            if self._connection is None:  # a host name that cannot be one
                raise describe_fault(host, port, error) from None
            log.debug("Ответ сервера не прочитан", exc_info=True)
            self._selected = None
            words = f"{type(error).__name__}: {words_of(error)}"
            raise ProtocolError(f"Сервер {host}:{port} ответил непонятно ({words}).") from None

    def folders(self) -> tuple[str, ...]:
        """The folders to read: the configured ones, or all that can hold incoming letters, INBOX first.

        INBOX alone while no list was had: it is there always (RFC 3501 5.1).
        """
        if self._settings.folders:
            return self._settings.folders
        with contextlib.suppress(ProtocolError):
            return incoming(self._known) or ("INBOX",)
        return ("INBOX",)

    def sent_folder(self) -> str | None:
        """The folder for copies of what we sent, by its flag (RFC 6154) or its usual name."""
        return named_role(self._known, "\\sent")

    def junk_count(self) -> int:
        """How many letters lie in the spam folder, where clients' letters sometimes end."""
        junk = named_role(self._known, "\\junk")
        if junk is None:
            return 0
        with self._faults():
            return int(self._client.folder_status(junk, ["MESSAGES"])[b"MESSAGES"])

    def look_into(self, folder: str) -> None:
        """Can letters be read from the folder? ProtocolError where they cannot."""
        with self._faults():
            self._select(folder, readonly=True)

    def count_around(self, start: datetime) -> tuple[int, int]:
        """How many letters of the folders to read came before that moment (aware), and how many since.

        SEARCH knows days alone, in no zone (RFC 3501 6.4.4): of the days around it the moments themselves are asked for.
        """
        before = since = 0
        day = start.date()
        for folder in self.folders():
            with self._faults():
                self._select(folder, readonly=True)
                before += len(search_uids(self._client, ["BEFORE", day - timedelta(days=1)]))
                since += len(search_uids(self._client, ["SINCE", day + timedelta(days=2)]))
                near: list[str | date] = ["SINCE", day - timedelta(days=1), "BEFORE", day + timedelta(days=2)]
                uids = search_uids(self._client, near)
                found = fetch_by_uid(self._client, uids, "(INTERNALDATE)").values() if uids else ()
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
            found = search_uids(self._client, ["UID", f"{last + 1}:*"])
            if not found and not last and self._exist:
                self._selected = None  # their number may be of a while ago: look anew
                raise ProtocolError(
                    f"Сервер {self._settings.host} говорит, что писем в папке «{folder}» {self._exist}, и не называет ни одного."
                )
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

    def fetch_whole(self, place: MailboxLocation) -> RawLetter | None:
        """A letter of which only a part could be had before; None where it is gone, or still cannot be had whole."""
        with self._faults():
            if self._select(place.folder, readonly=True) != place.uidvalidity:
                return None
            return self._fetching.whole(self._client, place.uid)

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
            try:
                answer = self._client.select_folder(folder, readonly=readonly)
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                self._refuse_missing(folder)
                raise
            self._exist = int(answer.get(b"EXISTS", 0))
            self._validity = int(answer.get(b"UIDVALIDITY") or self._ask_validity(folder))
            self._selected = (folder, readonly)
        return self._validity

    def _ask_validity(self, folder: str) -> int:
        """UIDVALIDITY of a folder whose opening did not name it. Without it a UID names no letter (RFC 3501 2.3.1.1)."""
        status = self._client.folder_status(folder, ["UIDVALIDITY"])
        if b"UIDVALIDITY" not in status:
            raise ProtocolError(
                f"Сервер {self._settings.host} не называет UIDVALIDITY папки «{folder}»: её письма не различить."
            )
        return int(status[b"UIDVALIDITY"])

    def _refuse_missing(self, folder: str) -> None:
        """A folder that the server does not open because there is none: more likely a slip in the settings."""
        known = {known.name for known in self._folders}
        if folder in self._settings.folders and known and folder not in known:
            raise ProtocolError(
                f"В ящике нет папки «{folder}». Есть: {', '.join(sorted(known))}. Исправьте imap.folders."
            )

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
            if max(search_uids(self._client, ["UID", f"{self._looked + 1}:*"]), default=0) > self._looked:
                return True
            early = self._begin_idle()
            # not `idle_check`: it reads without blocking and loses the half of a line that came first
            # (mjs/imapclient#519). `idle_done` reads whole lines, after we saw that something came.
            came = select.poll()
            came.register(self._client.socket(), select.POLLIN)
            news = came.poll(0 if early else min(seconds, IDLE_SECONDS) * 1000)
            _, responses = self._client.idle_done()
            return bool(early or news or responses)

    def _begin_idle(self) -> bool:
        """Send IDLE and read up to its «+»; did news come before it? The library gives up there, and leaves the server in IDLE."""
        early = False
        connection = self._client._imap
        tag = self._client._idle_tag = connection._command("IDLE")
        while connection._get_response() is not None:
            early = True
            if refusal := connection.tagged_commands.get(tag):
                del connection.tagged_commands[tag]
                raise ProtocolError(f"Сервер {self._settings.host} не принял IDLE ({refusal[1]}).")
        return early

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
            found = search_uids(self._client, ["HEADER", "Message-ID", message_id])
            if not found:
                return False
            answers = fetch_by_uid(self._client, found, "(BODY.PEEK[HEADER])").values()
            return any(_message_id(answer) == message_id for answer in answers)

    def sent_since(self, day: date) -> Iterator[SentCopy]:
        """Letters in the Sent folder that have a Message-ID, newest first, since about that day; none where there is no such
        folder."""
        folder = self.sent_folder()
        if folder is None:
            return
        with self._faults():
            self._select(folder, readonly=True)
            # the server's day, in no zone (RFC 3501 6.4.4)
            uids = search_uids(self._client, ["SINCE", day - timedelta(days=1)])[::-1]
        for start in range(0, len(uids), COPIES_BATCH):
            batch = uids[start : start + COPIES_BATCH]
            with self._faults():
                answers = fetch_by_uid(
                    self._client, batch, "(INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
                )
            for uid in batch:
                if copy := _sent_copy(answers.get(uid, {})):
                    yield copy

    def _sent(self) -> str:
        folder = self.sent_folder()
        if folder is None:
            folder = "Sent"
            self._client.create_folder(folder)
            self._folders = (*self._folders, ImapFolder(folder, frozenset({"\\sent"})))
        return folder


def _text(name: object) -> str:
    """A name as LIST gives it; empty where it is none."""
    if isinstance(name, bytes):
        return name.decode("utf-8", "replace")
    return name if isinstance(name, str) else ""


def _message_id(answer: dict[bytes, Any]) -> str:
    """Of the headers that were fetched, all or this one alone; empty where there is none."""
    headers = next((value for name, value in answer.items() if name.startswith(b"BODY[HEADER")), None)
    return str(BytesHeaderParser().parsebytes(headers or b"")["Message-ID"] or "").strip()


def _sent_copy(answer: dict[bytes, Any]) -> SentCopy | None:
    message_id, at = _message_id(answer), answer.get(b"INTERNALDATE")
    return SentCopy(message_id, at) if message_id and at is not None else None


def _flags(flags: Iterable[bytes]) -> frozenset[str]:
    return frozenset(flag.decode().lower() for flag in flags)
