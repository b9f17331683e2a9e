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

from mailbot.model import (
    Action,
    CaseState,
    Channel,
    ClockMark,
    DeliveryState,
    LetterKind,
    LetterPurpose,
    Priority,
)
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.store.schema.closed_sets import member_of, one_of
from mailbot.store.schema.column_types import MAX_ADDRESS_LENGTH, AwareDateTime, StorableText

MAX_ACCOUNT_LENGTH = 64
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


def _index_where(name: str, condition: str, *columns: str) -> Index:
    """An index over the rows that meet the condition, on both engines."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("cut_from", BigInteger),
    Column("received_at", AwareDateTime, nullable=False),
    Column("collected_at", AwareDateTime, nullable=False),
    Column("source", StorableText, nullable=False),
    Column("sender", StorableText(MAX_ADDRESS_LENGTH), nullable=False),
    Column("message_id", StorableText, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_by", StorableText),
    Column("lease_until", AwareDateTime),
    Column("next_attempt_at", AwareDateTime),
    Column("last_error", StorableText),
    Column("decided_at", AwareDateTime),
    Column("urgent", Boolean, nullable=False, server_default="0"),  # at first glance: orders the claims
    Column("identity", String(64)),  # what all copies of a letter have in common; of the first copy alone
    Column("sameness", String(64)),  # what a letter that is sent twice has in common
    Index("ix_letter_identity", "identity", unique=True),
    Index("ix_letter_sameness", "sameness"),
    _index_where("ix_letter_undecided", "decided_at IS NULL", "urgent", "received_at", "id"),
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
    Column("mailbox", StorableText, primary_key=True),
    Column("folder", StorableText, primary_key=True),
    Column("uidvalidity", BigInteger, primary_key=True),
    Column("uid", BigInteger, primary_key=True),
    Column("letter_id", ForeignKey("letter.id"), nullable=False, index=True),
)

folder_cursor = Table(
    "folder_cursor",
    metadata,
    Column("mailbox", StorableText, primary_key=True),
    Column("folder", StorableText, primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
)

mailbox_start = Table(
    "mailbox_start",  # what came before it is not the robot's: from the first look at a mailbox, for ever
    metadata,
    Column("mailbox", StorableText, primary_key=True),
    Column("starts_at", AwareDateTime, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", StorableText, primary_key=True),
    Column("holder", StorableText, nullable=False),
    Column("until", AwareDateTime, nullable=False),
)

mailbox_fault = Table(
    "mailbox_fault",  # duties of the mailbox that fail now; of what went well again nothing is kept
    metadata,
    Column("mailbox", StorableText, primary_key=True),
    Column("duty", member_of(MailboxDuty), primary_key=True),
    Column("folder", StorableText, primary_key=True),
    Column("why", StorableText, nullable=False),
    Column("since", AwareDateTime, nullable=False),
)

case = Table(
    "case_",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("letter_id", ForeignKey("letter.id"), nullable=False, unique=True),
    Column("number", String(16), unique=True),
    Column("state", member_of(CaseState), nullable=False),
    Column("action", member_of(Action, at_least=24)),
    Column("rule", StorableText),
    Column("clause", StorableText),
    Column("because", StorableText),
    Column("primary_kind", member_of(LetterKind)),
    Column("kinds", StorableText, nullable=False, server_default=""),
    Column("topic", StorableText),
    Column("topics", StorableText, nullable=False, server_default=""),
    Column("priority", member_of(Priority), nullable=False, server_default="normal"),
    Column("respond_by", AwareDateTime),
    Column("sender", StorableText(MAX_ADDRESS_LENGTH), nullable=False),
    Column("subject", StorableText, nullable=False, server_default=""),
    Column("follows", String(16)),
    Column("template", StorableText),
    Column("proposed", StorableText),
    Column("rulebook_version", String(12)),
    Column("confidence", Float),
    Column("received_at", AwareDateTime, nullable=False),
    Column("decided_at", AwareDateTime),
    Column("answered_on_substance", Boolean, nullable=False, server_default="0"),
    Column("answered_at", AwareDateTime),
    Column("answer_text", StorableText, nullable=False, server_default=""),
    Column("written_text", StorableText, nullable=False, server_default=""),
    Column("arguments", StorableText, nullable=False, server_default="[]"),
    Column("doubts", StorableText, nullable=False, server_default="[]"),
    Column("error", StorableText),
    Column("facts_json", StorableText),
    Column("decision_json", StorableText),
    Column("channel", member_of(Channel), nullable=False, server_default="mail"),
    Column("rank", Integer, nullable=False, server_default="2"),
    Column("assignee", String(64)),
    Column("put_off_until", AwareDateTime),
    Column("joined_to", String(16)),
    Column(
        "answer_owed", Boolean, nullable=False, server_default="0"
    ),  # a person declined a proposed silence
    Column("version", Integer, nullable=False, server_default="0"),
    Column("correspondent", String(64)),  # a group of correspondents.toml; NULL: a client's letter
    Column("their_number", StorableText, nullable=False, server_default=""),
    one_of(CaseState, "state"),
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
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), primary_key=True),
    Index("ix_case_account_account", "account"),
)

case_event = Table(
    "case_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("at", AwareDateTime, nullable=False),
    Column("was", member_of(CaseState)),
    Column("became", member_of(CaseState), nullable=False),
    Column("by", StorableText, nullable=False),
    Column("why", StorableText, nullable=False),
    Column("mark", member_of(ClockMark)),
    Column("kind", member_of(LetterKind)),
    Column("topic", StorableText),
    Column("clause", StorableText),
    Column("respond_by", AwareDateTime),
    Column("correspondent", String(64)),  # "" where a person says that it is a client after all
    one_of(ClockMark, "mark"),
    _index_where("ix_case_event__mark", "mark IS NOT NULL", "mark", "at", "case_id"),
    _index_where("ix_case_event__correspondent", "correspondent IS NOT NULL", "case_id", "id", "at"),
)

case_open = Table(
    "case_open",  # while a case is owed an answer: what the log says, kept so that a backlog is counted quickly
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("opened_at", AwareDateTime, nullable=False),
    Column("closed_at", AwareDateTime),
    Column("ignored", Boolean, nullable=False, server_default="0"),  # closed, for it was no client's letter
    Index("ix_case_open__closed", "closed_at", "opened_at", "case_id"),
    _index_where("ix_case_open__now", "closed_at IS NULL", "opened_at", "case_id"),
)

case_place = Table(
    "case_place",  # the house that a case is about, as its letter or the register told when it was decided
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("street", StorableText(MAX_ADDRESS_LENGTH), nullable=False),
    Column("house", StorableText(MAX_ADDRESS_LENGTH), nullable=False),
)

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("kinds", StorableText, nullable=False),
    Column("topics", StorableText, nullable=False),
    Column("urgent", Boolean, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("account", StorableText(MAX_ACCOUNT_LENGTH)),
    Column("meter", StorableText),
    Column("resource", String(16)),
    Column("value", StorableText, nullable=False),
    Column("unit", String(8)),
    Column("received_at", AwareDateTime, nullable=False),
    Column("state", member_of(ReadingState), nullable=False),
    Column("reason", StorableText, nullable=False, server_default=""),
    Column("confidence", Float, nullable=False),
    Column(
        "first_state", member_of(ReadingState)
    ),  # the machine's word; `state` and `reason` are what people made of it
    Column("first_reason", StorableText),
    one_of(ReadingState, "state"),
    Index("ix_reading_account_received", "account", "received_at"),
)

automatic_count = Table(
    "automatic_count",  # automatic letters that the gate let out within ten minutes from `at`
    metadata,
    Column("at", AwareDateTime, primary_key=True),
    Column("writer", member_of(WriterClass), primary_key=True),
    Column("letters", Integer, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "case_id", ForeignKey("case_.id"), index=True
    ),  # NULL: a bill belongs to an account, not to a case
    Column("purpose", member_of(LetterPurpose, at_least=24), nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("template", StorableText, nullable=False),
    Column("recipient", StorableText(MAX_ADDRESS_LENGTH), nullable=False),
    Column("subject", StorableText, nullable=False),
    Column("message_id", StorableText, nullable=False, unique=True),
    Column("text", StorableText, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("mark", member_of(ClockMark)),  # what the case's log is told when the letter has left
    Column("author", StorableText),  # who wrote it; NULL: the machine
    Column(
        "words", StorableText
    ),  # what its author wrote between greeting and signature; NULL: the machine's letter
    Column("state", member_of(DeliveryState), nullable=False),
    Column("held_reason", StorableText),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", AwareDateTime, nullable=False),
    Column("claimed_by", StorableText),
    Column("lease_until", AwareDateTime),
    Column("last_error", StorableText),
    Column("created_at", AwareDateTime, nullable=False),
    Column("sent_at", AwareDateTime),
    Column("copied_at", AwareDateTime),
    Column("given_to_person_at", AwareDateTime),
    Column(
        "provider", StorableText(MAX_ADDRESS_LENGTH)
    ),  # whose pace the letter keeps; NULL: at once, before all bills
    Column(
        "urgent", Boolean, nullable=False, server_default="0"
    ),  # of an emergency: leaves before all others
    Column(
        "cut_off", Boolean, nullable=False, server_default="0"
    ),  # at its last attempt the server went away
    Column(
        "waits_as", member_of(WriterClass)
    ),  # held by the caps of all addresses alone: leaves once there is room
    Column("text_begun", Boolean),  # while it is sent; NULL: not told, its sender is of an earlier version
    CheckConstraint("case_id IS NOT NULL OR provider IS NOT NULL", name="belongs"),
    UniqueConstraint("case_id", "purpose", "revision"),
    one_of(DeliveryState, "state"),
    _index_where("ix_outbox_ready", "state = 'ready'", "urgent", "next_at", "id"),
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
    _index_where("ix_outbox_waits", "waits_as IS NOT NULL", "created_at", "id"),
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
    Column("name", StorableText, nullable=False),
)

client_email = Table(
    "client_email",
    metadata,
    Column("email", StorableText(MAX_ADDRESS_LENGTH), primary_key=True),
    Column("client_id", ForeignKey("client.id"), nullable=False, index=True),
    Column("proof", StorableText, nullable=False, server_default="реестр"),
)

client_account = Table(
    "client_account",
    metadata,
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), primary_key=True),
    Column("client_id", ForeignKey("client.id"), nullable=False, index=True),
)

counter = Table(
    "counter",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
