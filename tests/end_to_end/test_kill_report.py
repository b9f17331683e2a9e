"""kill -9 while the week's report is made and while it leaves: each reader has one, never two, never none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from mailbot.config import resource_folder
from mailbot.model import DeliveryState, RawLetter
from mailbot.model.report.period import Period, PeriodKind
from mailbot.parsing import read_envelope
from mailbot.store import Store
from mailbot.store.mail import incoming
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end.test_kill_bill_send import configure, kill_when, start
from tests.engines import PostgresServer, SqliteFiles
from tests.scale import scale
from tests.servers import ImapServer
from tests.services.reporting.sent_reports import reports_of
from tests.store.conftest import databases, postgres, sqlite

__all__ = ["databases", "postgres", "sqlite"]

Databases = SqliteFiles | PostgresServer
READERS = ("chief@eco.example", "deputy@eco.example")
LETTER = "From: Анна <anna@bk.ru>\r\nSubject: Холодно\r\n\r\nВ квартире +14, батареи еле тёплые.\r\n"


def last_week() -> Period:
    """The newest week whose report is due: on Monday at 8 o'clock in Perm time, 3 in UTC."""
    return Period.of(PeriodKind.WEEK, (datetime.now(UTC) - timedelta(days=7, hours=3)).date())


@pytest.mark.timeout(240)
def test_kill_9_at_any_moment_leaves_one_report_for_each_reader(
    databases: Databases, pymap: ImapServer, tmp_path: Path
) -> None:
    url = databases.fresh()
    store = Store(url, resource_folder("db"))
    store.migrate()
    week = last_week()
    moment = datetime.combine(week.first + timedelta(days=2), datetime.min.time(), UTC)
    raw = RawLetter(LETTER.encode(), moment)
    store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", moment)
    with EmbeddedSmtp() as sink:
        config = configure(tmp_path, url, pymap, sink)
        (tmp_path / "rules" / "reports.toml").write_text(reports_for(*READERS), encoding="utf-8")
        moments = {
            "made": lambda: bool(store.ask(reports_of, week)),
            "leaving": lambda: bool(leaving(store)),
        }
        here = scale(
            {"sqlite": ["made"], "postgresql": ["leaving"]}[url.partition("+")[0].partition(":")[0]],
            [*moments],
        )
        killed = [kill_when(start(config, pymap.password, "run"), moments[moment]) for moment in here]
        assert all(killed), "nothing was disturbed: the test shows nothing"
        process = start(config, pymap.password, "run")
        until = time.monotonic() + 90
        while unsettled(store, week):
            assert time.monotonic() < until, store.ask(reports_of, week)
            time.sleep(0.1)
        time.sleep(1)  # a second one would come now
        process.terminate()
        process.wait(timeout=30)
        arrived = [item.recipient for item in sink.received if item.recipient in READERS]
    found = store.ask(reports_of, week)
    assert [one.recipient for one in found] == sorted(READERS)
    assert len(arrived) == len(set(arrived)), "a reader was sent two"
    shown = {one.recipient for one in found if one.state in (DeliveryState.REFUSED, DeliveryState.UNCERTAIN)}
    assert set(READERS) - set(arrived) <= shown, (
        "what may not have left is shown to people, who send it again"
    )
    store.close()


def leaving(store: Store) -> list[int]:
    """Letters of ours that a sender holds, or has sent."""
    with store.write() as transaction:
        states = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)
        query = select(outbox.c.id).where(outbox.c.state.in_(states))
        return list(transaction.scalars(query))


def unsettled(store: Store, week: Period) -> bool:
    found = store.ask(reports_of, week)
    waiting = (DeliveryState.READY, DeliveryState.SENDING)
    return len(found) < len(READERS) or any(one.state in waiting for one in found)


def reports_for(*readers: str) -> str:
    text = (resource_folder("rules") / "reports.toml").read_text(encoding="utf-8")
    assert "readers = []" in text
    return text.replace("readers = []", f"readers = {list(readers)!r}".replace("'", '"'))
