"""What the mailbox is read and written for; each duty fails alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailboxDuty(StrEnum):
    CONNECTING = "connecting"  # the mailbox is opened: without it there is none of the rest
    LISTING = "listing"  # which folders there are
    COLLECTING = "collecting"  # letters of one folder → the database
    COMPLETING = "completing"  # letters that were had in part are asked for again
    SETTLING = "settling"  # uncertain letters of ours are looked up in Sent
    COPYING = "copying"  # copies of what was sent → Sent
    JUNK = "junk"  # how many letters lie in the spam folder
    WAITING = "waiting"  # the server tells of news


@dataclass(frozen=True, slots=True)
class MailboxFault:
    """A duty that fails, since when, and what the server said last. `folder` is empty where the duty has none."""

    mailbox: str
    duty: MailboxDuty
    folder: str
    why: str
    since: datetime
