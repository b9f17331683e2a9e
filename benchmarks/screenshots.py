"""`python -m benchmarks.screenshots FOLDER`: the pages as staff see them, over the handled samples."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model import ReturnedLetters, SendOutcome, SendResult, StaffRole
from mailbot.model.bill.sending import BillState
from mailbot.model.ledger.accounts_and_meters import DatedReading
from mailbot.model.ledger.sources import ReadingSource
from mailbot.model.outgoing.sending_pace import Pacing
from mailbot.parsing import read_envelope
from mailbot.services.desk import logins
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.ledger.tables.register_table import read_clients
from mailbot.services.letters.handle import handle
from mailbot.services.trial.register_csv import read_register
from mailbot.services.trial.sample_letters import load_samples
from mailbot.store import Store
from mailbot.store.accounts import client_addresses, register_import
from mailbot.store.bills import sending_status
from mailbot.store.cases import review_queue
from mailbot.store.ledger import meter_readings
from mailbot.store.ledger.meter_readings import ReadingToStore
from mailbot.store.mail import bounces, incoming, sending_pace
from mailbot.web.serving import PageServer
from tests.material import flat, posted

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 3, 5, 12, tzinfo=UTC)
PASSWORD = "четыре слова подряд здесь"
PEOPLE = {StaffRole.OPERATOR: "Мария Зырянова", StaffRole.MANAGER: "Анна Зуева"}
FATES = {
    "radik.sh@mail.ru": SendResult(SendOutcome.REFUSED, "550 5.1.1 пользователя с таким адресом нет"),
    "faina.r@mail.ru": SendResult(SendOutcome.UNCERTAIN, "соединение прервалось после текста письма"),
}
"""Whose letters meet trouble; all others arrive."""

SHOTS = (
    (StaffRole.OPERATOR, "queue", "/queue", 820),
    (StaffRole.OPERATOR, "case", "/case/26-000033", 900),
    (StaffRole.OPERATOR, "reading", "/case/26-000020", 900),
    (StaffRole.OPERATOR, "office", "/office", 760),
    (StaffRole.OPERATOR, "silenced", "/queue?list=silenced", 760),
    (StaffRole.OPERATOR, "account", f"/account/{flat.NUMBER}", 1180),
    (StaffRole.OPERATOR, "account-bills", f"/account/{flat.NUMBER}#bills", 760),
    (StaffRole.MANAGER, "bills", "/bills", 900),
    (StaffRole.MANAGER, "board", "/board", 1180),
    (StaffRole.MANAGER, "report", "/report?period=2026-W47", 1180),
    (StaffRole.MANAGER, "report-cases", "/report/cases?period=2026-W47&key=overdue", 620),
)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(data_dir=Path(home), rules_dir=posted.confirm(Path(home) / "rules"))
        store = _handled(settings)
        _post(settings, store)
        server = PageServer(settings, store, now=lambda: NOW, port=0)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            entered = {role: _enter(browser, server.port, role) for role in PEOPLE}
            for role, name, path, height in SHOTS:
                page = entered[role]
                page.set_viewport_size({"width": 1366, "height": height})
                page.goto(f"http://127.0.0.1:{server.port}{path}")
                page.wait_for_timeout(300)
                page.screenshot(path=str(folder / f"{name}.png"))
            browser.close()
        server.close()
        store.close()


def _enter(browser: Browser, port: int, role: StaffRole) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 820}, locale="ru-RU").new_page()
    page.goto(f"http://127.0.0.1:{port}/queue")
    page.fill("[name=login]", role.value)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/queue")
    return page


def _handled(settings: Settings) -> Store:
    store = Store(settings.database, resource_folder("db"))
    store.migrate()
    store.do(client_addresses.import_clients, read_register(resource_folder("samples") / "clients.csv"))
    rules = load_checked_rules(0, load_files(settings))
    samples = load_samples(resource_folder("samples"))
    for number, sample in enumerate(samples):
        at = NOW - timedelta(minutes=25 * (len(samples) - number))
        raw = replace(sample.raw, received_at=at)
        kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "samples", at)
        handle(store, rules, kept.letter_id, at)
        posted.deliver(store, at + timedelta(seconds=4))
    with store.write() as transaction:
        people = read_clients(resource_folder("samples") / "register.csv", rules.tariffs.hot_water)
        register_import.import_register(
            transaction, [one for one in people if one.account.number != flat.NUMBER]
        )
    flat.settle(store)
    _meet(store)
    for role, name in PEOPLE.items():
        token = logins.invite(store, role.value, name, role, by="screenshots", now=NOW)
        logins.choose_password(store, token, PASSWORD, NOW)
    return store


def _post(settings: Settings, store: Store) -> None:
    """The bills of three months: all left; of the newest some met trouble, the last one waits for its provider."""
    for back in (2, 1):
        at = SENT - timedelta(days=30 * back)
        posted.post(store, settings, flat.LAST.back(back), at)
        posted.deliver(store, at)
    rules = posted.post(store, settings, flat.LAST, SENT)
    posted.deliver(store, SENT, FATES, most=21)
    came_back = next(
        one for one in store.ask(sending_status.in_state, flat.LAST, BillState.SENT, 99) if one.recipient
    )
    assert came_back.recipient
    letter = store.ask(sending_status.newest_letter, came_back.account, flat.LAST) or b""
    with store.write() as transaction:
        ids = (message_from_bytes(letter)["Message-ID"],)
        bounces.record_bounces(
            transaction,
            ReturnedLetters(SENT, (came_back.recipient,), ids),
            "552 ящик получателя переполнен",
            SENT,
        )
        limits = Pacing(rules.rulebook.bills, NOW.date(), quiet=False)
        why = "550 spam message rejected"
        sending_pace.pause(transaction, "mail.ru", why, limits, NOW - timedelta(hours=1))


def _meet(store: Store) -> None:
    """The sample's reading of November enters the flat's book: the page then leads to its letter."""
    sent = store.ask(review_queue.readings_of_account, flat.NUMBER, 1)[0]
    month = flat.LAST.following
    taken = DatedReading(flat.WATER.serial, Decimal(sent.value), sent.received_at.date(), month)
    with store.write() as transaction:
        one = ReadingToStore(flat.NUMBER, taken, ReadingSource.MAIL, sent.id)
        meter_readings.save_readings(transaction, [one], "mailbot", sent.received_at)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
