"""Take letters in: from a mailbox, or from files, through the same door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.model import MailboxLocation
from mailbot.parsing import read_envelope
from mailbot.store import Store
from mailbot.store.database import leases
from mailbot.store.mail import incoming
from mailbot.transport import FileFault, ImapMailbox, read_path


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
        self._name, self._holder, self._hold = f"mailbox:{mailbox}", holder, hold
        self._renewed: datetime | None = None

    def take(self) -> None:
        """Take or prolong the lease; MailboxTaken where another process has it."""
        now = self._clock()
        if not self._store.do(leases.take_lease, self._name, self._holder, now + self._hold, now):
            self._renewed = None
            raise MailboxTaken
        self._renewed = now

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
    progress: Callable[[], object] = lambda: None,
) -> int:
    """Fetch every letter of a folder that is not yet kept; the number of fresh ones. `progress` hears of each.

    MailboxTaken where another process has taken the mailbox meanwhile. The raw bytes and the cursor are committed
    together before the letter is flagged: whatever breaks, nothing is skipped.
    """
    fresh, taken = 0, []
    for fetched in mailbox.fetch_new(folder, store.ask(incoming.cursor, mailbox.name, folder)):
        envelope = read_envelope(fetched.raw.content)
        where = _where(fetched.place)
        kept = store.do(incoming.save_letter, fetched.raw, envelope, fetched.place, where, clock())
        fresh += kept.fresh
        taken.append(fetched.place.uid)
        progress()
        lease.keep()
    if taken:
        mailbox.mark_seen(folder, taken)
    return fresh


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
                kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, source, clock())
                yield CollectedLetter(source, kept.letter_id, kept.fresh)
