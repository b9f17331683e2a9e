"""What servers answer, as they really write it: more kinds than the library reads."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.datetime_util import parse_to_datetime
from imapclient.exceptions import IMAPClientAbortError
from imapclient.exceptions import ProtocolError as UnreadableAnswer
from imapclient.imapclient import _normalise_search_criteria
from imapclient.response_parser import parse_response

LONGEST_LINE = 50_000_000
"""Bytes. The million of `imaplib` is the answer to SEARCH in a folder of 145,000 letters: such a folder was never read."""

imaplib._MAXLINE = LONGEST_LINE  # type: ignore[attr-defined]

LONGEST_WORDS = 300
"""Characters of what a server says that are told."""

MOST_FOUND = 10_000_000
"""Letters that one range of an answer may hold: a range of all numbers would fill the memory."""

CODE = re.compile(r"(?:b['\"])?\[([A-Za-z-]+)")
"""The code with which an answer begins (RFC 3501 7.1); the library gives the text as Python shows bytes."""

WRONG_PASSWORD = frozenset({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"})
"""RFC 5530 3. Every other code is the server's own trouble: LIMIT, INUSE, SERVERBUG, UNAVAILABLE, CONTACTADMIN."""

NO_REASON = frozenset({"ALERT", "WEBALERT"})
"""Say that a person should read the text, and nothing of why; of Gmail it is a wrong password."""

PASSING = re.compile(
    r"temporar|try again later|too many|internal (?:server )?error|unavailable|timed? ?out", re.IGNORECASE
)
"""What older servers say without a code of what passes by itself."""


def names_wrong_password(refusal: str) -> bool:
    """Does a refused LOGIN mean that login or password are wrong? Else the server could not try them now.

    Only what is said by NO counts: BAD is a command that was not understood (RFC 3501 6.2.3).
    """
    if refusal.startswith("LOGIN command error"):
        return False
    code = CODE.match(refusal)
    if code is None or code[1].upper() in NO_REASON:
        return not PASSING.search(refusal)
    return code[1].upper() in WRONG_PASSWORD


def words_of(error: Exception) -> str:
    """What the server said, short enough for a log. Of an answer that cannot be read the library shows all: letters of clients."""
    return "ответ не разобрать" if isinstance(error, UnreadableAnswer) else str(error)[:LONGEST_WORDS]


def bound_literals(client: IMAPClient, limit: int) -> None:
    """A literal that is announced with more bytes than `limit` breaks the connection: to wait for it would fill the memory."""
    imap = client._imap
    read = imap.read

    def bounded(size: int) -> bytes:
        if size > limit:
            raise IMAPClientAbortError(f"the server announces {size} bytes")
        return bytes(read(size))

    imap.read = bounded


def search_uids(client: IMAPClient, criteria: Sequence[str | date]) -> list[int]:
    """The UIDs that UID SEARCH finds, in order: whether they come in one line, in several, or as ESEARCH (RFC 4731).

    The library takes several lines for a fault, and ESEARCH for «nothing found». ValueError where an answer is none.
    """
    untagged = client._imap.untagged_responses
    for name in ("SEARCH", "ESEARCH"):
        untagged.pop(name, None)
    kind, words = client._raw_command(b"SEARCH", _normalise_search_criteria(list(criteria)))
    client._checkok("search", kind, words)
    found: set[int] = set()
    for line in client._imap.untagged_responses.pop("SEARCH", []):
        found.update(_listed(line or b""))
    for line in client._imap.untagged_responses.pop("ESEARCH", []):
        found.update(_extended(line))
    return sorted(found)


def _listed(line: bytes) -> Iterator[int]:
    """«2 84 882», or with RFC 7162 «2 5 (MODSEQ 917162500)»."""
    for word in line.partition(b"(")[0].split():
        yield _number(word)


def _extended(line: bytes) -> Iterator[int]:
    """«(TAG "A282") UID COUNT 3 ALL 2,10:11»; without ALL nothing was found."""
    words = re.sub(rb"^\([^)]*\)", b"", line).upper().split()
    if not words or b"ALL" not in words:
        return
    if words[0] != b"UID":
        raise ValueError("ESEARCH gives no UIDs")
    for span in words[words.index(b"ALL") + 1].split(b","):
        first, _, last = span.partition(b":")
        low, high = sorted((_number(first), _number(last or first)))
        if high - low > MOST_FOUND:
            raise ValueError("ESEARCH gives more letters than a folder holds")
        yield from range(low, high + 1)


def _number(word: bytes) -> int:
    if not word.isdigit() or not 0 < int(word) < 2**32:
        raise ValueError(f"{word[:40]!r} is no UID")
    return int(word)


def fetch_by_uid(client: IMAPClient, uids: Sequence[int], items: str) -> dict[int, dict[bytes, Any]]:
    """What UID FETCH gives of these letters; names in capitals. INTERNALDATE as an aware datetime, or None.

    The server may tell of other letters, and of flags, at any moment (RFC 3501 7.4.2). Without a UID it is not known which
    letter is meant: the library would take its number in the folder for one.
    """
    imap = client._imap
    imap.untagged_responses.pop("FETCH", None)
    tag = imap._command("UID", "FETCH", ",".join(map(str, uids)), items)
    kind, words = imap._command_complete("FETCH", tag)
    client._checkok("fetch", kind, words)
    told = parse_response(imap.untagged_responses.pop("FETCH", [None]))
    found: dict[int, dict[bytes, Any]] = {}
    for attributes in told:
        if not isinstance(attributes, tuple) or len(attributes) % 2:
            continue
        named = {
            bytes(name).upper(): value
            for name, value in zip(attributes[::2], attributes[1::2], strict=True)
            if isinstance(name, bytes)
        }
        uid = named.pop(b"UID", None)
        if uid in uids:
            found.setdefault(uid, {}).update(named)
    for about in found.values():
        if b"INTERNALDATE" in about:
            about[b"INTERNALDATE"] = _moment(about[b"INTERNALDATE"])
    return found


def _moment(written: object) -> datetime | None:
    """An INTERNALDATE; None where it is no date."""
    try:
        return parse_to_datetime(written, normalise=False) if isinstance(written, bytes) else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
