"""The daemon's processes: each opens its own connections and loops over one service."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import TypeVar
from zoneinfo import ZoneInfo

import schedule

from mailbot.command_setup import clock, load_files, load_files_at_start
from mailbot.config import ConfigError, Settings, read_password, resource_folder
from mailbot.first_settings import where_to_fill_in
from mailbot.logs import log_to_stderr
from mailbot.model import RawLetter, Rulebook, RulebookError
from mailbot.model.daemon_role import DaemonRole
from mailbot.parsing import parse
from mailbot.schema_watch import SchemaWatch
from mailbot.services.doctor import check_channels, check_start_date
from mailbot.services.in_force.rules_and_templates import ActiveRules, ActiveRulesCache, load_checked_rules
from mailbot.services.letters.attempt import ATTEMPTS, Handle, WorkerContext, attempt_next
from mailbot.services.letters.collect import MailboxLease, MailboxTaken
from mailbot.services.letters.deliver import Deliverer
from mailbot.services.letters.handle import handle as handle_letter
from mailbot.services.letters.mailbox_round import MailboxRound
from mailbot.services.letters.start_of_work import begin_work
from mailbot.services.reminders.daily_round import remind_daily
from mailbot.signed_links import rate_links, report_address, stop_links
from mailbot.store import Store, StoreUnavailable
from mailbot.store.mail import incoming_claims
from mailbot.transport import (
    AuthenticationError,
    Backoff,
    ImapMailbox,
    ImapSettings,
    SmtpClient,
    SmtpSettings,
    TransportError,
)
from mailbot.transport.departure_journal import DepartureJournal
from mailbot.understanding import understand

log = logging.getLogger(__name__)

T = TypeVar("T")

IDLE_PAUSE = 0.5
"""Seconds between looks at the database for work."""

WARMING_UP = tuple(
    RawLetter(f"Subject: проба\n\n{text}".encode(), datetime(2026, 1, 1, tzinfo=UTC))
    for text in (
        "Лицевой счёт 4402215, горячая вода 345. Иванова Мария, пишу с дачи.",
        "The delivery of your letter to this address has failed.",
    )
)
"""A Russian letter with a reading and words beside it, and an English one: each loads what only its like is judged by."""

SMTP_STEPS = 10
"""Answers waited for in one SMTP dialogue, each up to the time limit: connect, EHLO, TLS, AUTH, DATA…"""

TELL_SECONDS = 1.0
"""How often the collector tells the supervisor that its work goes well."""

EXIT_GRACE = 10.0
"""Seconds a role may finish what it has in hand once the supervisor is gone."""

LAST_WORDS = 8.0
"""Of those, the seconds for an outcome that the database has not taken yet."""

PORT_PAUSE = 30.0
"""Seconds before a port that is taken is tried again."""

REMINDERS_MINUTES = 10
"""How often the calendar is looked at: whether today's reminders were sent is asked of the database."""

CALENDAR_PAUSE = 5.0
"""Seconds between looks at the calendar."""

ALARM_MINUTES = 1
"""How often one looks for emergencies that nobody has opened."""

REPORTS_MINUTES = 1
"""The same for the week's report, and for deadlines that are near: an emergency's is two hours off."""

STORE_PAUSE = 15.0
"""The longest pause in seconds before a database that was away is asked again: it is ours, and nobody is locked out."""

LOGIN_PAUSE = 300.0
"""Seconds after a refused login: a mailbox is locked by a robot that keeps trying a wrong password."""


def warm_up(rulebook: Rulebook) -> None:
    """Let the dictionaries load before the first letter's clock runs."""
    for raw in WARMING_UP:
        understand(parse(raw), rulebook)


def tell_rule_faults(settings: Settings, log_level: int, pipe: Connection) -> None:
    """Send a line for each fault of the rules and templates that would keep the daemon from its work; none where all is well."""
    log_to_stderr(log_level)
    try:
        rules = load_checked_rules(0, load_files_at_start(settings))
        channels = rules.rulebook.channels
        today = clock().astimezone(ZoneInfo(channels.time_zone)).date()
        checks = (
            check_channels(channels, where_to_fill_in(settings, "channels.toml")),
            check_start_date(settings.imap.start_date, today),
        )
        pipe.send(tuple(check.fault for check in checks if check.fault))
    except (ConfigError, RulebookError) as error:
        pipe.send(error.faults)


def open_store(settings: Settings) -> Store:
    """The database of these settings; the data directory is made where it is missing."""
    if settings.database.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Store(settings.database, resource_folder("db"))


def departure_journal(settings: Settings) -> DepartureJournal:
    """What left this machine: beside the database, and never restored with it."""
    return DepartureJournal(settings.data_dir / "departures.log")


def open_current_rules(settings: Settings, store: Store) -> ActiveRulesCache:
    """The rules that hold: the files, and above them what staff have changed in the browser."""
    return ActiveRulesCache(store, lambda: load_files(settings), rate_links(settings))


def build_bench(
    settings: Settings, rules: ActiveRules, name: str, handle: Handle = handle_letter
) -> WorkerContext:
    """The rules and limits of a worker."""
    return WorkerContext(
        name=name,
        rules=rules,
        time_limit=timedelta(seconds=settings.daemon.handle_seconds),
        retry_after=timedelta(seconds=settings.daemon.retry_seconds),
        handle=handle,
    )


def mailbox(settings: Settings) -> ImapMailbox:
    return ImapMailbox(imap_settings(settings))


def imap_settings(settings: Settings) -> ImapSettings:
    imap = settings.imap
    return ImapSettings(
        host=imap.host,
        port=imap.port,
        security=imap.security,
        login=imap.login,
        password=settings.imap_password.get_secret_value(),
        folders=imap.folders,
        timeout=imap.timeout_seconds,
        ca_file=imap.ca_file,
        size_limit=imap.size_limit_bytes,
        read_password=lambda: read_password(imap.password_file, settings.imap_password),
    )


def smtp(settings: Settings, from_address: str) -> SmtpClient:
    section = settings.smtp
    return SmtpClient(
        SmtpSettings(
            host=section.host,
            port=section.port,
            security=section.security,
            login=section.login or None,
            password=settings.smtp_password.get_secret_value() or None,
            timeout=section.timeout_seconds,
            ca_file=section.ca_file,
            from_address=from_address,
            read_password=lambda: read_password(section.password_file, settings.smtp_password),
        )
    )


@dataclass(frozen=True, slots=True)
class ProcessJob:
    """What a process of the daemon is started with; `handle` decides one letter."""

    settings: Settings
    name: str
    handle: Handle = handle_letter
    log_level: int = logging.INFO


Role = Callable[[ProcessJob, Connection], None]
"""What a process of the daemon is for: it takes its job and the pipe to the supervisor."""


class SupervisorPipe:
    """The end of the pipe to the supervisor: tells it what is in hand, and when to go."""

    def __init__(self, job: ProcessJob, pipe: Connection) -> None:
        log_to_stderr(job.log_level)
        self._pipe = pipe
        self.gone = threading.Event()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the supervisor's to act on
        signal.signal(signal.SIGTERM, lambda *_: self.gone.set())
        threading.Thread(target=self._watch, daemon=True).start()

    def tell(self, letter_id: int | None) -> None:
        try:
            self._pipe.send(letter_id)
        except OSError:
            self.gone.set()

    def _watch(self) -> None:
        """The supervisor never writes: readiness means that its end is closed, so it is gone."""
        with contextlib.suppress(OSError):
            self._pipe.poll(None)
        self.gone.set()
        threading.Timer(EXIT_GRACE, os._exit, (1,)).start()


def worker(job: ProcessJob, pipe: Connection) -> None:
    """Decide letters, one after another."""
    leash, store = SupervisorPipe(job, pipe), open_store(job.settings)
    cache = open_current_rules(job.settings, store)
    warm_up(ask_until_answered(leash.gone, cache.current).rulebook)

    def turn() -> bool:
        tools = build_bench(job.settings, cache.current(), job.name, job.handle)
        if store.ask(
            incoming_claims.any_exhausted, clock(), ATTEMPTS, tools.lease
        ):  # a reader holds nobody up
            store.do(incoming_claims.give_up_exhausted, clock(), ATTEMPTS, tools.lease)
        return attempt_next(store, tools, clock, leash.tell)

    _loop(leash, store, turn, IDLE_PAUSE)


def collector(job: ProcessJob, pipe: Connection) -> None:
    """The mailbox's only connection: take letters in, settle and copy what was sent, wait (IDLE)."""
    leash, store, box = SupervisorPipe(job, pipe), open_store(job.settings), mailbox(job.settings)
    pause = job.settings.imap.poll_seconds
    hold = timedelta(seconds=2 * pause + job.settings.imap.timeout_seconds)
    lease, backoff = MailboxLease(store, box.name, job.name, hold, clock), new_backoff()
    told_at = 0.0

    def progress() -> None:
        nonlocal told_at
        backoff.reset()
        if time.monotonic() - told_at >= TELL_SECONDS:  # of thousands of old letters not each is told
            told_at = time.monotonic()
            leash.tell(None)

    cache = open_current_rules(job.settings, store)

    def begin() -> datetime | None:
        zone = cache.current().rulebook.channels.time_zone
        return begin_work(store, box.name, job.settings.imap.start_date, zone, clock())

    rounds, watch = MailboxRound(store, box, lease, clock, begin, progress), SchemaWatch(store)

    def turn() -> bool:
        with contextlib.ExitStack() as connection:
            try:
                connection.enter_context(box)
            except TransportError as error:
                rounds.show_unreachable(error)
                raise
            rounds.show_reachable()
            while not leash.gone.is_set():
                watch.look()
                try:
                    more = rounds.run()
                except MailboxTaken:
                    return False  # another poller has the mailbox: stand by
                if not more:
                    rounds.wait(pause, leash.gone.wait)
        return False

    _loop(leash, store, turn, pause, backoff)
    with contextlib.suppress(StoreUnavailable):  # it runs out by itself
        lease.drop()


def deliverer(job: ProcessJob, pipe: Connection) -> None:
    """Send what is due."""
    leash, store = SupervisorPipe(job, pipe), open_store(job.settings)
    cache = open_current_rules(job.settings, store)
    client = smtp(job.settings, ask_until_answered(leash.gone, cache.current).rulebook.channels.mail)
    lease = timedelta(seconds=job.settings.smtp.timeout_seconds * SMTP_STEPS)
    job.settings.data_dir.mkdir(parents=True, exist_ok=True)
    sender = Deliverer(store, client, job.name, lease, clock, journal=departure_journal(job.settings))

    def turn() -> bool:
        return sender.deliver_next(cache.current().rulebook)

    _loop(leash, store, turn, IDLE_PAUSE)
    _record_last(sender)


def _record_last(sender: Deliverer) -> None:
    """A letter that has left while the database was away: the process does not go before it has tried for a while."""
    until, told = time.monotonic() + LAST_WORDS, True
    while not sender.record_unrecorded(tell=told) and time.monotonic() < until:
        told = False
        time.sleep(IDLE_PAUSE)


def calendar(job: ProcessJob, pipe: Connection) -> None:
    """What the clock brings: alarms, reminders, reports, deadlines. Apart, for a big report takes seconds and no letter waits."""
    # loaded by this process alone: the others start without what draws papers
    from mailbot.services.desk.second_look import draw_due
    from mailbot.services.letters.emergency_alarm import sound_alarms
    from mailbot.services.letters.held_for_room import release_held
    from mailbot.services.reporting.deadline_watch import watch_deadlines
    from mailbot.services.reporting.sending import send_due

    leash, store = SupervisorPipe(job, pipe), open_store(job.settings)
    cache, links, address = (
        open_current_rules(job.settings, store),
        stop_links(job.settings),
        report_address(job.settings),
    )
    due = schedule.Scheduler()
    for minutes, what, do in (
        (
            REMINDERS_MINUTES,
            "Напоминания",
            lambda: remind_daily(store, cache.current(), links, job.name, clock()),
        ),
        (REPORTS_MINUTES, "Второй взгляд", lambda: draw_due(store, cache.current(), clock())),
        (REPORTS_MINUTES, "Отчёт", lambda: send_due(store, cache.current(), address, clock())),
        (ALARM_MINUTES, "Задержанные письма", lambda: release_held(store, cache.current().rulebook, clock())),
        (ALARM_MINUTES, "Аварии", lambda: sound_alarms(store, cache.current(), address, clock())),
        (REPORTS_MINUTES, "Сроки", lambda: watch_deadlines(store, cache.current(), address, clock())),
    ):
        due.every(minutes).minutes.do(_try, what, do)
    due.run_all()  # what an outage kept back does not wait for the clock

    def turn() -> bool:
        due.run_pending()
        return False

    _loop(leash, store, turn, CALENDAR_PAUSE)


def _try(what: str, due: Callable[[], object]) -> None:
    """What the calendar holds, once. Never raises for a fault of the world: the library would not call it again."""
    try:
        due()
    except StoreUnavailable as error:
        log.warning("%s: %s", what, error)
    except Exception:  # a report that cannot be made must not keep the others back
        log.exception("%s: не удалось", what)


def new_backoff() -> Backoff:
    """The pauses of a role whose servers or database are away."""
    return Backoff(first=1.0, last=300.0)


def _loop(
    leash: SupervisorPipe,
    store: Store,
    turn: Callable[[], bool],
    pause: float,
    backoff: Backoff | None = None,
) -> None:
    """Turn until told to go; the supervisor hears of each turn that did work. What the world does wrong is logged,
    waited out, and tried again: a turn that ends well begins the pauses anew, and so may the turn itself.
    """
    backoff, watch = backoff or new_backoff(), SchemaWatch(store)
    while not leash.gone.is_set():
        try:
            watch.look()
            busy = turn()
            backoff.reset()
            if busy:
                leash.tell(None)
        except AuthenticationError as error:
            log.error("%s", error)
            leash.gone.wait(LOGIN_PAUSE)
        except (TransportError, StoreUnavailable) as error:
            wait = backoff.next()
            if isinstance(error, StoreUnavailable):
                wait = min(wait, STORE_PAUSE)
            log.warning("%s Новая попытка через %.0f с.", error, wait)
            leash.gone.wait(wait)
        else:
            if not busy:
                leash.gone.wait(pause)


def ask_until_answered(gone: threading.Event, question: Callable[[], T]) -> T:
    """What is needed before the first turn, asked until the database answers. SystemExit where one is told to go meanwhile."""
    backoff = Backoff(first=1.0, last=STORE_PAUSE)
    while not gone.is_set():
        try:
            return question()
        except StoreUnavailable as error:
            pause = backoff.next()
            log.warning("%s Новая попытка через %.0f с.", error, pause)
            gone.wait(pause)
    raise SystemExit(0)


def pages(job: ProcessJob, pipe: Connection) -> None:
    """Serve the pages of the staff until told to go."""
    from mailbot.web.serving import PageServer

    leash, store = SupervisorPipe(job, pipe), open_store(job.settings)
    try:
        server = PageServer(job.settings, store)
    except ConfigError as error:
        log.error("%s", error)  # mail goes on without the pages; the supervisor tries again
        leash.gone.wait(PORT_PAUSE)
        return
    log.info("Страницы: %s", job.settings.web.address)
    threading.Thread(target=server.run, name="pages", daemon=True).start()
    leash.gone.wait()
    server.close()


ROLES: Mapping[DaemonRole, Role] = {
    DaemonRole.COLLECTOR: collector,
    DaemonRole.WORKER: worker,
    DaemonRole.DELIVERER: deliverer,
    DaemonRole.CALENDAR: calendar,
    DaemonRole.PAGES: pages,
}
"""What a process of the daemon may be; each takes its job and the pipe."""
