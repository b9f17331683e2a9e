"""Letters out of an opened folder, so that one the server cannot hand over never stops the next.

A damaged letter makes some servers answer NO, and Dovecot break the connection. So what was being
fetched when it happened is remembered beyond the connection: such letters are then fetched one at a
time, next by their headers alone, and at last a note stands for the letter, before a person.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbot.model import RawLetter
from mailbot.transport.received import received_at

log = logging.getLogger(__name__)

BATCH = 20
"""Letters a FETCH: more cost memory, fewer cost round trips (0.27 ms a letter against 0.68 one by one)."""

BATCH_BYTES = 16_000_000
"""Bytes a FETCH, unless one letter alone is larger: twenty letters of 30 MB do not fit into memory."""

BODY_TRIES, HEADER_TRIES = 3, 5
"""Failures of a letter after which only its headers, then only a note of it, are taken."""

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

        Raises what the client raises where the connection itself broke.
        """
        sizes = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        present = [uid for uid in uids if b"RFC822.SIZE" in sizes.get(uid, {})]
        for group in self._groups(present, sizes, folder, validity):
            whole = self._whole((folder, validity, group[0]), sizes)  # before the attempt changes it
            contents = self._group(client, [(folder, validity, uid) for uid in group], sizes)
            for uid in group:
                if (content := contents.get(uid)) is not None:
                    yield uid, _letter(content, sizes[uid], whole=whole)
                elif _exists(client, uid):
                    key = (folder, validity, uid)
                    yield uid, _letter(self._damaged(client, key), sizes[uid], whole=False)

    def _groups(
        self, uids: Sequence[int], sizes: dict[int, Any], folder: str, validity: int
    ) -> Iterator[list[int]]:
        """Neighbours that are fetched alike, at most `BATCH_BYTES` together; troubled ones alone."""
        group: list[int] = []
        held = 0
        for uid in uids:
            key = (folder, validity, uid)
            size = int(sizes[uid][b"RFC822.SIZE"])
            alone = self._failures[key] > 0 or not self._whole(key, sizes)
            if group and (alone or held + size > BATCH_BYTES):
                yield group
                group, held = [], 0
            if alone:
                yield [uid]
            else:
                group.append(uid)
                held += size
        if group:
            yield group

    def _whole(self, key: Key, sizes: dict[int, Any]) -> bool:
        return int(sizes[key[2]][b"RFC822.SIZE"]) <= self._limit and self._failures[key] < BODY_TRIES

    def _group(self, client: IMAPClient, keys: list[Key], sizes: dict[int, Any]) -> dict[int, bytes]:
        """Contents by UID; a letter that the server refuses by NO is missing, the others are there."""
        if self._failures[keys[0]] >= HEADER_TRIES:
            return {}
        section = "BODY" + ("[]" if self._whole(keys[0], sizes) else "[HEADER]")
        self._failures.update(keys)  # counted before the attempt: a broken connection tells no more
        try:
            answers = client.fetch([key[2] for key in keys], [section.replace("BODY", "BODY.PEEK")])
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            log.warning("Папка %s: сервер не отдаёт письма (%s)", keys[0][0], error)
            if len(keys) == 1:
                return {}
            found: dict[int, bytes] = {}
            for key in keys:
                found |= self._group(client, [key], sizes)
            return found
        for key in keys:
            del self._failures[key]
        contents = {uid: answer.get(section.encode()) for uid, answer in answers.items()}
        return {uid: content for uid, content in contents.items() if content is not None}

    def _damaged(self, client: IMAPClient, key: Key) -> bytes:
        """The headers of a letter whose body the server does not give, or a note in its place.

        The note names the place: the bytes of two lost letters must differ, or one passes for a copy.
        """
        folder, validity, uid = key
        log.error("Папка %s: письмо %s сервер целиком не отдаёт; его увидит сотрудник", folder, uid)
        if self._failures[key] < HEADER_TRIES:
            self._failures[key] += 1
            try:
                answer = client.fetch([uid], ["BODY.PEEK[HEADER]"]).get(uid, {})
            except IMAPClientAbortError:
                raise
            except IMAPClientError:
                answer = {}
            if header := answer.get(b"BODY[HEADER]"):
                return bytes(header)
        return f"X-Mailbot-Not-Fetched: {folder!a} UIDVALIDITY {validity} UID {uid}\r\n\r\n".encode("ascii")


def _exists(client: IMAPClient, uid: int) -> bool:
    """Is the letter still there, or was it expunged between two commands (RFC 2180 4.1.2)?"""
    client.noop()
    return uid in client.search(["UID", str(uid)])


def _letter(content: bytes, about: dict[bytes, Any], *, whole: bool) -> RawLetter:
    """INTERNALDATE always carries its zone; one that is no date gives way to the letter's own."""
    told: datetime | None = about.get(b"INTERNALDATE")
    moment = told or received_at(content) or datetime.now(UTC)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    cut_from = None if whole else int(about[b"RFC822.SIZE"])
    return RawLetter(content, aware, cut_from, dated=told is not None)
