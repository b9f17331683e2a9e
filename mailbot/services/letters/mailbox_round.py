"""One round over the mailbox: folders, letters in, what is uncertain, copies out; then wait for news."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.services.letters.attempt import Clock
from mailbot.services.letters.collect import MailboxLease, collect
from mailbot.services.letters.completing import LetterCompletion
from mailbot.services.letters.deliver import COPIES, copy_to_sent, settle_uncertain
from mailbot.services.letters.mailbox_duties import MailboxDuties
from mailbot.store import Store, StoreUnavailable
from mailbot.store.mail import mailbox_faults
from mailbot.transport import ImapMailbox, TransportError

log = logging.getLogger(__name__)

LIST_SECONDS = 60.0
"""How often folders are listed again while letters keep coming; where none come, after each wait."""

JUNK_SECONDS = 3600.0
"""How often the spam folder is looked at."""

COMPLETE_SECONDS = 600.0
"""How often letters that came in part are asked for again."""


class MailboxRound:
    """All that one connection does, again and again. Lives longer than the connection.

    `begin` tells once, before the first letter, from which moment letters are work (`start_of_work`; None: all are).
    `progress` is called when something went well: a letter was kept, a round came to its end.
    """

    def __init__(
        self,
        store: Store,
        mailbox: ImapMailbox,
        lease: MailboxLease,
        clock: Clock,
        begin: Callable[[], datetime | None] = lambda: None,
        progress: Callable[[], object] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._mailbox, self._lease = store, mailbox, lease
        self._clock, self._progress, self._monotonic = clock, progress, monotonic
        self._find_start = begin
        self._start: datetime | None = None
        self._duties = MailboxDuties(self._show, monotonic)
        self._began = self._unreachable = False
        self._completion = LetterCompletion(store, mailbox, clock)
        self._listed_at = self._junk_at = self._completed_at = float("-inf")
        self._quiet = False

    def run(self) -> bool:
        """Does more work wait than a round takes? MailboxTaken where another process holds the mailbox."""
        self._lease.take()
        self._begin()
        self._list()
        self._collect()
        self._look_into_junk()
        self._complete()
        attempt, keep = self._duties.attempt, self._lease.keep
        settled = partial(settle_uncertain, self._store, self._mailbox, self._clock, keep)
        attempt(MailboxDuty.SETTLING, settled)
        copied = attempt(
            MailboxDuty.COPYING, partial(copy_to_sent, self._store, self._mailbox, self._clock, keep)
        )
        self._progress()
        return copied == COPIES

    def show_unreachable(self, error: TransportError) -> None:
        """The mailbox could not be opened, and nobody else reads it; the log is told by whoever tries again."""
        with contextlib.suppress(StoreUnavailable):
            if not self._lease.is_held_by_another():
                self._unreachable = True
                self._show(MailboxDuty.CONNECTING, "", str(error))

    def show_reachable(self) -> None:
        """The mailbox is open."""
        if self._unreachable:
            self._show(MailboxDuty.CONNECTING, "", "")
            self._unreachable = False

    def _begin(self) -> None:
        """What an earlier process met is forgotten: this one will meet what is still broken."""
        if not self._began:
            self._start = self._find_start()
            self._store.do(mailbox_faults.clear_faults, self._mailbox.name)
            self._began = True

    def _show(self, duty: MailboxDuty, folder: str, why: str) -> None:
        """Let the manager's board show what fails."""
        name = self._mailbox.name
        if why:
            self._store.do(mailbox_faults.save_fault, name, duty, folder, why, self._clock())
        else:
            self._store.do(mailbox_faults.clear_fault, name, duty, folder)

    def wait(self, seconds: float, sleep: Callable[[float], object]) -> None:
        """Until the server tells of news, or `seconds` are over."""
        news = self._duties.attempt(MailboxDuty.WAITING, partial(self._mailbox.idle, seconds, sleep))
        if news is None:
            sleep(seconds)
        self._quiet = not news

    def _list(self) -> None:
        now = self._monotonic()
        if self._quiet or now - self._listed_at >= LIST_SECONDS:
            self._listed_at, self._quiet = now, False
            self._duties.attempt(MailboxDuty.LISTING, self._mailbox.list_folders)

    def _collect(self) -> None:
        fresh = 0
        for folder in self._mailbox.folders():
            taken = partial(
                collect,
                self._store,
                self._mailbox,
                folder,
                self._lease,
                self._clock,
                self._start,
                self._progress,
            )
            fresh += self._duties.attempt(MailboxDuty.COLLECTING, taken, folder) or 0
        if fresh:
            log.info("Принято новых писем: %s", fresh)

    def _complete(self) -> None:
        now = self._monotonic()
        if now - self._completed_at >= COMPLETE_SECONDS:
            self._completed_at = now
            self._duties.attempt(MailboxDuty.COMPLETING, self._completion.run)

    def _look_into_junk(self) -> None:
        """Clients' letters end in the provider's spam folder too: somebody has to look there."""
        now = self._monotonic()
        if now - self._junk_at < JUNK_SECONDS:
            return
        self._junk_at = now
        if junk := self._duties.attempt(MailboxDuty.JUNK, self._mailbox.junk_count):
            log.warning("В папке «Спам» писем: %s. Просмотрите её: там бывают письма клиентов.", junk)
