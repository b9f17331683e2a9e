"""The pages over a real store with the samples handled, a clock that tests move, an SMTP sink, and a real browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from sqlite3 import connect
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mailbot.command_setup import load_files
from mailbot.config import Settings, WebSection, resource_folder
from mailbot.model import RawLetter, StaffRole
from mailbot.parsing import read_envelope
from mailbot.services.desk import logins
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.letters.deliver import Deliverer
from mailbot.services.letters.handle import handle
from mailbot.services.trial.register_csv import read_register
from mailbot.services.trial.sample_letters import load_samples
from mailbot.store import CaseSummary, Store
from mailbot.store.accounts import client_addresses
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from mailbot.transport import SmtpClient, SmtpSettings
from mailbot.transport.embedded import EmbeddedSmtp
from mailbot.web import create_app
from mailbot.web.serving import PageServer
from tests.conftest import missing
from tests.made_once import made_once
from tests.material import flat, posted
from tests.web.thrift import thrift

__all__ = ["thrift"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
POSTED = datetime(2026, 11, 3, 5, 12, tzinfo=UTC)
"""When the bills of the newest month left: 10:12 by the company's clock."""

PASSWORD = "четыре слова подряд здесь"
SECRET = "s" * 40


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Desk:
    """A store with letters in it, and staff of each role, all with one password."""

    settings: Settings
    store: Store
    clock: Clock

    @cached_property
    def app(self) -> Flask:
        app = create_app(self.settings, self.store, self.clock, SECRET)
        app.config["WTF_CSRF_ENABLED"] = False  # a test of its own holds that forms carry tokens
        return app

    def client(self, role: StaffRole = StaffRole.OPERATOR) -> FlaskClient:
        client = self.app.test_client()
        answer = client.post("/login", data={"login": role.value, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return client

    def receive(self, content: str | bytes) -> CaseSummary:
        """Take one letter in and decide it."""
        content = content.encode() if isinstance(content, str) else content
        raw = RawLetter(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), self.clock())
        letter_id = take_in(self.store, raw)
        return next(
            case for case in self.store.ask(summaries.cases, None, 5000) if case.letter_id == letter_id
        )

    def deliver(self, sink: EmbeddedSmtp) -> int:
        """Send what is due by the clock; how many letters went."""
        client = SmtpClient(
            SmtpSettings(
                host=sink.host,
                port=sink.port,
                security="plain",
                login=None,
                password=None,
                timeout=10,
                ca_file=None,
                from_address="8666@bk.ru",
            )
        )
        sender = Deliverer(self.store, client, "test", timedelta(minutes=1), self.clock)
        sent = 0
        while sender.deliver_next():
            sent += 1
        return sent


@cache
def _rules() -> ActiveRules:
    return load_checked_rules(0, load_files(Settings()))


def take_in(store: Store, raw: RawLetter) -> int:
    """Keep one letter and decide it at the moment of its receipt; its id."""
    house = _rules()
    kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", raw.received_at)
    handle(store, house, kept.letter_id, raw.received_at)
    return kept.letter_id


def _settings(folder: Path, rules: Path | None = None) -> Settings:
    return Settings(data_dir=folder, rules_dir=rules, web=WebSection(address="http://127.0.0.1:1"))


def sign_up(store: Store) -> None:
    """A member of each role, all with one password."""
    for role in StaffRole:
        token = logins.invite(store, role.value, f"Сотрудник {role.value}", role, by="test", now=NOW)
        logins.choose_password(store, token, PASSWORD, NOW)


@pytest.fixture(scope="session")
def handled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all samples handled, the later ones last; copied for each test."""

    def make(folder: Path) -> None:
        settings = _settings(folder)
        store = Store(settings.database, resource_folder("db"))
        store.migrate()
        store.do(client_addresses.import_clients, read_register(resource_folder("samples") / "clients.csv"))
        sign_up(store)
        for number, sample in enumerate(load_samples(resource_folder("samples"))):
            take_in(store, replace(sample.raw, received_at=NOW - timedelta(minutes=300 - number)))
        store.close()

    return made_once(tmp_path_factory, "handled", make) / "mailbot.db"


@pytest.fixture(scope="session")
def signed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with staff and no letters."""

    def make(folder: Path) -> None:
        store = Store(_settings(folder).database, resource_folder("db"))
        store.migrate()
        sign_up(store)
        store.close()

    return made_once(tmp_path_factory, "signed_up", make) / "mailbot.db"


@pytest.fixture(scope="session")
def booked(signed_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with staff and one flat that has three years of readings, charges and payments."""

    def make(folder: Path) -> None:
        shutil.copy(signed_up, folder / "mailbot.db")
        store = Store(_settings(folder).database, resource_folder("db"))
        flat.settle(store)
        store.close()

    return made_once(tmp_path_factory, "booked", make) / "mailbot.db"


@pytest.fixture(scope="session")
def billed(booked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That flat, its bill of the newest month sent by a company whose requisites are confirmed."""

    def make(folder: Path) -> None:
        shutil.copy(booked, folder / "mailbot.db")
        settings = _settings(folder, posted.confirm(folder / "rules"))
        store = Store(settings.database, resource_folder("db"))
        posted.post(store, settings, flat.LAST, POSTED)
        posted.deliver(store, POSTED + timedelta(minutes=2))
        store.close()

    return made_once(tmp_path_factory, "billed", make) / "mailbot.db"


class Desks:
    """A desk over a copy of each template, made anew for every test; its store stays, and with it its compiled statements."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._stores: dict[Path, Store] = {}

    def over(self, template: Path, rules: Path | None = None) -> Desk:
        folder = self._home / template.parent.name
        folder.mkdir(exist_ok=True)
        settings = _settings(folder, rules)
        with closing(connect(template)) as made, closing(connect(folder / "mailbot.db")) as copy:
            made.backup(copy)
        if template not in self._stores:
            self._stores[template] = Store(settings.database, resource_folder("db"))
        return Desk(settings, self._stores[template], Clock())

    def close(self) -> None:
        for store in self._stores.values():
            store.close()


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks(tmp_path_factory.mktemp("desks"))
    yield made
    made.close()


@pytest.fixture
def desk(handled: Path, desks: Desks) -> Desk:
    """All samples handled."""
    return desks.over(handled)


@pytest.fixture
def bare(signed_up: Path, desks: Desks) -> Desk:
    """No letters yet."""
    return desks.over(signed_up)


@pytest.fixture
def ledger(booked: Path, desks: Desks) -> Desk:
    """One flat with three years behind it (`tests.material.flat`), and no letters yet."""
    return desks.over(booked)


@pytest.fixture
def bills(billed: Path, desks: Desks) -> Desk:
    """The flat with its newest bill sent."""
    return desks.over(billed, billed.parent / "rules")


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[EmbeddedSmtp]:
    with EmbeddedSmtp(folder=tmp_path / "sent") as sink:
        yield sink


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("browser")
    playwright.expect.set_options(timeout=20_000)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def press(page: Page, *keys: str) -> None:
    """Press keys once the page has been seen: before that they do nothing."""
    page.locator("body[data-seen]").wait_for()
    for key in keys:
        page.keyboard.press(key)


def press_russian(page: Page, code: str, key: str) -> None:
    """A key of the Russian layout, once the page has been seen: its place on the keyboard, and the letter it types."""
    page.locator("body[data-seen]").wait_for()
    page.evaluate(
        "([code, key]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true}))",
        [code, key],
    )


class Pages:
    """Pages of one desk in a browser: each `enter` is a person of their own."""

    def __init__(self, desk: Desk, browser: Browser) -> None:
        self.desk, self._browser = desk, browser
        self._server = PageServer(desk.settings, desk.store, now=desk.clock, port=0)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.port}"
        self.faults: list[str] = []

    def enter(self, role: StaffRole = StaffRole.OPERATOR, **context: object) -> Page:
        """Log in as a member of that role; the page shows the queue."""
        opened = self._browser.new_context(
            **{"viewport": {"width": 1366, "height": 850}, "locale": "ru-RU", **context}  # type: ignore[arg-type]
        )
        page = opened.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.goto(self.url + "/queue")
        page.fill("[name=login]", role.value)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.locator("header.top").wait_for()
        return page

    def close(self) -> None:
        for context in self._browser.contexts:
            context.close()
        self._server.close()
        self._thread.join(5)


@pytest.fixture
def pages(desk: Desk, browser: Browser) -> Iterator[Pages]:
    opened = Pages(desk, browser)
    yield opened
    opened.close()


@pytest.fixture
def account_pages(ledger: Desk, browser: Browser) -> Iterator[Pages]:
    """The pages over that flat."""
    opened = Pages(ledger, browser)
    yield opened
    opened.close()


@pytest.fixture
def bill_pages(bills: Desk, browser: Browser) -> Iterator[Pages]:
    """The pages over the flat with its bill."""
    opened = Pages(bills, browser)
    yield opened
    opened.close()
