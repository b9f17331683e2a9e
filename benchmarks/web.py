"""`python -m benchmarks.web [CASES]`: server time and weight of the staff's pages over a large database.

The samples are handled the real way, then their rows are copied until the database holds CASES (100,000 by
default): more than half of them wait for a person, far more than any company lets lie. The floor is the login
page, which asks the database nothing.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, create_engine, text

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model import StaffRole
from mailbot.parsing import read_envelope
from mailbot.services.desk import logins
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.letters.handle import handle
from mailbot.services.trial.register_csv import read_register
from mailbot.services.trial.sample_letters import load_samples
from mailbot.store import Store
from mailbot.store.accounts import client_addresses
from mailbot.store.mail import incoming
from mailbot.web import create_app

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PASSWORD = "четыре слова подряд здесь"
ROUNDS = 40
STATIC = ("desk.css", "desk.js", "htmx.min.js", "icon.svg")


def main(cases: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        store = Store(settings.database, resource_folder("db"))
        _fill(settings, store, cases)
        clock = [NOW]
        app = create_app(settings, store, lambda: clock[0], "s" * 40)
        app.config["WTF_CSRF_ENABLED"] = False
        operator, manager = (_entered(app, role) for role in (StaffRole.OPERATOR, StaffRole.MANAGER))
        _measure(operator, app.test_client(), cases)
        took = _median(lambda: manager.get("/board", headers={"HX-Request": "true"}))
        print(f"{'live update of the board':34}{took:8.1f}")
        store.close()


def _entered(app: Flask, role: StaffRole) -> FlaskClient:
    client = app.test_client()
    entered = client.post("/login", data={"login": role.value, "password": PASSWORD})
    assert entered.status_code == 302, entered.text
    return client


def _fill(settings: Settings, store: Store, cases: int) -> None:
    store.migrate()
    store.do(client_addresses.import_clients, read_register(resource_folder("samples") / "clients.csv"))
    rules = load_checked_rules(0, load_files(settings))
    samples = load_samples(resource_folder("samples"))
    for number, sample in enumerate(samples):
        raw = replace(sample.raw, received_at=NOW - timedelta(minutes=300 - number))
        kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "bench", raw.received_at)
        handle(store, rules, kept.letter_id, raw.received_at)
    for role in (StaffRole.OPERATOR, StaffRole.MANAGER):
        token = logins.invite(store, role.value, role.value, role, by="bench", now=NOW)
        logins.choose_password(store, token, PASSWORD, NOW)
    engine = create_engine(settings.database)
    with engine.begin() as connection:
        for copy in range(1, cases // len(samples) + 1):
            _copy(connection, copy, len(samples))
    engine.dispose()


def _copy(connection: Connection, copy: int, count: int) -> None:
    """One more set of the samples' rows: other ids, numbers and senders, later by a minute each."""
    shift = copy * count
    for table, changed in (
        ("letter", {"id": "id + :shift", "sha256": "substr(sha256, 1, 48) || :tail", "sender": ":mark || sender"}),
        ("letter_content", {"letter_id": "letter_id + :shift"}),
        ("case_", {
            "id": "id + :shift", "letter_id": "letter_id + :shift", "number": "'9' || :tail || substr(number, 7)",
            "sender": ":mark || sender",
        }),
        ("case_account", {"case_id": "case_id + :shift", "account": "account || :mark"}),
    ):  # fmt: skip
        columns = [row[1] for row in connection.execute(text(f"PRAGMA table_info({table})"))]
        wanted = ", ".join(changed.get(column, column) for column in columns)
        key = "id" if "id" in columns else "letter_id" if table == "letter_content" else "case_id"
        values = {"shift": shift, "tail": f"{copy:05}", "mark": f"k{copy}."}
        used = {name: value for name, value in values.items() if f":{name}" in wanted}
        connection.execute(
            text(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {wanted} FROM {table} WHERE {key} <= {count}"
            ),
            used,
        )
    connection.execute(
        text(
            f"INSERT INTO case_search (rowid, words) SELECT rowid + {shift}, words FROM case_search WHERE rowid <= {count}"
        )
    )


def _measure(client: FlaskClient, stranger: FlaskClient, cases: int) -> None:
    waiting = _waiting(client)
    print(f"{cases:,} cases, SQLite; median of {ROUNDS}, milliseconds of server time")
    floor = _median(lambda: stranger.get("/login"))
    print(f"{'floor: the login page':34}{floor:8.1f}   ×    1.0 of the floor")
    for name, path in (
        ("queue", "/queue"),
        ("queue, page 20", "/queue?page=20"),
        ("queue, by topic", "/queue?topic=cold_radiators"),
        ("live update of the queue", "/queue#live"),
        ("search for a word", "/queue?list=all&q=батареи"),
        ("search for an account", "/queue?list=all&q=6601294"),
        ("silenced", "/queue?list=silenced"),
        ("case", f"/case/{waiting[7]}"),
    ):
        headers = {"HX-Request": "true"} if path.endswith("#live") else {}
        took = _median(lambda path=path, headers=headers: client.get(path.partition("#")[0], headers=headers))  # type: ignore[misc]
        print(f"{name:34}{took:8.1f}   × {took / floor:6.1f} of the floor")
    turns = iter(waiting)
    took = _median(lambda: _finish(client, next(turns)))
    print(f"{'case sent, and the next one shown':34}{took:8.1f}   × {took / floor:6.1f} of the floor")
    files_weight = sum((Path(str(client.application.static_folder)) / name).stat().st_size for name in STATIC)
    for name, path in (("queue", "/queue"), ("case", f"/case/{waiting[-1]}")):
        weight = len(client.get(path).data) + files_weight
        print(
            f"{name + ' with its files':34}{weight / 1000:8.1f} kB, of which files {files_weight / 1000:.1f} kB"
        )


def _waiting(client: FlaskClient) -> list[str]:
    """The first 150 cases of the queue."""
    found: list[str] = []
    for page in (1, 2, 3):
        shown = client.get(f"/queue?page={page}").text
        found += re.findall(r'class="open" href="/case/([^?"]+)', shown)
    return found


def _finish(client: FlaskClient, reference: str) -> None:
    """Send the proposal and open what comes next: what one key does."""
    form = {"text": "Мы проверили: всё в порядке.", "version": "0", "means": "answered"}
    answer = client.post(f"/case/{reference}/send", data=form, follow_redirects=True)
    assert answer.status_code == 200, answer.text[:300]


def _median(work: Callable[[], object]) -> float:
    work()
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
