"""The demo from end to end: servers, letters, the daemon, a table of what comes of them, the ledger."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.live import Live
from rich.table import Table

from mailbot import daemon_roles
from mailbot.command_setup import clock
from mailbot.config import DaemonSection, ImapSection, Settings, SmtpSection, WebSection, resource_folder
from mailbot.daemon import Daemon
from mailbot.demo.ledger import bill_month, demo_rules, fill_ledger, show_ledger
from mailbot.model import StaffRole
from mailbot.services.desk import logins
from mailbot.services.trial.sample_letters import Sample, faults, load_samples
from mailbot.store import CaseSummary, Store
from mailbot.store.cases import summaries
from mailbot.store.mail import outbox
from mailbot.transport.embedded import EmbeddedImap, EmbeddedSmtp
from mailbot.wording.case_titles import ACTIONS, DELIVERY_STATES, LETTER_KINDS

DEMO_PASSWORD = "вход только для показа"
DEMO_NAMES = {
    StaffRole.OPERATOR: "Мария Оператор",
    StaffRole.MANAGER: "Пётр Руководитель",
    StaffRole.ADMINISTRATOR: "Анна Администратор",
}

LONG_AGO = date(2000, 1, 1)
"""The samples were written when the package was: every one of them is answered."""

TIMEOUT_SECONDS = 150.0
"""How long `--once` waits for the last letter before it says which ones are missing."""


def run_demo(console: Console, *, stay: bool) -> int:
    """Let the samples go the whole way; exit status 0 only if every one came out as expected.

    `stay`: go on polling afterwards until Ctrl+C, so that one may drop in letters of one's own.
    """
    home = Path(tempfile.mkdtemp(prefix="mailbot-demo-"))
    samples = load_samples(resource_folder("samples"))
    with EmbeddedImap() as imap, EmbeddedSmtp(folder=home / "sent") as sink:
        settings = _settings(home, imap, sink, pages=stay)
        store = daemon_roles.open_store(settings)
        store.migrate()
        fill_ledger(settings, store, resource_folder("samples"))
        imap.deliver((sample.raw.content, sample.raw.received_at) for sample in samples)
        if stay:
            _invite(console, settings, store)
            _take_letters(console, home)
        with Live(console=console, refresh_per_second=4) as live:
            bill = partial(bill_month, settings, store)
            progress = _Progress(store, samples, live, bill, stay=stay)
            Daemon(settings, tick=progress.tick).run()
        wrong = _report(console, samples, _by_digest(store), home)
        unbilled = show_ledger(console, store)
        store.close()
    return 1 if wrong or unbilled else 0


def _invite(console: Console, settings: Settings, store: Store) -> None:
    """Three logins that exist in the demo alone, one of each role."""
    for role in StaffRole:
        token = logins.invite(store, role.value, DEMO_NAMES[role], role, by="демо", now=clock())
        logins.choose_password(store, token, DEMO_PASSWORD, clock())
    roles_told = ", ".join(StaffRole)
    console.print(f"Страницы сотрудников: [bold]{settings.web.address}[/bold]")
    console.print(f"Имя для входа: {roles_told}; пароль: [bold]{DEMO_PASSWORD}[/bold]", highlight=False)


def _take_letters(console: Console, home: Path) -> None:
    """A configuration of the same database, so that another terminal may hand a letter to the running demo."""
    config = home / "mailbot.toml"
    config.write_text('data_dir = "."\n', encoding="utf-8")
    console.print(
        f"Своё письмо: [bold]mailbot intake письмо.eml -c {config}[/bold]", highlight=False, soft_wrap=True
    )


def _free_port(wanted: int) -> int:
    """The wanted port where nobody has it, else any."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.socket() as tried:
            tried.bind(("127.0.0.1", port))
            return int(tried.getsockname()[1])
    return wanted


def _settings(home: Path, imap: EmbeddedImap, sink: EmbeddedSmtp, *, pages: bool) -> Settings:
    port = _free_port(WebSection().port)
    return Settings(
        web=WebSection(enabled=pages, port=port, address=f"http://127.0.0.1:{port}"),
        data_dir=home,
        rules_dir=demo_rules(home / "rules"),
        imap=ImapSection(
            host=imap.host,
            port=imap.port,
            security="plain",
            login=imap.login,
            poll_seconds=2,
            start_date=LONG_AGO,
        ),
        smtp=SmtpSection(host=sink.host, port=sink.port, security="plain", login=""),
        daemon=DaemonSection(workers=1),
        imap_password=SecretStr(imap.password),
    )


class _Progress:
    """Draws the table while the daemon works, and says when all is done."""

    def __init__(
        self,
        store: Store,
        samples: tuple[Sample, ...],
        live: Live,
        finale: Callable[[], None],
        *,
        stay: bool,
    ) -> None:
        self._store, self._samples, self._live, self._stay = store, samples, live, stay
        self._finale: Callable[[], None] | None = finale
        self._drawn, self._until = 0.0, time.monotonic() + TIMEOUT_SECONDS

    def tick(self) -> bool:
        """Redraw once a second; False when `--once` has nothing more to wait for."""
        if time.monotonic() - self._drawn < 1:
            return True
        self._drawn = time.monotonic()
        cases = _by_digest(self._store)
        self._live.update(_table(self._samples, cases, self._live.console.height - 4))
        missing = any(sample.digest not in cases for sample in self._samples)
        done = (
            not missing and not self._store.ask(summaries.pending) and not self._store.ask(outbox.to_copy, 1)
        )
        if done and self._finale is not None:
            self._finale()  # the month of the letters is closed and billed; the daemon delivers the bills
            self._finale, done = None, False
        return self._stay or not (done or time.monotonic() > self._until)


def _by_digest(store: Store) -> dict[str, CaseSummary]:
    return {case.digest: case for case in store.ask(summaries.cases, None, 10_000)}


def _table(samples: tuple[Sample, ...], cases: dict[str, CaseSummary], height: int) -> Table:
    known = [(sample, cases[sample.digest]) for sample in samples if sample.digest in cases]
    decided = [(sample, case) for sample, case in known if case.action]
    table = _columns(Table(title=f"mailbot: разобрано {len(decided)} из {len(samples)} писем", box=None))
    for sample, case in decided[-max(8, height) :]:
        table.add_row(sample.name, *_row(case))
    return table


def _columns(table: Table, *more: str) -> Table:
    """One line a letter, whatever the width of the terminal."""
    for heading in ("Письмо", "Виды", "Решение", "Пункт", "Наше письмо", *more):
        table.add_column(heading, no_wrap=True, overflow="ellipsis", min_width=1 if heading in more else 8)
    return table


def _row(case: CaseSummary) -> tuple[str, str, str, str]:
    kinds = ", ".join(LETTER_KINDS[kind] for kind in case.kinds)
    letter = f"{DELIVERY_STATES[case.delivery]}: {case.template}" if case.delivery else "—"
    return kinds, ACTIONS[case.action] if case.action else "", case.clause or "", letter


def _report(console: Console, samples: tuple[Sample, ...], cases: dict[str, CaseSummary], home: Path) -> int:
    """All rows once more, plainly (a live table shows only its end), then what went wrong."""
    table = _columns(Table(box=None), "")
    wrong = []
    for sample in samples:
        case = cases.get(sample.digest)
        differs = faults(sample, case) if case else ("письмо не дошло до решения",)
        table.add_row(sample.name, *(_row(case) if case else ("", "", "", "")), "✗" if differs else "✓")
        wrong += [f"{sample.name}: {'; '.join(differs)}"] if differs else []
    console.print("", table)
    for line in wrong:
        console.print(f"[red]✗[/red] {line}")
    console.print(f"Вышло как ожидалось: {len(samples) - len(wrong)} из {len(samples)}.")
    console.print(f"Отправленные письма: {home / 'sent'}\nБаза данных: {home / 'mailbot.db'}")
    return len(wrong)
