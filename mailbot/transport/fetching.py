"""Letters out of an opened folder, so that one the server cannot hand over never stops the next.

A damaged letter makes some servers answer NO or nothing, and Dovecot break the connection. So what was being
fetched when it happened is remembered beyond the connection: such letters are then fetched one at a
time, next by their headers alone, and at last a note stands for the letter, before a person. It is fetched whole later,
should the server be able to.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.model import RawLetter
from mailbot.transport.errors import ProtocolError
from mailbot.transport.imap_answers import fetch_by_uid, search_uids, words_of
from mailbot.transport.received import received_at

log = logging.getLogger(__name__)

BATCH = 20
"""Letters a FETCH: more cost memory, fewer cost round trips (0.27 ms a letter against 0.68 one by one)."""

BATCH_BYTES = 16_000_000
"""Bytes a FETCH, unless one letter alone is larger: twenty letters of 30 MB do not fit into memory."""

BODY_TRIES, HEADER_TRIES = 3, 5
"""Failures of a letter after which only its headers, then only a note of it, are taken."""

About = Mapping[bytes, Any]
"""What the server says of a letter: RFC822.SIZE, INTERNALDATE."""

Key = tuple[str, int, int]
"""(folder, UIDVALIDITY, UID)"""


class LetterFetcher:
    """Fetches by UID from the folder that is open. Keeps what broke before; one a mailbox."""

    def __init__(self, size_limit: int) -> None:
        self._limit = size_limit
        self._failures: Counter[Key] = Counter()

    def letters(
        self, client: IMAPClient, folder: str, validity: int, uids: Sequence[int]
    ) -> Iterator[tuple[int, RawLetter]]:
        """The letters of a batch in the order of `uids`; those expunged meanwhile are left out.

        ProtocolError where a letter is refused and will be asked for again; what the client raises where the
        connection itself broke.
        """
        abouts: dict[int, About] = {**fetch_by_uid(client, uids, "(RFC822.SIZE INTERNALDATE)")}
        present = [uid for uid in uids if uid in abouts or _exists(client, uid)]
        for group in self._groups(present, abouts, folder, validity):
            whole = self._whole((folder, validity, group[0]), abouts)  # before the attempt changes it
            contents = self._group(client, [(folder, validity, uid) for uid in group], abouts)
            for uid in group:
                key, about = (folder, validity, uid), abouts.get(uid, {})
                if (content := contents.get(uid)) is not None:
                    yield uid, _letter(content, about, whole=whole)
                elif _exists(client, uid):
                    if whole and self._failures[key] < BODY_TRIES:
                        raise ProtocolError(f"Папка «{folder}»: письмо {uid} сервер пока не отдаёт.")
                    yield uid, _letter(self._damaged(client, key), about, whole=False)

    def whole(self, client: IMAPClient, uid: int) -> RawLetter | None:
        """A letter that could not be had whole before; None where it still cannot."""
        about = fetch_by_uid(client, [uid], "(RFC822.SIZE INTERNALDATE)").get(uid, {})
        size = _size(about)
        if size is not None and size > self._limit:
            return None
        try:
            content = _content(client, [uid], "BODY[]").get(uid)
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return None
        return _letter(content, about, whole=True) if content is not None else None

    def _groups(
        self, uids: Sequence[int], abouts: Mapping[int, About], folder: str, validity: int
    ) -> Iterator[list[int]]:
        """Neighbours that are fetched alike, at most `BATCH_BYTES` together; troubled ones alone."""
        group: list[int] = []
        held = 0
        for uid in uids:
            key = (folder, validity, uid)
            size = _size(abouts.get(uid, {}))
            alone = size is None or self._failures[key] > 0 or not self._whole(key, abouts)
            if group and (alone or held + (size or 0) > BATCH_BYTES):
                yield group
                group, held = [], 0
            if alone:
                yield [uid]
            else:
                group.append(uid)
                held += size or 0
        if group:
            yield group

    def _whole(self, key: Key, abouts: Mapping[int, About]) -> bool:
        """A letter whose size the server does not know is asked for whole."""
        size = _size(abouts.get(key[2], {}))
        return (size is None or size <= self._limit) and self._failures[key] < BODY_TRIES

    def _group(self, client: IMAPClient, keys: list[Key], abouts: Mapping[int, About]) -> dict[int, bytes]:
        """Contents by UID; a letter that the server refuses, or gives empty, is missing, the others are there."""
        if self._failures[keys[0]] >= HEADER_TRIES:
            return {}
        section = "BODY" + ("[]" if self._whole(keys[0], abouts) else "[HEADER]")
        self._failures.update(keys)  # counted before the attempt: a broken connection tells no more
        try:
            contents = _content(client, [key[2] for key in keys], section)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            log.warning("Папка %s: сервер не отдаёт письма (%s)", keys[0][0], words_of(error))
            if len(keys) == 1:
                return {}
            self._failures.subtract(keys)  # which of them it was is not known yet
            found: dict[int, bytes] = {}
            for key in keys:
                found |= self._group(client, [key], abouts)
            return found
        for key in keys:
            if key[2] in contents:
                del self._failures[key]
        return contents

    def _damaged(self, client: IMAPClient, key: Key) -> bytes:
        """The headers of a letter whose body the server does not give, or a note in its place.

        The note names the place: the bytes of two lost letters must differ, or one passes for a copy.
        """
        folder, validity, uid = key
        log.error("Папка %s: письмо %s сервер целиком не отдаёт; его увидит сотрудник", folder, uid)
        if self._failures[key] < HEADER_TRIES:
            self._failures[key] += 1
            try:
                header = _content(client, [uid], "BODY[HEADER]").get(uid)
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                header = None
            if header is not None:
                return header
        return f"X-Mailbot-Not-Fetched: {folder!a} UIDVALIDITY {validity} UID {uid}\r\n\r\n".encode("ascii")


def _content(client: IMAPClient, uids: Sequence[int], section: str) -> dict[int, bytes]:
    """A section of letters by UID. Nothing, NIL, or no bytes at all is no letter: it is never believed to be an empty one."""
    answers = fetch_by_uid(client, uids, f"({section.replace('BODY', 'BODY.PEEK')})")
    given = {uid: answer.get(section.encode()) for uid, answer in answers.items()}
    return {uid: content for uid, content in given.items() if isinstance(content, bytes) and content}


def _size(about: About) -> int | None:
    """RFC822.SIZE in bytes; None where the server says none."""
    size = about.get(b"RFC822.SIZE")
    return size if isinstance(size, int) and size >= 0 else None


def _exists(client: IMAPClient, uid: int) -> bool:
    """Is the letter still there, or was it expunged between two commands (RFC 2180 4.1.2)?"""
    client.noop()
    return uid in search_uids(client, ["UID", str(uid)])


def _letter(content: bytes, about: About, *, whole: bool) -> RawLetter:
    """INTERNALDATE always carries its zone; one that is no date gives way to the letter's own."""
    told: datetime | None = about.get(b"INTERNALDATE")
    moment = told or received_at(content) or datetime.now(UTC)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return RawLetter(content, aware, None if whole else _size(about) or 0, dated=told is not None)
