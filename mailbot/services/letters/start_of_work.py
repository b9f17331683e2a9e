"""From which moment the letters of a mailbox are the robot's; who installs it has answered the older ones, or meant to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import RawLetter
from mailbot.store import Store
from mailbot.store.mail import before_start
from mailbot.transport.received import taken_at

LONGEST_WAIT = timedelta(days=30)
"""Where nobody set a day: whoever wrote so long before the first look has had his answer, or waits past every deadline
(the longest that any law gives is 30 days: № 59-ФЗ, ст. 12)."""


def begin_work(
    store: Store, mailbox: str, first_day: date | None, time_zone: str, now: datetime
) -> datetime | None:
    """The start of work in a mailbox, in the company's time zone: letters before it are not answered. None: all are.

    Where `first_day` is not set, what is remembered of the mailbox holds: `LONGEST_WAIT` before its first look, so that an
    outage of months silences nobody; nothing where it was collected before anything was remembered.
    """
    remembered = store.do(before_start.remember_start, mailbox, now - LONGEST_WAIT)
    if first_day is None and remembered is None:
        return None
    return first_moment(first_day, remembered or now, time_zone)


def first_moment(first_day: date | None, remembered: datetime, time_zone: str) -> datetime:
    """The beginning of the day that is set, else the moment that is remembered; in the company's time zone."""
    zone = ZoneInfo(time_zone)
    if first_day is None:
        return remembered.astimezone(zone)
    return datetime.combine(first_day, time(), zone)


def came_before(raw: RawLetter, start: datetime | None) -> bool:
    """Did the letter surely come before the start? In doubt it did not, for what is old is silenced.

    The mailbox must say so itself, and no server on the letter's way may say otherwise: a clock that stood at 1970 is no
    reason for silence.
    """
    if start is None or not raw.dated or raw.received_at >= start:
        return False
    taken = taken_at(raw.content)
    return taken is None or taken < start
