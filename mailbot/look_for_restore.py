"""Before the daemon starts a role: did letters leave of which the database does not know?

The journal beside the database tells of those of this machine, the Sent folder of all. Sent is asked at each start; it is
waited for only where the journal is gone or proves a restore, and then not for ever: a mailbox that is away for long is
a reason to say so, and none to keep the pages from the staff.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
import time

from mailbot import daemon_roles
from mailbot.command_setup import clock
from mailbot.config import Settings
from mailbot.services.letters.restored_database import distrusts_journal, go_on_after_restore, learn_from_sent
from mailbot.store import Store
from mailbot.transport import AuthenticationError, ImapMailbox, TransportError
from mailbot.transport.departure_journal import DepartureJournal

log = logging.getLogger(__name__)

QUICK_LOOK = 5.0
"""Seconds that the mailbox has for an answer where nothing speaks for a restore: it is away, and so are new letters."""

LONGEST_WAIT = 600.0
"""Seconds in which a mailbox that is needed may come back."""


def look_for_restore(settings: Settings, store: Store, stop: threading.Event) -> None:
    """Raise the numbers and fill the journal where a restore is found. StoreUnavailable where the database is away."""
    journal = daemon_roles.departure_journal(settings)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if distrusts_journal(store, journal):
            _wait_for_sent(settings, store, journal, stop)
        else:
            _look_quickly(settings, store, journal)
        go_on_after_restore(store, journal.departures())
    except OSError as error:  # without it one goes on as one did before there was a journal
        log.error("Журнал отправленного не читается или не пишется (%s): проверьте права в data_dir", error)


def _look_quickly(settings: Settings, store: Store, journal: DepartureJournal) -> None:
    try:
        _ask_sent(settings, store, journal, min(QUICK_LOOK, settings.imap.timeout_seconds))
    except TransportError:  # the collector tells why
        log.info("«Отправленные» при запуске не прочитаны: ящик недоступен.")


def _ask_sent(settings: Settings, store: Store, journal: DepartureJournal, seconds: float) -> None:
    """Each answer of the server is waited for so long."""
    with ImapMailbox(dataclasses.replace(daemon_roles.imap_settings(settings), timeout=seconds)) as box:
        if learned := learn_from_sent(store, box, journal, clock()):
            log.warning(
                "В «Отправленных» есть наши письма, о которых не знали ни база, ни журнал: %s", learned
            )


def _wait_for_sent(
    settings: Settings, store: Store, journal: DepartureJournal, stop: threading.Event
) -> None:
    until, backoff = time.monotonic() + LONGEST_WAIT, daemon_roles.new_backoff()
    while not stop.is_set():
        try:
            return _ask_sent(settings, store, journal, settings.imap.timeout_seconds)
        except TransportError as error:
            pause = backoff.next()
            if isinstance(error, AuthenticationError):  # who tries too often is locked out
                pause = max(pause, daemon_roles.LOGIN_PAUSE)
            if time.monotonic() + pause > until:
                log.error(
                    "Что ушло после копии базы, узнать не у кого: работа начинается, и некоторые письма могут уйти второй "
                    "раз. %s",
                    error,
                )
                return None
            log.warning(
                "Похоже, база восстановлена из копии: пока «Отправленные» не прочитаны, ничего не отправляется. %s "
                "Новая попытка через %.0f с.",
                error,
                pause,
            )
            stop.wait(pause)
    return None
