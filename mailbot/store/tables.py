"""The tables. Moments are aware UTC, values are exact text, states are checked by the database.

What is polled all day (undecided letters, letters of ours to send or copy) has a partial index: it
stays as small as the work in hand, however many years lie in the table.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from mailbot.model import CaseState, DeliveryState, Mark
from mailbot.store.columns import LONGEST_ADDRESS, Moment, Words

LONGEST_ACCOUNT = 64
"""Characters of a personal account that are kept, for the same index limit; real ones have 6 to 15."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(
    name: str, column: str, values: type[CaseState] | type[DeliveryState] | type[Mark]
) -> CheckConstraint:
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def _index_where(name: str, condition: str, *columns: str) -> Index:
    """An index over the rows that meet the condition, on both engines."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("cut_from", BigInteger),
    Column("received_at", Moment, nullable=False),
    Column("collected_at", Moment, nullable=False),
    Column("source", Words, nullable=False),
    Column("sender", Words(LONGEST_ADDRESS), nullable=False),
    Column("message_id", Words, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Words),
    Column("lease_until", Moment),
    Column("next_attempt_at", Moment),
    Column("last_error", Words),
    Column("decided_at", Moment),
    Column("identity", String(64)),  # what all copies of a letter have in common; of the first copy alone
    Index("ix_letter_identity", "identity", unique=True),
    _index_where("ix_letter_undecided", "decided_at IS NULL", "received_at", "id"),
    _index_where("ix_letter_undecided_sender", "decided_at IS NULL", "sender", "received_at", "id"),
)

letter_content = Table(
    "letter_content",  # apart, for SQLite writes a whole row anew at each claim: megabytes of photographs
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

letter_place = Table(
    "letter_place",  # UIDs are unsigned 32-bit numbers (RFC 3501 2.3.1.1): too large for Integer
    metadata,
    Column("mailbox", Words, primary_key=True),
    Column("folder", Words, primary_key=True),
    Column("uidvalidity", BigInteger, primary_key=True),
    Column("uid", BigInteger, primary_key=True),
    Column("letter_id", ForeignKey("letter.id"), nullable=False, index=True),
)

folder_cursor = Table(
    "folder_cursor",
    metadata,
    Column("mailbox", Words, primary_key=True),
    Column("folder", Words, primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Words, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("until", Moment, nullable=False),
)

case = Table(
    "case_",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("letter_id", ForeignKey("letter.id"), nullable=False, unique=True),
    Column("number", String(16), unique=True),
    Column("state", String(16), nullable=False),
    Column("action", String(24)),
    Column("rule", Words),
    Column("clause", Words),
    Column("because", Words),
    Column("primary_kind", String(16)),
    Column("kinds", Words, nullable=False, server_default=""),
    Column("topic", Words),
    Column("topics", Words, nullable=False, server_default=""),
    Column("priority", String(16), nullable=False, server_default="normal"),
    Column("respond_by", Moment),
    Column("sender", Words(LONGEST_ADDRESS), nullable=False),
    Column("subject", Words, nullable=False, server_default=""),
    Column("follows", String(16)),
    Column("template", Words),
    Column("proposed", Words),
    Column("rulebook_version", String(12)),
    Column("confidence", Float),
    Column("received_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("answered_on_substance", Boolean, nullable=False, server_default="0"),
    Column("answered_at", Moment),
    Column("answer_text", Words, nullable=False, server_default=""),
    Column("written_text", Words, nullable=False, server_default=""),
    Column("arguments", Words, nullable=False, server_default="[]"),
    Column("doubts", Words, nullable=False, server_default="[]"),
    Column("error", Words),
    Column("facts_json", Words),
    Column("decision_json", Words),
    Column("channel", String(8), nullable=False, server_default="mail"),
    Column("rank", Integer, nullable=False, server_default="2"),
    Column("assignee", String(64)),
    Column("put_off_until", Moment),
    Column("joined_to", String(16)),
    Column(
        "answer_owed", Boolean, nullable=False, server_default="0"
    ),  # a person declined a proposed silence
    Column("version", Integer, nullable=False, server_default="0"),
    Column("correspondent", String(64)),  # a group of correspondents.toml; NULL: a client's letter
    Column("their_number", Words, nullable=False, server_default=""),
    _one_of("state", "state", CaseState),
    _index_where(  # in the order of the queue, and with all that its counts ask: they read the index alone
        "ix_case__queue",
        "state = 'awaiting_review'",
        *("rank", "respond_by", "id", "assignee", "put_off_until", "joined_to", "received_at"),
    ),
    Index("ix_case__state_received", "state", "received_at", "id"),
    Index("ix_case__received", "received_at", "id"),
    Index("ix_case__sender_received", "sender", "received_at"),
    Index("ix_case__follows", "follows"),
)

case_account = Table(
    "case_account",
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("account", Words(LONGEST_ACCOUNT), primary_key=True),
    Index("ix_case_account_account", "account"),
)

case_event = Table(
    "case_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("was", String(16)),
    Column("became", String(16), nullable=False),
    Column("by", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("mark", String(16)),
    Column("kind", String(16)),
    Column("topic", Words),
    Column("clause", Words),
    Column("respond_by", Moment),
    Column("correspondent", String(64)),  # "" where a person says that it is a client after all
    _one_of("mark", "mark", Mark),
    _index_where("ix_case_event__mark", "mark IS NOT NULL", "mark", "at", "case_id"),
    _index_where("ix_case_event__correspondent", "correspondent IS NOT NULL", "case_id", "id", "at"),
)

case_open = Table(
    "case_open",  # while a case is owed an answer: what the log says, kept so that a backlog is counted quickly
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("ignored", Boolean, nullable=False, server_default="0"),  # closed, for it was no client's letter
    Index("ix_case_open__closed", "closed_at", "opened_at", "case_id"),
    _index_where("ix_case_open__now", "closed_at IS NULL", "opened_at", "case_id"),
)

case_place = Table(
    "case_place",  # the house that a case is about, as its letter or the register told when it was decided
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("street", Words(LONGEST_ADDRESS), nullable=False),
    Column("house", Words(LONGEST_ADDRESS), nullable=False),
)

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Column("kinds", Words, nullable=False),
    Column("topics", Words, nullable=False),
    Column("urgent", Boolean, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("account", Words(LONGEST_ACCOUNT)),
    Column("meter", Words),
    Column("resource", String(16)),
    Column("value", Words, nullable=False),
    Column("unit", String(8)),
    Column("received_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("confidence", Float, nullable=False),
    Column("first_state", String(16)),  # the machine's word; `state` and `reason` are what people made of it
    Column("first_reason", Words),
    CheckConstraint("state IN ('accepted', 'refused')", name="state"),
    Index("ix_reading_account_received", "account", "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "case_id", ForeignKey("case_.id"), index=True
    ),  # NULL: a bill belongs to an account, not to a case
    Column("purpose", String(24), nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("template", Words, nullable=False),
    Column("recipient", Words(LONGEST_ADDRESS), nullable=False),
    Column("subject", Words, nullable=False),
    Column("message_id", Words, nullable=False, unique=True),
    Column("text", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("mark", String(16)),  # what the case's log is told when the letter has left
    Column("author", Words),  # who wrote it; NULL: the machine
    Column(
        "words", Words
    ),  # what its author wrote between greeting and signature; NULL: the machine's letter
    Column("state", String(16), nullable=False),
    Column("held_reason", Words),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, nullable=False),
    Column("claimed_by", Words),
    Column("lease_until", Moment),
    Column("last_error", Words),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("copied_at", Moment),
    Column("given_to_person_at", Moment),
    Column(
        "provider", Words(LONGEST_ADDRESS)
    ),  # whose pace the letter keeps; NULL: at once, before all bills
    CheckConstraint("case_id IS NOT NULL OR provider IS NOT NULL", name="belongs"),
    UniqueConstraint("case_id", "purpose", "revision"),
    _one_of("state", "state", DeliveryState),
    _index_where("ix_outbox_to_send", "state = 'ready' AND provider IS NULL", "next_at", "id"),
    _index_where(
        "ix_outbox_paced",
        "state = 'ready' AND provider IS NOT NULL",
        "provider",
        "automatic",
        "next_at",
        "id",
    ),
    _index_where("ix_outbox_sending", "state = 'sending'", "lease_until"),
    _index_where(
        "ix_outbox_unasked", "provider IS NOT NULL", "created_at", "id", "state", "copied_at", "provider"
    ),
    _index_where("ix_outbox_uncertain", "state = 'uncertain'", "id"),
    _index_where("ix_outbox_stopped", "state IN ('held', 'refused')", "created_at", "state", "provider"),
    _index_where("ix_outbox_to_copy", "state = 'sent' AND copied_at IS NULL", "id"),
    Index("ix_outbox_recipient_created", "recipient", "created_at"),
    Index("ix_outbox_created", "created_at"),
)

client = Table(
    "client",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
)

client_email = Table(
    "client_email",
    metadata,
    Column("email", Words(LONGEST_ADDRESS), primary_key=True),
    Column("client_id", ForeignKey("client.id"), nullable=False, index=True),
    Column("proof", Words, nullable=False, server_default="реестр"),
)

client_account = Table(
    "client_account",
    metadata,
    Column("account", Words(LONGEST_ACCOUNT), primary_key=True),
    Column("client_id", ForeignKey("client.id"), nullable=False, index=True),
)

counter = Table(
    "counter",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
