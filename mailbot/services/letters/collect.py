"""Take letters in: from a mailbox, or from files, through the same door."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.model import MailboxLocation
from mailbot.parsing import read_envelope
from mailbot.services.letters.first_glance import glance
from mailbot.services.letters.start_of_work import came_before
from mailbot.store import Store
from mailbot.store.database import leases
from mailbot.store.database.wrong_times import farthest
from mailbot.store.mail import incoming
from mailbot.transport import FileFault, ImapMailbox, read_path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CollectedLetter:
    """One letter taken in. `fresh` is False where its bytes were known already."""

    source: str
    letter_id: int
    fresh: bool


def collect(
    store: Store,
    mailbox: ImapMailbox,
    holder: str,
    hold: timedelta,
    clock: Callable[[], datetime],
    start: datetime | None = None,
) -> int | None:
    """Fetch every letter not yet kept, folder by folder; the number of fresh ones.

    None where another process holds the mailbox (one poller a mailbox); `hold` is how long this one
    keeps it after its last sign of life, longer than it ever waits between two calls. The raw bytes and the cursor
    are committed together before the letter is flagged: whatever breaks, nothing is skipped. Letters before `start` (None:
    there are none) are kept closed, and not flagged: people go on with them as they did.
    """
    lease = f"mailbox:{mailbox.name}"
    renewed, fresh = clock(), 0
    _tell_of_wrong_clock(store.ask(leases.lease_of, lease), holder, hold, renewed)
    if not store.do(leases.take_lease, lease, holder, renewed + hold, renewed):
        return None
    for folder in mailbox.folders():
        taken = []
        for fetched in mailbox.fetch_new(folder, store.ask(incoming.cursor, mailbox.name, folder)):
            now = clock()
            envelope = read_envelope(fetched.raw.content)
            before = start if came_before(fetched.raw, start) else None
            kept = store.do(
                incoming.save_letter,
                fetched.raw,
                envelope,
                fetched.place,
                _where(fetched.place),
                now,
                before,
                urgent=before is None and glance(fetched.raw),
            )
            fresh += kept.fresh
            if before is None:
                taken.append(fetched.place.uid)
            if abs(now - renewed) > hold / 4:  # a clock that was set back renews it too
                renewed = now
                if not store.do(leases.take_lease, lease, holder, renewed + hold, renewed):
                    return None
        if taken:
            mailbox.mark_seen(folder, taken)
    return fresh


def _tell_of_wrong_clock(held: leases.HeldLease | None, holder: str, hold: timedelta, now: datetime) -> None:
    if held is not None and held.holder != holder and held.until > farthest(now, hold):
        log.warning(
            "Ящик числится за %s до %s, так надолго его не берут: чьи-то часы спешили. Принимает этот процесс.",
            held.holder,
            f"{held.until:%d.%m.%Y %H:%M} UTC",
        )


def _where(place: MailboxLocation) -> str:
    return f"{place.mailbox}/{place.folder}/{place.uidvalidity}/{place.uid}"


def intake(
    store: Store, paths: Iterable[Path], clock: Callable[[], datetime]
) -> Iterable[CollectedLetter | FileFault]:
    """Take letters in from `.eml`, mbox and Maildir; a file that is no letter is told, not fatal."""
    for path in paths:
        for item in read_path(path):
            if isinstance(item, FileFault):
                yield item
            else:
                source, raw = item
                envelope = read_envelope(raw.content)
                kept = store.do(
                    incoming.save_letter, raw, envelope, None, source, clock(), urgent=glance(raw)
                )
                yield CollectedLetter(source, kept.letter_id, kept.fresh)
