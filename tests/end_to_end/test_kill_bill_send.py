"""kill -9 while bills are made and while they leave, and a day without SMTP: none missing, none twice, none different."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mailbot.command_setup import load_files
from mailbot.config import load_settings, resource_folder
from mailbot.model.bill.sending import BillState
from mailbot.services.in_force.rules_and_templates import load_current_rules
from mailbot.services.ledger.bills.press import BillRenderer
from mailbot.services.letters.deliver import Deliverer
from mailbot.services.letters.smtp_outage import SmtpOutage
from mailbot.store import Store
from mailbot.store.accounts import timeline
from mailbot.store.bills import monthly_sending, sending_status
from mailbot.store.cases import summaries
from mailbot.store.schema.bills import bill
from mailbot.transport import SmtpClient, SmtpSettings
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end.house import confirmed_rules
from tests.engines import PostgresServer, SqliteFiles
from tests.scale import scale
from tests.servers import HOST, ImapServer
from tests.services.ledger import billing_office
from tests.services.ledger.billing_office import (
    AT_ONCE,
    NOW,
    charged,
    letters,
    resident,
    send,
)
from tests.services.ledger.town import OCTOBER
from tests.store.conftest import databases, postgres, sqlite

__all__ = ["databases", "postgres", "sqlite"]

ROOT = Path(__file__).parents[2]
ACCOUNTS = scale(24, 120)
PEOPLE = [
    resident(f"{440000 + at}", f"k{at}@{('bk.ru', 'ya.ru', 'zavod.example')[at % 3]}")
    for at in range(ACCOUNTS)
]
Databases = SqliteFiles | PostgresServer


def at_once(folder: Path) -> Path:
    """The company's own rules: requisites and channels confirmed, bills at any hour and without a pause."""
    rules = confirmed_rules(folder)
    for name, old, new in (
        ("bank.toml", "confirmed = false", "confirmed = true"),
        ("limits.toml", "per_minute = 10 ", "per_minute = 100000 "),
        ("limits.toml", "all_per_minute = 20 ", "all_per_minute = 100000 "),
        ("limits.toml", "quiet_from = 21", "quiet_from = 08"),
    ):
        path = rules / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return rules


def configure(folder: Path, url: str, imap: ImapServer, sink: EmbeddedSmtp) -> Path:
    at_once(folder)
    path = folder / "mailbot.toml"
    path.write_text(
        f"""
database_url = "{url}"
rules_dir = "rules"
[imap]
host = "{imap.host}"
port = {imap.port}
security = "plain"
login = "{imap.login}"
poll_seconds = 0.5
start_date = 2026-01-01
timeout_seconds = 4
[smtp]
host = "{sink.host}"
port = {sink.port}
security = "plain"
login = ""
timeout_seconds = 0.5
[web]
enabled = false
""",
        encoding="utf-8",
    )
    return path


def start(config: Path, password: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mailbot", *words, "-c", str(config)],
        cwd=ROOT,
        env={**os.environ, "MAILBOT_IMAP_PASSWORD": password},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_when(process: subprocess.Popen[bytes], condition: Callable[[], bool], seconds: float = 60) -> bool:
    """kill -9 of the whole group once the condition holds; False where the process ended before."""
    until = time.monotonic() + seconds
    while process.poll() is None and not condition():
        assert time.monotonic() < until, "nothing happened to be killed in"
        time.sleep(0.005)
    killed = process.poll() is None
    if killed:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return killed


def made(store: Store) -> int:
    with store.write() as transaction:
        query = select(func.count()).select_from(bill)
        return transaction.scalar(query) or 0


@pytest.mark.timeout(300)
def test_kill_9_while_bills_are_made_and_while_they_leave(
    databases: Databases, pymap: ImapServer, tmp_path: Path
) -> None:
    url = databases.fresh()
    store = Store(url, resource_folder("db"))
    charged(store, *PEOPLE)
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, url, pymap, sink)
        words = ("bill", "send", "--month", str(OCTOBER))

        def disturbed(share: float) -> bool:
            return kill_when(start(config, pymap.password, *words), lambda: made(store) > ACCOUNTS * share)

        kills = [disturbed(share) for share in scale((0.4,), (0.1, 0.4, 0.7))]
        assert any(kills), "nothing was disturbed: the test shows nothing"
        assert made(store) < ACCOUNTS
        assert start(config, pymap.password, *words).wait(120) == 0
        expected = the_bills(store, config)
        assert {to: content for to, _, content in letters(store)} == expected
        assert len(letters(store)) == ACCOUNTS
        assert kill_when(start(config, pymap.password, "run"), lambda: len(sink.received) > ACCOUNTS // 2)
        process = start(config, pymap.password, "run")
        until = time.monotonic() + 120
        while store.ask(summaries.pending):
            assert time.monotonic() < until, store.ask(sending_status.tally, OCTOBER)
            time.sleep(0.1)
        process.terminate()
        process.wait(timeout=30)
        arrived = [(item.recipient, item.content) for item in sink.received]
    assert len(arrived) == len({to for to, _ in arrived}), "a bill came twice"
    assert all(whole(content) == whole(expected[to]) for to, content in arrived), "a bill came different"
    missing = set(expected) - {to for to, _ in arrived}
    uncertain = {one.recipient: one for one in store.ask(sending_status.trouble, OCTOBER)}
    assert missing <= set(uncertain), "a bill that did not leave must be shown"
    for one in uncertain.values():
        assert one.state is BillState.UNCERTAIN
        (event,) = store.ask(timeline.events, one.account, NOW.replace(year=2020), None, 9)
        assert "неизвестно, дошло ли" in event.detail
    store.close()


def the_bills(store: Store, config: Path) -> dict[str, bytes]:
    """Every bill as it must be, made anew by one who was never disturbed."""
    sending = store.ask(monthly_sending.sending, OCTOBER)
    assert sending is not None
    press = BillRenderer(load_current_rules(store, load_files(load_settings(config))), sending)
    made_anew = store.ask(press.bills, [one.account.number for one in PEOPLE])
    address = {one.account.number: one.emails[0] for one in PEOPLE}
    letters_ = [press.letter(one, address[one.account.number]) for one in made_anew]
    return {one.recipient: one.content for one in letters_}


def whole(content: bytes) -> bytes:
    """Without the line end that SMTP puts behind the last line."""
    return content.replace(b"\r\n", b"\n").rstrip(b"\n")


@pytest.mark.timeout(300)
def test_hours_without_smtp_lose_no_bill_and_end_in_no_burst(databases: Databases) -> None:
    """A letter a minute may leave. For hours, or a whole day, nobody takes any; then they leave a letter a minute, each once."""
    url = databases.fresh()
    store = Store(url, resource_folder("db"))
    people = PEOPLE[:12]
    charged(store, *people)
    send(store)
    expected = {to: content for to, _, content in letters(store)}
    rulebook = billing_office.confirmed_rules(replace(AT_ONCE, per_minute=1, all_per_minute=1)).rulebook
    now = NOW

    def sender(smtp: SmtpClient) -> Deliverer:
        outage = SmtpOutage(lambda: now.timestamp())
        return Deliverer(store, smtp, "d", timedelta(minutes=5), lambda: now, outage)

    def minute(deliverer: Deliverer) -> None:
        nonlocal now
        while deliverer.deliver_next(rulebook):
            pass
        now += timedelta(minutes=1)

    away = sender(SmtpClient(SmtpSettings(HOST, 1, "plain", "8666@bk.ru", timeout=1)))
    for _ in range(scale(4, 24) * 60):
        minute(away)
    assert store.ask(summaries.pending) == len(people)
    taken: list[tuple[datetime, str]] = []
    with EmbeddedSmtp() as sink:
        smtp = sender(SmtpClient(SmtpSettings(sink.host, sink.port, "plain", "8666@bk.ru", timeout=5)))
        for _ in range(600):
            before = len(sink.received)
            minute(smtp)
            taken += [(now, item.recipient) for item in sink.received[before:]]
            if not store.ask(summaries.pending):
                break
        arrived = {item.recipient: item.content for item in sink.received}
        assert len(sink.received) == len(people)
    assert len({at for at, _ in taken}) == len(people), "two left in one minute"
    assert {to: whole(content) for to, content in arrived.items()} == {
        to: whole(content) for to, content in expected.items()
    }
    assert store.ask(sending_status.tally, OCTOBER) == {BillState.SENT: len(people)}
    store.close()
