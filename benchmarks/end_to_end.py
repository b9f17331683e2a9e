"""`python -m benchmarks.end_to_end [LETTERS]`: the whole way of a letter, IMAP to SMTP, against a floor of the same run.

A private Dovecot, a sink of SMTP in a process of its own, LETTERS letters (1,000 by default) and the real daemon with one
worker over SQLite. Counted is the CPU time of all processes of the daemon, read from /proc, without the servers'. The floor
(`end_to_end_floor`) does with the same letters what any program must, and thinks nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.posted_letters import letters
from mailbot import daemon_roles
from mailbot.config import load_settings
from mailbot.model import CaseState
from mailbot.store import Store
from mailbot.store.cases import summaries
from tests.end_to_end.house import confirmed_rules, put
from tests.servers import ImapServer, dovecot_server

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
ROLES = (
    "supervisor",
    "its tracker",
    "what all are forked from",
    "collector",
    "worker",
    "deliverer",
    "calendar",
)
"""In the order in which the daemon starts them (`Daemon`, `start_loading`)."""
QUIET = 0.05
"""CPU seconds of all in a second in which none has work."""
SINK = """
import sys, threading
from mailbot.transport.embedded import EmbeddedSmtp
with EmbeddedSmtp() as sink:
    print(sink.port, flush=True)
    sys.stdin.read()
"""
SETTINGS = """
rules_dir = "rules"
[imap]
host = "{imap.host}"
port = {imap.port}
security = "plain"
login = "{imap.login}"
poll_seconds = 1
[smtp]
host = "127.0.0.1"
port = {smtp}
security = "plain"
login = ""
[web]
enabled = false
"""


@dataclass(frozen=True, slots=True)
class DaemonRun:
    """What a run of the daemon cost: CPU seconds by process, seconds to the first answer, proportional memory in MB."""

    cpu: dict[str, float]
    first_answer: float
    seconds: float
    memory: float


def main(count: int) -> None:
    posted = list(letters(count))
    size = sum(len(content) for content, _ in posted) / count / 1000
    with (
        dovecot_server() as dovecot,
        subprocess.Popen(
            [sys.executable, "-c", SINK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as sink,
        tempfile.TemporaryDirectory() as folder,
    ):
        assert sink.stdout is not None
        port = int(sink.stdout.readline())
        plain, ours = dovecot.mailbox(), dovecot.mailbox()
        put(plain, posted)
        put(ours, posted)
        floor = _floor(plain, port, Path(folder))
        idle = _daemon(dovecot.mailbox(), port, Path(folder) / "idle", 0)
        run = _daemon(ours, port, Path(folder) / "daemon", count)
        sink.communicate("")
    start, whole = sum(idle.cpu.values()), sum(run.cpu.values())
    letter = (whole - start) / count * 1000
    print(f"{count} letters of {size:.1f} kB in the mean, one worker, SQLite")
    print(f"{'floor, CPU a letter':44}{floor:8.2f} ms")
    print(f"{'mailbot, CPU a letter':44}{letter:8.2f} ms {letter / floor:6.1f} × the floor")
    for name in run.cpu:
        share = (run.cpu[name] - idle.cpu.get(name, 0)) / count * 1000
        print(f"{'  ' + name:44}{share:8.2f} ms {share / floor:6.1f} ×")
    print(f"{'letters a second':44}{count / run.seconds:8.1f}")
    print(f"{'start, CPU of all processes':44}{start:8.2f} s")
    print(f"{'from the start to the first answer':44}{run.first_answer:8.2f} s")
    print(f"{'memory of all processes, shared pages once':44}{run.memory:8.0f} MB")


def _floor(imap: ImapServer, smtp: int, folder: Path) -> float:
    """CPU of a letter in ms."""
    printed = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.end_to_end_floor"),
            *(str(imap.port), imap.login, imap.password, str(smtp), str(folder / "floor.db")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return float(printed[0]) / int(printed[1]) * 1000


def _daemon(imap: ImapServer, smtp: int, folder: Path, count: int) -> DaemonRun:
    folder.mkdir()
    confirmed_rules(folder)
    config = folder / "mailbot.toml"
    config.write_text(SETTINGS.format(imap=imap, smtp=smtp), encoding="utf-8")
    store = daemon_roles.open_store(load_settings(config))
    store.migrate()
    began = time.monotonic()
    daemon = subprocess.Popen(
        [sys.executable, "-m", "mailbot", "run", "-c", str(config)],
        cwd=ROOT,
        env={**os.environ, "MAILBOT_IMAP_PASSWORD": imap.password},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    usage = SessionUsage(daemon.pid)
    try:
        first = _wait(usage, lambda: not count or _sent(store) > 0) - began
        handling = time.monotonic()
        _wait(usage, lambda: _done(store, count))
        seconds = time.monotonic() - handling
        usage.settle()
        cpu, memory = usage.by_role(), usage.memory()
    finally:
        daemon.terminate()
        daemon.wait(timeout=60)
        store.close()
    return DaemonRun(cpu, first, seconds, memory)


def _sent(store: Store) -> int:
    return sum(
        number for state, number in store.ask(summaries.counts).items() if state != CaseState.COLLECTED
    )


def _done(store: Store, count: int) -> bool:
    return _sent(store) == count and not store.ask(summaries.pending)


def _wait(usage: SessionUsage, condition: Callable[[], bool]) -> float:
    while not condition():
        usage.look()
        time.sleep(0.2)
    return time.monotonic()


class SessionUsage:
    """CPU time and memory of every process of a session, also of those that have ended since one last looked."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._cpu: dict[int, float] = {}

    def look(self) -> None:
        for process in self._processes():
            try:
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                self._cpu[int(process.name)] = (int(fields[11]) + int(fields[12])) / TICKS
            except (OSError, IndexError):
                continue

    def settle(self) -> None:
        """Look until three quiet seconds have passed: every process has then loaded what it loads."""
        quiet = 0
        while quiet < 3:
            before = sum(self._cpu.values())
            time.sleep(1)
            self.look()
            quiet = quiet + 1 if sum(self._cpu.values()) - before < QUIET else 0

    def by_role(self) -> dict[str, float]:
        """CPU seconds of those that live, in the order of their start, and of those that have ended."""
        living = sorted(int(process.name) for process in self._processes())
        seconds = dict(zip(ROLES, (self._cpu.get(process, 0.0) for process in living), strict=False))
        return seconds | {"ended": sum(cpu for process, cpu in self._cpu.items() if process not in living)}

    def memory(self) -> float:
        """Proportional set size (proc(5), smaps_rollup) of all, in MB."""
        total = 0
        for process in self._processes():
            try:
                for line in (process / "smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
            except OSError:
                continue
        return total / 1000

    def _processes(self) -> list[Path]:
        return [path for path in Path("/proc").iterdir() if path.name.isdigit() and self._is_ours(path)]

    def _is_ours(self, process: Path) -> bool:
        try:
            return os.getsid(int(process.name)) == self._session
        except OSError:
            return False


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
