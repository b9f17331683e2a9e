"""When a letter was received, told from its own header where no mailbox tells it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

HEADER_LIMIT = 65536
"""Bytes looked at: a header longer than this is an attack, not a route."""

_RECEIVED = re.compile(rb"^received:((?:.*\n(?:[ \t].*\n)*))", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(rb"^date:([^\n]*)", re.IGNORECASE | re.MULTILINE)


def taken_at(content: bytes) -> datetime | None:
    """When the last server says that it took the letter (the topmost `Received`, RFC 5321 4.4); aware, UTC."""
    received = _RECEIVED.search(_header(content))
    return _moment(received[1].rpartition(b";")[2]) if received else None


def received_at(content: bytes) -> datetime | None:
    """When the last server took the letter (the topmost `Received`), else its `Date`; aware, UTC.

    None where neither is told, or no clock can show it (years beyond 9999 in UTC).
    """
    written = _DATE.search(_header(content))
    return taken_at(content) or (_moment(written[1]) if written else None)


def _header(content: bytes) -> bytes:
    return content[:HEADER_LIMIT].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0] + b"\n"


def _moment(stamp: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(" ".join(stamp.decode("ascii", "replace").split()))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
