"""The same pages over PostgreSQL: every list, every case, and each act once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.config import Settings, resource_folder
from mailbot.model import CaseState, StaffRole
from mailbot.services.trial.sample_letters import load_samples
from mailbot.store import Store
from mailbot.store.cases import summaries
from tests import engines
from tests.engines import PostgresServer
from tests.web.conftest import NOW, Clock, Desk, sign_up, take_in

pytestmark = pytest.mark.postgres

postgres = pytest.fixture(scope="session", name="postgres")(engines.postgres_server)


@pytest.fixture
def desk(postgres: PostgresServer, tmp_path: Path) -> Iterator[Desk]:
    store = Store(postgres.fresh(), resource_folder("db"))
    sign_up(store)
    for number, sample in enumerate(load_samples(resource_folder("samples"))):
        take_in(store, replace(sample.raw, received_at=NOW - timedelta(minutes=300 - number)))
    yield Desk(Settings(data_dir=tmp_path), store, Clock())
    store.close()


def test_every_list_every_case_and_each_act(desk: Desk) -> None:
    client = desk.client(StaffRole.ADMINISTRATOR)
    for path in (
        "/queue", "/queue?q=батареи&list=all", "/queue?kind=complaint&due=today", "/queue?list=silenced",
        "/queue?assignee=-", "/queue?put_off=only", "/queue?channel=office", "/people", "/log", "/settings", "/office",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    cases = re.findall(r'class="open" href="/case/([^?"]+)', client.get("/queue").text)
    assert len(cases) == 50
    for one in cases:
        assert client.get(f"/case/{one}").status_code == 200, one
    for one, act, data in (
        (cases[0], "send", {"text": "Отопление включат 1 октября.", "means": "answered"}),
        (cases[1], "send", {"text": "Пришлите счёт", "means": "asked"}),
        (cases[2], "label", {"kind": "question", "primary": "question", "topic": "debt"}),
        (cases[3], "assign", {"assignee": "operator"}),
        (cases[4], "told", {"way": "phone", "text": "Сказали срок"}),
        (cases[5], "silence", {"clause": "2.2.email.2", "sureness": "sure"}),
        (cases[6], "ignore", {"sureness": "sure"}),
        (cases[-1], "put-off", {"until": "2026-11-24"}),  # neither urgent nor due by then
        (cases[8], "join", {"to": cases[9]}),
        (cases[9], "note", {"text": "звонила"}),
    ):
        done = client.post(f"/case/{one}/{act}", data={"version": "0", **data})
        assert done.status_code == 302, (act, done.text)
    assert client.post(f"/case/{cases[9]}/here", data={"version": "0", "text": "начало"}).status_code == 200
    assert desk.store.ask(summaries.case_of, cases[0]).state is CaseState.ANSWERED
    client.post("/undo", data={"of": cases[0]})
    assert desk.store.ask(summaries.case_of, cases[0]).state is CaseState.AWAITING_REVIEW


def test_a_database_that_turns_read_only_is_told_on_the_page_and_over_when_it_is_well(
    desk: Desk, postgres: PostgresServer
) -> None:
    client = desk.client(StaffRole.ADMINISTRATOR)
    (one, *_) = re.findall(r'class="open" href="/case/([^?"]+)', client.get("/queue").text)
    name = desk.store._engine.url.database
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on", cut)
    note = {"version": "0", "text": "звонила"}
    refused = client.post(f"/case/{one}/note", data=note)
    assert refused.status_code == 503
    assert "Ничего не потеряно" in refused.text
    postgres.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only", cut)
    assert client.post(f"/case/{one}/note", data=note).status_code == 302
