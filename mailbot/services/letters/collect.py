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


class MailboxTaken(Exception):
    """Another process holds the mailbox: this one stands by."""


class MailboxLease:
    """One poller a mailbox. `hold` is how long this one keeps it after its last sign of life, longer than it ever waits
    between two calls.
    """

    def __init__(
        self, store: Store, mailbox: str, holder: str, hold: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._clock = store, clock
        self._mailbox, self._holder, self._hold = mailbox, holder, hold
        self._name = f"mailbox:{mailbox}"
        self._renewed: datetime | None = None
        self._stands_by = False

    def take(self) -> None:
        """Take or prolong the lease; MailboxTaken where another process has it."""
        now = self._clock()
        if self._renewed is None:
            _tell_of_wrong_clock(self._store.ask(leases.lease_of, self._name), self._holder, self._hold, now)
        if not self._store.do(leases.take_lease, self._name, self._holder, now + self._hold, now):
            self._renewed = None
            self._tell(stands_by=True)
            raise MailboxTaken
        self._renewed = now
        self._tell(stands_by=False)

    def _tell(self, *, stands_by: bool) -> None:
        """Once at each change: a process that only waits must not look like one that hangs."""
        if self._stands_by is stands_by:
            return
        self._stands_by = stands_by
        if not stands_by:
            log.info("Ящик %s теперь принимает этот процесс.", self._mailbox)
            return
        held = self._store.ask(leases.lease_of, self._name)
        whose = f"процесс {held.holder}, до {held.until:%d.%m.%Y %H:%M:%S} UTC" if held else "другой процесс"
        log.info(
            "Ящик %s принимает %s; этот процесс ждёт и примет его, если тот замолчит.", self._mailbox, whose
        )

    def keep(self) -> None:
        """A sign of life in the midst of work; asks the database once a quarter of the hold."""
        if self._renewed is None or not timedelta() <= self._clock() - self._renewed <= self._hold / 4:
            self.take()

    def is_held_by_another(self) -> bool:
        """Does another process read the mailbox?"""
        return self._store.ask(leases.is_held_by_another, self._name, self._holder, self._clock())

    def drop(self) -> None:
        """Another process may take over at once."""
        self._renewed = None
        self._store.do(leases.drop_lease, self._name, self._holder)


def collect(
    store: Store,
    mailbox: ImapMailbox,
    folder: str,
    lease: MailboxLease,
    clock: Callable[[], datetime],
    start: datetime | None = None,
    progress: Callable[[], object] = lambda: None,
) -> int:
    """Fetch every letter of a folder that is not yet kept; the number of fresh ones. `progress` hears of each.

    Letters before `start` (None: there are none) are kept closed, and not flagged: people go on with them as they did.

    MailboxTaken where another process has taken the mailbox meanwhile. The raw bytes and the cursor are committed
    together before the letter is flagged: whatever breaks, nothing is skipped.
    """
    fresh, taken = 0, []
    for fetched in mailbox.fetch_new(folder, store.ask(incoming.cursor, mailbox.name, folder)):
        before = start if came_before(fetched.raw, start) else None
        kept = store.do(
            incoming.save_letter,
            fetched.raw,
            read_envelope(fetched.raw.content),
            fetched.place,
            _where(fetched.place),
            clock(),
            before,
            urgent=before is None and glance(fetched.raw),
        )
        fresh += kept.fresh
        if before is None:
            taken.append(fetched.place.uid)
        progress()
        lease.keep()
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
