"""The database: tables and verbs on SQLAlchemy Core, for SQLite and PostgreSQL alike.

`Store` opens a short transaction for each verb; `Store.write` gives one to a caller that needs several
verbs to stand or fall together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from mailbot.model import (
    CaseEvent,
    CaseState,
    Client,
    Context,
    Decision,
    Delivery,
    Envelope,
    Facts,
    Held,
    Letter,
    Outgoing,
    Place,
    RawLetter,
)
from mailbot.store import claims, deliveries, engine, events, letters, queries, recording, register
from mailbot.store.claims import Claimed
from mailbot.store.context import context as read_context
from mailbot.store.deliveries import ClaimedOutgoing, SentLetter
from mailbot.store.engine import StoreUnavailable
from mailbot.store.letters import Kept
from mailbot.store.queries import CaseSummary, NoSuchCase, OutgoingSummary
from mailbot.store.recording import AlreadyDecided

__all__ = [
    "AlreadyDecided",
    "CaseSummary",
    "Claimed",
    "ClaimedOutgoing",
    "Kept",
    "NoSuchCase",
    "OutgoingSummary",
    "SentLetter",
    "Store",
    "StoreUnavailable",
    "Work",
]


class Work:
    """The verbs of one writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def raw(self, letter_id: int) -> RawLetter:
        return letters.raw(self._connection, letter_id)

    def digest(self, letter_id: int) -> str:
        return letters.digest(self._connection, letter_id)

    def context(self, letter_id: int, letter: Letter, facts: Facts, now: datetime, time_zone: str) -> Context:
        return read_context(self._connection, letter_id, letter, facts, now, time_zone)

    def record(
        self,
        letter_id: int,
        letter: Letter,
        facts: Facts,
        context: Context,
        decision: Decision,
        outgoing: Outgoing | None,
        held: Held | None,
        now: datetime,
    ) -> None:
        recording.record(self._connection, letter_id, letter, facts, context, decision, outgoing, held, now)

    def bounced(self, message_ids: tuple[str, ...], detail: str, now: datetime) -> int:
        return deliveries.bounced(self._connection, message_ids, detail, now)

    def case(self, number: str) -> CaseSummary:
        return queries.case_of(self._connection, number)

    def outgoing(self, number: str) -> tuple[OutgoingSummary, ...]:
        return queries.outgoing_of(self._connection, self.case(number).id)

    def move(self, number: str, became: CaseState, by: str, why: str, now: datetime) -> None:
        events.step(self._connection, self.case(number).id, became, by, why, now)

    def queue_answer(self, number: str, outgoing: Outgoing, by: str, text: str, now: datetime) -> None:
        recording.queue_answer(self._connection, self.case(number).id, outgoing, by, text, now)


class Store:
    """A database of mailbot. `migrations` is the folder of its Alembic scripts."""

    def __init__(self, url: str, migrations: Path) -> None:
        self._engine = engine.open_engine(url)
        self._migrations = migrations

    def migrate(self) -> None:
        engine.migrate(self._engine, self._migrations)

    def check(self) -> None:
        engine.check(self._engine, self._migrations)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def write(self) -> Iterator[Work]:
        """One writing transaction: all of it or nothing."""
        with engine.writing(self._engine) as connection:
            yield Work(connection)

    def keep(
        self, raw: RawLetter, envelope: Envelope, place: Place | None, source: str, now: datetime
    ) -> Kept:
        with engine.writing(self._engine) as connection:
            return letters.keep(connection, raw, envelope, place, source, now)

    def cursor(self, mailbox: str, folder: str) -> tuple[int, int] | None:
        with engine.reading(self._engine) as connection:
            return letters.cursor(connection, mailbox, folder)

    def take_lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        with engine.writing(self._engine) as connection:
            return letters.take_lease(connection, name, holder, until, now)

    def drop_lease(self, name: str, holder: str) -> None:
        with engine.writing(self._engine) as connection:
            letters.drop_lease(connection, name, holder)

    def raw(self, letter_id: int) -> RawLetter:
        with engine.reading(self._engine) as connection:
            return letters.raw(connection, letter_id)

    def digest(self, letter_id: int) -> str:
        with engine.reading(self._engine) as connection:
            return letters.digest(connection, letter_id)

    def claim_letter(
        self, worker: str, lease: timedelta, now: datetime, attempts_limit: int
    ) -> Claimed | None:
        with engine.writing(self._engine) as connection:
            return claims.claim(connection, worker, lease, now, attempts_limit)

    def fail(
        self, letter_id: int, error: str, now: datetime, retry_at: datetime, attempts_limit: int
    ) -> None:
        with engine.writing(self._engine) as connection:
            claims.fail(connection, letter_id, error, now, retry_at, attempts_limit)

    def give_up_exhausted(self, now: datetime, attempts_limit: int) -> tuple[int, ...]:
        with engine.writing(self._engine) as connection:
            return claims.give_up_exhausted(connection, now, attempts_limit)

    def claim_outgoing(self, worker: str, lease: timedelta, now: datetime) -> ClaimedOutgoing | None:
        with engine.writing(self._engine) as connection:
            return deliveries.claim_outgoing(connection, worker, lease, now)

    def record_delivery(
        self, outgoing_id: int, delivery: Delivery, now: datetime, retry_at: datetime
    ) -> None:
        with engine.writing(self._engine) as connection:
            deliveries.record_delivery(connection, outgoing_id, delivery, now, retry_at)

    def uncertain_after_crash(self, now: datetime) -> tuple[SentLetter, ...]:
        with engine.writing(self._engine) as connection:
            return deliveries.uncertain_after_crash(connection, now)

    def uncertain(self) -> tuple[SentLetter, ...]:
        with engine.reading(self._engine) as connection:
            return deliveries.uncertain(connection)

    def mark_found_in_sent(self, outgoing_id: int, now: datetime) -> None:
        with engine.writing(self._engine) as connection:
            deliveries.mark_found_in_sent(connection, outgoing_id, now)

    def give_to_person(self, outgoing_id: int, now: datetime) -> None:
        with engine.writing(self._engine) as connection:
            deliveries.give_to_person(connection, outgoing_id, now)

    def to_copy(self, limit: int) -> tuple[SentLetter, ...]:
        with engine.reading(self._engine) as connection:
            return deliveries.to_copy(connection, limit)

    def mark_copied(self, outgoing_id: int, now: datetime) -> None:
        with engine.writing(self._engine) as connection:
            deliveries.mark_copied(connection, outgoing_id, now)

    def import_clients(self, clients: Iterable[Client]) -> int:
        with engine.writing(self._engine) as connection:
            return register.import_clients(connection, clients)

    def cases(self, state: CaseState | None, limit: int) -> tuple[CaseSummary, ...]:
        with engine.reading(self._engine) as connection:
            return queries.cases(connection, state, limit)

    def case(self, number: str) -> CaseSummary:
        with engine.reading(self._engine) as connection:
            return queries.case_of(connection, number)

    def counts(self) -> dict[str, int]:
        with engine.reading(self._engine) as connection:
            return queries.counts(connection)

    def pending(self) -> int:
        with engine.reading(self._engine) as connection:
            return queries.pending(connection)

    def events(self, number: str) -> tuple[CaseEvent, ...]:
        with engine.reading(self._engine) as connection:
            return events.events_of(connection, queries.case_of(connection, number).id)

    def outgoing(self, number: str) -> tuple[OutgoingSummary, ...]:
        with engine.reading(self._engine) as connection:
            return queries.outgoing_of(connection, queries.case_of(connection, number).id)
