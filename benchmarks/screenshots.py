"""`python -m benchmarks.screenshots FOLDER`: the pages as staff see them, over the handled samples."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import flat
from mailbot.config import Settings, resource
from mailbot.model import StaffRole
from mailbot.model.ledger import DatedReading
from mailbot.parsing import read_envelope
from mailbot.services.clients import read_register
from mailbot.services.desk import logins
from mailbot.services.desk.settings import loaded
from mailbot.services.handle import handle
from mailbot.services.samples import load_samples
from mailbot.store import Store, desk, meter_readings
from mailbot.store.meter_readings import TakenReading
from mailbot.web.serving import PageServer
from mailbot.workshop import files

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PASSWORD = "четыре слова подряд здесь"
SHOTS = (
    ("queue", "/queue", 820),
    ("case", "/case/26-000033", 900),
    ("reading", "/case/26-000020", 900),
    ("office", "/office", 760),
    ("silenced", "/queue?list=silenced", 760),
    ("account", f"/account/{flat.NUMBER}", 1180),
)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(data_dir=Path(home))
        store = _handled(settings)
        server = PageServer(settings, store, now=lambda: NOW, port=0)
        threading.Thread(target=server.run, daemon=True).start()
        address = f"http://127.0.0.1:{server.port}"
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1366, "height": 820}, locale="ru-RU")
            page.goto(address + "/queue")
            page.fill("[name=login]", "operator")
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/queue")
            for name, path, height in SHOTS:
                page.set_viewport_size({"width": 1366, "height": height})
                page.goto(address + path)
                page.wait_for_timeout(300)
                page.screenshot(path=str(folder / f"{name}.png"))
            browser.close()
        server.close()
        store.close()


def _handled(settings: Settings) -> Store:
    store = Store(settings.database, resource("db"))
    store.migrate()
    store.import_clients(read_register(resource("samples") / "clients.csv"))
    house = loaded(0, files(settings))
    samples = load_samples(resource("samples"))
    for number, sample in enumerate(samples):
        at = NOW - timedelta(minutes=25 * (len(samples) - number))
        raw = replace(sample.raw, received_at=at)
        kept = store.keep(raw, read_envelope(raw.content), None, "samples", at)
        handle(store, house.rulebook, house.templates, kept.letter_id, at)
    flat.settle(store)
    _meet(store)
    token = logins.invite(store, "operator", "Мария Зырянова", StaffRole.OPERATOR, by="screenshots", now=NOW)
    logins.choose_password(store, token, PASSWORD, NOW)
    return store


def _meet(store: Store) -> None:
    """The sample's reading of November enters the flat's book: the page then leads to its letter."""
    sent = store.ask(desk.readings_of_account, flat.NUMBER, 1)[0]
    month = flat.LAST.following
    taken = DatedReading(flat.WATER.serial, Decimal(sent.value), sent.received_at.date(), month)
    with store.write() as work:
        one = TakenReading(flat.NUMBER, taken, "mail", sent.id)
        work.do(meter_readings.take, [one], "mailbot", sent.received_at)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
