"""The database: tables and verbs on SQLAlchemy Core, for SQLite and PostgreSQL alike.

`Store` opens a short transaction for each verb; `Store.write` gives one to a caller that needs several
verbs to stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from mailbot.model import (
    CaseContext,
    CaseEvent,
    CaseState,
    Channel,
    Client,
    ClockMark,
    Decision,
    Envelope,
    Facts,
    GateHold,
    Letter,
    LetterCorrection,
    MailboxLocation,
    OutgoingLetter,
    RawLetter,
    ReturnedLetters,
    SendResult,
)
from mailbot.model.ledger.register import Register
from mailbot.model.outgoing.sending_pace import Pacing
from mailbot.store.accounts import (
    client_addresses,
    register_dictionary,
)
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.cases.summaries import CaseSummary, NoSuchCase, OutgoingSummary, RecordedDecision
from mailbot.store.casework import corrections, moves_and_answers
from mailbot.store.database import engine, leases, migrations
from mailbot.store.database.engine import StoreUnavailable
from mailbot.store.decisions import recording
from mailbot.store.decisions.context import context as read_context
from mailbot.store.decisions.recording import AlreadyDecided
from mailbot.store.mail import (
    bounces,
    incoming,
    incoming_claims,
    outbox,
    uncertain_deliveries,
)
from mailbot.store.mail.incoming import StoredLetter
from mailbot.store.mail.incoming_claims import ClaimedLetter
from mailbot.store.mail.outbox import ClaimedOutgoing, SentLetter
from mailbot.store.schema import bills as _bills  # noqa: F401  (db/env.py takes `metadata`: all tables must be known by then)
from mailbot.store.schema import reports_and_surveys as _reports_and_surveys  # noqa: F401

__all__ = [
    "AlreadyDecided",
    "CaseSummary",
    "ClaimedLetter",
    "ClaimedOutgoing",
    "NoSuchCase",
    "OutgoingSummary",
    "RecordedDecision",
    "SentLetter",
    "Store",
    "StoreTransaction",
    "StoreUnavailable",
    "StoredLetter",
]


P = ParamSpec("P")
T = TypeVar("T")


class StoreTransaction:
    """The verbs of one writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def do(self, verb: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """A verb of `casework`, `staff` or another file of this room, inside this transaction."""
        return verb(self._connection, *args, **named)

    def keep(self, raw: RawLetter, envelope: Envelope, source: str, now: datetime) -> StoredLetter:
        return incoming.save_letter(self._connection, raw, envelope, None, source, now)

    def raw(self, letter_id: int) -> RawLetter:
        return incoming.load_raw(self._connection, letter_id)

    def digest(self, letter_id: int) -> str:
        return incoming.digest(self._connection, letter_id)

    def context(
        self,
        letter_id: int,
        letter: Letter,
        facts: Facts,
        now: datetime,
        time_zone: str,
        own_addresses: Collection[str] = (),
    ) -> CaseContext:
        return read_context(self._connection, letter_id, letter, facts, now, time_zone, own_addresses)

    def record(
        self,
        letter_id: int,
        letter: Letter,
        facts: Facts,
        context: CaseContext,
        decision: Decision,
        outgoing: OutgoingLetter | None,
        held: GateHold | None,
        now: datetime,
        worker: str | None = None,
        channel: Channel = Channel.MAIL,
    ) -> None:
        recording.record(
            self._connection,
            letter_id,
            letter,
            facts,
            context,
            decision,
            outgoing,
            held,
            now,
            worker,
            channel,
        )

    def unclear_return(self, returned: ReturnedLetters | None) -> str:
        return "" if returned is None else bounces.unclear_return(self._connection, returned)

    def bounced(self, returned: ReturnedLetters | None, detail: str, now: datetime) -> int:
        return 0 if returned is None else bounces.record_bounces(self._connection, returned, detail, now)

    def case(self, number: str) -> CaseSummary:
        return summaries.case_of(self._connection, number)

    def outgoing(self, number: str) -> tuple[OutgoingSummary, ...]:
        return summaries.outgoing_of(self._connection, self.case(number).id)

    def next_revision(self, number: str) -> int:
        return moves_and_answers.next_revision(self._connection, number)

    def move(
        self,
        number: str,
        became: CaseState,
        by: str,
        why: str,
        now: datetime,
        mark: ClockMark | None = None,
        clause: str | None = None,
    ) -> None:
        moves_and_answers.move(self._connection, number, became, by, why, now, mark, clause)

    def correct(
        self, number: str, said: LetterCorrection, by: str, now: datetime, respond_by: datetime | None = None
    ) -> None:
        corrections.correct(self._connection, number, said, by, now, respond_by)

    def queue_answer(
        self,
        number: str,
        outgoing: OutgoingLetter,
        by: str,
        text: str,
        now: datetime,
        leaves_at: datetime | None = None,
        means: ClockMark = ClockMark.ANSWERED,
    ) -> None:
        moves_and_answers.queue_answer(self._connection, number, outgoing, by, text, now, leaves_at, means)


class Store:
    """A database of mailbot. `migrations` is the folder of its Alembic scripts.

    Each verb is described where it is done; all of them raise StoreUnavailable where the database is
    out of reach, and then nothing of them was kept.
    """

    def __init__(self, url: str, migrations: Path) -> None:
        self._engine = engine.open_engine(url)
        self._migrations = migrations
        self._register: Register | None = None

    def migrate(self) -> None:
        migrations.migrate(self._engine, self._migrations)

    def is_empty(self) -> bool:
        """Has nothing ever been written here? StoreUnavailable where the database does not answer."""
        return migrations.is_empty(self._engine)

    def check(self) -> None:
        migrations.check(self._engine, self._migrations)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def write(self) -> Iterator[StoreTransaction]:
        """One writing transaction: all of it or nothing."""
        with engine.writing(self._engine) as connection:
            yield StoreTransaction(connection)

    def ask(self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """A question of `desk`, `staff` or another file of this room, in a reading transaction."""
        with engine.reading(self._engine) as connection:
            return question(connection, *args, **named)

    def register(self) -> Register:
        """The register as a dictionary: compiled once, and anew when it has changed; one small query where it has not."""
        with engine.reading(self._engine) as connection:
            version = register_dictionary.register_version(connection)
            if self._register is None or self._register.version != version:
                self._register = register_dictionary.known_register(connection)
            return self._register

    def keep(
        self, raw: RawLetter, envelope: Envelope, place: MailboxLocation | None, source: str, now: datetime
    ) -> StoredLetter:
        with engine.writing(self._engine) as connection:
            return incoming.save_letter(connection, raw, envelope, place, source, now)

    def cursor(self, mailbox: str, folder: str) -> tuple[int, int] | None:
        with engine.reading(self._engine) as connection:
            return incoming.cursor(connection, mailbox, folder)

    def advance_cursor(self, place: MailboxLocation) -> None:
        with engine.writing(self._engine) as connection:
            incoming.advance_cursor(connection, place)

    def take_lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        with engine.writing(self._engine) as connection:
            return leases.take_lease(connection, name, holder, until, now)

    def drop_lease(self, name: str, holder: str) -> None:
        with engine.writing(self._engine) as connection:
            leases.drop_lease(connection, name, holder)

    def raw(self, letter_id: int) -> RawLetter:
        with engine.reading(self._engine) as connection:
            return incoming.load_raw(connection, letter_id)

    def digest(self, letter_id: int) -> str:
        with engine.reading(self._engine) as connection:
            return incoming.digest(connection, letter_id)

    def claim_letter(
        self, worker: str, lease: timedelta, now: datetime, attempts_limit: int = 3
    ) -> ClaimedLetter | None:
        with engine.writing(self._engine) as connection:
            return incoming_claims.claim(connection, worker, lease, now, attempts_limit)

    def fail(
        self,
        letter_id: int,
        error: str,
        now: datetime,
        retry_at: datetime,
        attempts_limit: int = 3,
        worker: str | None = None,
    ) -> None:
        with engine.writing(self._engine) as connection:
            incoming_claims.fail(connection, letter_id, error, now, retry_at, attempts_limit, worker)

    def give_up_exhausted(self, now: datetime, attempts_limit: int = 3) -> tuple[int, ...]:
        with engine.reading(self._engine) as connection:
            if not incoming_claims.any_exhausted(connection, now, attempts_limit):
                return ()
        with engine.writing(self._engine) as connection:
            return incoming_claims.give_up_exhausted(connection, now, attempts_limit)

    def claim_outgoing(
        self, worker: str, lease: timedelta, now: datetime, pacing: Pacing | None = None
    ) -> ClaimedOutgoing | None:
        with engine.writing(self._engine) as connection:
            return outbox.claim_outgoing(connection, worker, lease, now, pacing)

    def record_delivery(
        self,
        outgoing_id: int,
        delivery: SendResult,
        now: datetime,
        retry_at: datetime | None,
        pacing: Pacing | None = None,
    ) -> None:
        with engine.writing(self._engine) as connection:
            outbox.record_delivery(connection, outgoing_id, delivery, now, retry_at, pacing)

    def uncertain_after_crash(self, now: datetime) -> tuple[SentLetter, ...]:
        with engine.writing(self._engine) as connection:
            return uncertain_deliveries.uncertain_after_crash(connection, now)

    def uncertain(self) -> tuple[SentLetter, ...]:
        with engine.reading(self._engine) as connection:
            return uncertain_deliveries.uncertain(connection)

    def mark_found_in_sent(self, outgoing_id: int, now: datetime) -> None:
        with engine.writing(self._engine) as connection:
            uncertain_deliveries.mark_found_in_sent(connection, outgoing_id, now)

    def give_to_person(self, outgoing_id: int, now: datetime) -> None:
        with engine.writing(self._engine) as connection:
            uncertain_deliveries.give_to_person(connection, outgoing_id, now)

    def to_copy(self, limit: int) -> tuple[SentLetter, ...]:
        with engine.reading(self._engine) as connection:
            return outbox.to_copy(connection, limit)

    def mark_copied(self, outgoing_id: int, now: datetime) -> None:
        with engine.writing(self._engine) as connection:
            outbox.mark_copied(connection, outgoing_id, now)

    def import_clients(self, clients: Iterable[Client]) -> int:
        with engine.writing(self._engine) as connection:
            return client_addresses.import_clients(connection, clients)

    def cases(self, state: CaseState | None, limit: int) -> tuple[CaseSummary, ...]:
        with engine.reading(self._engine) as connection:
            return summaries.cases(connection, state, limit)

    def case(self, number: str) -> CaseSummary:
        with engine.reading(self._engine) as connection:
            return summaries.case_of(connection, number)

    def judged(self, number: str) -> RecordedDecision | None:
        with engine.reading(self._engine) as connection:
            return summaries.judged(connection, number)

    def corrections(self) -> tuple[tuple[int, LetterCorrection], ...]:
        with engine.reading(self._engine) as connection:
            return corrections.corrections(connection)

    def counts(self) -> dict[str, int]:
        with engine.reading(self._engine) as connection:
            return summaries.counts(connection)

    def pending(self) -> int:
        with engine.reading(self._engine) as connection:
            return summaries.pending(connection)

    def events(self, number: str) -> tuple[CaseEvent, ...]:
        with engine.reading(self._engine) as connection:
            return events.events_of(connection, summaries.case_of(connection, number).id)

    def outgoing(self, number: str) -> tuple[OutgoingSummary, ...]:
        with engine.reading(self._engine) as connection:
            return summaries.outgoing_of(connection, summaries.case_of(connection, number).id)
