"""How our own Message-IDs look, so that every room knows a letter of ours by its id (RFC 5322 3.6.4)."""

from __future__ import annotations

import re

_OURS = re.compile(
    r"<?mailbot\.(?P<number>[0-9]{2}-[0-9]{4,12})\.(?:acknowledgement|answer|request)\.[0-9a-f]{16}@[^<>@\s]+>?"
)

_UNASKED = re.compile(r"<mailbot\.(?:bill|reminder|report|warning|alarm)\.[0-9a-z.-]+@[^<>@\s]+>")


def is_own_message_id(message_id: str) -> bool:
    """Could the id be of a letter of ours: to a case, a bill, a reminder, a report? Anybody can write such a one."""
    return case_token_of(message_id) is not None or _UNASKED.fullmatch(message_id) is not None


def case_token_of(message_id: str) -> str | None:
    """The case number in an id of ours, None where the id is not ours.

    Proves nothing by itself, since anyone can write such an id: the caller believes it only from a
    participant of that case.
    """
    match = _OURS.fullmatch(message_id.strip())
    return match["number"] if match else None


def lasting_part_of(message_id: str) -> str:
    """What is the same however often a letter of ours is composed anew, under whatever number; else the id itself."""
    match = _OURS.fullmatch(message_id.strip())
    return message_id.partition(match["number"])[2].partition("@")[0] if match else message_id
