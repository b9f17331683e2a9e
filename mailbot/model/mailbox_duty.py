"""What the mailbox is read and written for; each duty fails alone."""

from __future__ import annotations

from enum import StrEnum


class MailboxDuty(StrEnum):
    LISTING = "listing"  # which folders there are
    COLLECTING = "collecting"  # letters of one folder → the database
    COMPLETING = "completing"  # letters that were had in part are asked for again
    SETTLING = "settling"  # uncertain letters of ours are looked up in Sent
    COPYING = "copying"  # copies of what was sent → Sent
    JUNK = "junk"  # how many letters lie in the spam folder
    WAITING = "waiting"  # the server tells of news
