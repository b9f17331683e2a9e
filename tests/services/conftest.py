"""A house with a database, and letters put straight into it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.composing import MailTemplates
from mailbot.model import RawLetter
from mailbot.parsing import read_envelope
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.attempt import WorkerContext, attempt_next
from mailbot.store import CaseSummary, Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from tests.engines import SqliteFiles
from tests.store.conftest import once_opened, opened, sqlite

__all__ = ["opened", "sqlite"]

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class House:
    """The decision of letters without a daemon: one worker, a clock of the test's own."""

    def __init__(self, store: Store, rules: ActiveRules) -> None:
        self.store, self.rules, self.now = store, rules, NOW

    @property
    def templates(self) -> MailTemplates:
        return self.rules.templates

    @property
    def bench(self) -> WorkerContext:
        return WorkerContext("test", self.rules, timedelta(seconds=30), timedelta(0))

    def clock(self) -> datetime:
        return self.now

    def receive(self, content: str | bytes) -> CaseSummary:
        """Take one letter in, decide it, and show the case."""
        content = content.encode() if isinstance(content, str) else content
        self.now += timedelta(minutes=1)
        raw = RawLetter(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), self.now)
        kept = self.store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", self.now)
        assert attempt_next(self.store, self.bench, self.clock)
        return next(
            case for case in self.store.ask(summaries.cases, None, 1000) if case.letter_id == kept.letter_id
        )


@pytest.fixture
def blank_store(sqlite: SqliteFiles, opened: dict[str, Store]) -> Store:
    """One database for all tests, migrated once and emptied for each: a store that is used again has its statements compiled."""
    return once_opened(sqlite.empty(), opened)


@pytest.fixture
def house(blank_store: Store, rules: ActiveRules) -> House:
    return House(blank_store, rules)
