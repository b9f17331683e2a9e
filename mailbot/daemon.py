"""The daemon: a supervisor and its processes, one role each.

    supervisor ─┬─ collector   mailbox → raw letters; copies of what was sent → Sent
                ├─ worker × N  raw letters → decisions and outgoing letters
                ├─ deliverer   outgoing letters → SMTP
                ├─ calendar    reminders, reports, deadlines, when their time comes
                └─ pages       the pages of the staff, where they are served at all

All are forked from one that has loaded everything (`fork_preload`). They share nothing but the database, so each may be
killed at any moment. The supervisor
ends a worker that hangs on a letter, counts that as the letter's failed attempt, and starts another.
Each process watches its pipe to the supervisor: when the supervisor is gone, however it went, they go.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from mailbot import daemon_roles
from mailbot.command_setup import clock
from mailbot.config import ConfigError, Settings
from mailbot.fork_source import FORKING, start_loading
from mailbot.letter_budget import MEGABYTE, LetterBudget, ProcessUse, use_of
from mailbot.look_for_restore import look_for_restore
from mailbot.model.daemon_role import DaemonRole
from mailbot.services.letters.attempt import Handle, give_to_person, record_failure
from mailbot.services.letters.handle import handle as handle_letter
from mailbot.store import StoreUnavailable
from mailbot.transport import Backoff

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 15.0
"""How long a process may finish its letter after SIGTERM; then it is ended, which loses nothing."""

RESTART_SECONDS = (1.0, 60.0)
"""First and longest pause before a process that died is started again; one that did good work begins with the first."""

LONG_LIFE = 60.0
"""Seconds after which a process that ends is started again at once: it did its work for longer than any pause."""


@dataclass(slots=True)
class ChildProcess:
    """A process of the daemon, as its supervisor sees it."""

    role: DaemonRole
    name: str
    process: BaseProcess | None = None
    pipe: Connection | None = None
    letter_id: int | None = None
    letter_since: float = 0.0
    use_before: ProcessUse | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    backoff: Backoff = field(
        default_factory=lambda: Backoff(first=RESTART_SECONDS[0], last=RESTART_SECONDS[1])
    )


class Daemon:
    """Runs the roles until told to stop. `tick` is called about twice a second (the demo's table).

    `handle` is the decision of one letter; the tests plant letters that make it fail or hang. `roles`: what of it this
    machine does.
    """

    def __init__(
        self,
        settings: Settings,
        handle: Handle = handle_letter,
        tick: Callable[[], bool] = lambda: True,
        roles: Collection[DaemonRole] = tuple(DaemonRole),
    ) -> None:
        self._settings = settings
        self._handle = handle
        self._tick = tick
        self._stop = threading.Event()
        start_loading(settings)
        self._check_rules()
        self._store = daemon_roles.open_store(settings)
        daemon = settings.daemon
        self._budget = LetterBudget(daemon.letter_cpu_seconds, daemon.letter_megabytes * MEGABYTE)
        self._retry_after = timedelta(seconds=settings.daemon.retry_seconds)
        node = f"{socket.gethostname()}:{os.getpid()}"
        children = [
            ChildProcess(DaemonRole.COLLECTOR, f"{node}/collector"),
            *(
                ChildProcess(DaemonRole.WORKER, f"{node}/worker{n + 1}")
                for n in range(settings.daemon.workers)
            ),
            ChildProcess(DaemonRole.DELIVERER, f"{node}/deliverer"),
            ChildProcess(DaemonRole.CALENDAR, f"{node}/calendar"),
            *([ChildProcess(DaemonRole.PAGES, f"{node}/pages")] if settings.web.enabled else []),
        ]
        self._children = [child for child in children if child.role in roles]

    def _check_rules(self) -> None:
        """ConfigError with a line for each fault of the rules and templates. A process that has them loaded looks: the
        supervisor itself holds none, which spares their memory a second time."""
        ours, theirs = FORKING.Pipe()
        checking = FORKING.Process(
            target=daemon_roles.tell_rule_faults,
            args=(self._settings, _log_level(), theirs),
            name="rules",
            daemon=True,
        )
        checking.start()
        theirs.close()
        try:
            faults: tuple[str, ...] = ours.recv()
        except EOFError:
            faults = (
                "Проверка правил прервана: процесс завершился, не сказав почему. Проверьте: mailbot doctor.",
            )
        checking.join()
        ours.close()
        if faults:
            raise ConfigError(faults)

    def stop(self, *_: object) -> None:
        """Finish the letters in hand and end; safe to call from a signal handler."""
        self._stop.set()

    def run(self) -> None:
        """Run until `stop`, SIGTERM, SIGINT, or until `tick` says False."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        try:
            self._look_for_a_restore()
            while not self._stop.is_set() and self._tick():
                self._step()
        finally:
            self._end()

    def _look_for_a_restore(self) -> None:
        """Before anything is numbered or sent; a database that is away is waited for. Who sends nothing leaves that to others."""
        if all(child.role is not DaemonRole.DELIVERER for child in self._children):
            return
        with contextlib.suppress(SystemExit):  # told to stop meanwhile: nothing has been started
            daemon_roles.ask_until_answered(
                self._stop, lambda: look_for_restore(self._settings, self._store, self._stop)
            )

    def _step(self) -> None:
        for child in self._children:
            self._keep_running(child)
            self._end_if_hung(child)
            self._end_if_costly(child)
        pipes = [child.pipe for child in self._children if child.pipe]
        for ready in wait(pipes, timeout=0.3) if pipes else ():
            self._hear(next(child for child in self._children if child.pipe is ready))

    def _keep_running(self, child: ChildProcess) -> None:
        if child.process is not None and child.process.is_alive():
            return
        if child.process is not None:
            self._bury(child)
        if time.monotonic() >= child.start_at:
            ours, theirs = FORKING.Pipe()
            child.process = FORKING.Process(
                target=daemon_roles.ROLES[child.role],
                args=(self._job(child), theirs),
                name=child.name,
                daemon=True,
            )
            child.process.start()
            child.started_at = time.monotonic()
            theirs.close()
            child.pipe = ours

    def _job(self, child: ChildProcess) -> daemon_roles.ProcessJob:
        return daemon_roles.ProcessJob(self._settings, child.name, self._handle, _log_level())

    def _bury(self, child: ChildProcess) -> None:
        """A process ended by itself: count the letter it had in hand as failed, start anew, soon where it did its work."""
        process, child.process = child.process, None
        code, now = process.exitcode if process else None, time.monotonic()
        if now - child.started_at >= LONG_LIFE:
            child.backoff.reset()
            pause = 0.0
        else:
            pause = child.backoff.next()
        log.error("Процесс %s завершился (код %s); будет запущен снова через %.0f с", child.name, code, pause)
        self._fail_letter(child, f"процесс разбора завершился аварийно (код {code})")
        child.start_at = now + pause
        self._close(child)

    def _end_if_hung(self, child: ChildProcess) -> None:
        limit = self._settings.daemon.handle_seconds
        if child.letter_id is None or time.monotonic() - child.letter_since < limit:
            return
        log.error("Письмо %s разбирается дольше %s с; процесс %s заменён", child.letter_id, limit, child.name)
        self._kill(child)
        self._fail_letter(child, f"разбор не уложился в {limit:g} с")

    def _end_if_costly(self, child: ChildProcess) -> None:
        """Another attempt would cost as much: the others of its sender, and all who wait, do not wait for it."""
        pid = child.process.pid if child.process is not None else None
        if child.letter_id is None or child.use_before is None or pid is None:
            return
        use = use_of(pid)
        why = self._budget.why_spent(child.use_before, use) if use is not None else ""
        if not why:
            return
        log.error("Письмо %s: %s; его увидит сотрудник, процесс %s заменён", child.letter_id, why, child.name)
        self._kill(child)
        self._fail_letter(child, why, last=True)

    def _kill(self, child: ChildProcess) -> None:
        if child.process is not None:
            child.process.kill()
            child.process.join()
        child.process = None
        self._close(child)

    def _fail_letter(self, child: ChildProcess, error: str, *, last: bool = False) -> None:
        if child.letter_id is None:
            return
        try:
            if last:
                give_to_person(self._store, child.letter_id, error, clock())
            else:
                record_failure(self._store, child.letter_id, error, self._retry_after, clock())
        except StoreUnavailable as away:  # the attempt is counted already; its lease will run out
            log.warning("Письмо %s: %s", child.letter_id, away)
        except Exception:  # nothing of one letter ends the one that keeps the others running
            log.exception("Письмо %s: неудачу разбора записать не удалось", child.letter_id)
        child.letter_id = None

    def _hear(self, child: ChildProcess) -> None:
        """A process tells which letter it began (its id), or that its work went well and it is free (None)."""
        try:
            message = child.pipe.recv() if child.pipe else None
        except (EOFError, OSError):
            self._close(child)
            return
        child.letter_id, child.letter_since = message, time.monotonic()
        pid = child.process.pid if child.process is not None and message is not None else None
        child.use_before = use_of(pid) if pid is not None else None
        child.backoff.reset()

    @staticmethod
    def _close(child: ChildProcess) -> None:
        if child.pipe is not None:
            child.pipe.close()
            child.pipe = None

    def _end(self) -> None:
        for child in self._children:
            self._close(child)  # the processes see the end of their pipe and finish
        deadline = time.monotonic() + SHUTDOWN_SECONDS
        for child in self._children:
            if child.process is not None:
                child.process.join(max(0.0, deadline - time.monotonic()))
                if child.process.is_alive():
                    child.process.kill()
                    child.process.join()
        self._store.close()


def _log_level() -> int:
    return logging.getLogger().getEffectiveLevel()
