"""A report that letters did not arrive, and the letter of ours that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a mail server reports (RFC 3464, or the text of a server that knows no such form).

    `recipients` are the addresses, in lower case, at which delivery has failed for good (none where the report names
    none, against RFC 3464 2.3.2); `quoted` is all that the report
    says and cites, with every transfer encoding undone: the Message-ID of the letter returned is looked for there.
    """

    recipients: tuple[str, ...]
    quoted: str


@dataclass(frozen=True, slots=True)
class ReturnedLetters:
    """Letters of ours that a report of the moment `at` says did not arrive: the addresses that failed (lower case), and
    the ids of ours that it cites."""

    at: datetime
    recipients: tuple[str, ...]
    message_ids: tuple[str, ...] = ()
