"""The tables. Moments are aware UTC, values are exact text, states are checked by the database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from mailbot.model import CaseState, DeliveryState

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps no time zone: there it is UTC text that sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime names no moment")
        value = value.astimezone(UTC)
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if isinstance(value, str):
            return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


def _one_of(name: str, column: str, values: type[CaseState] | type[DeliveryState]) -> CheckConstraint:
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("cut_from", Integer),
    Column("received_at", Moment, nullable=False),
    Column("collected_at", Moment, nullable=False),
    Column("source", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Text),
    Column("lease_until", Moment),
    Column("next_attempt_at", Moment),
    Column("last_error", Text),
    Column("decided_at", Moment),
    Index("ix_letter_undecided", "decided_at", "received_at", "id"),
    Index("ix_letter_sender_decided", "sender", "decided_at"),
)

letter_place = Table(
    "letter_place",
    metadata,
    Column("mailbox", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("uidvalidity", Integer, primary_key=True),
    Column("uid", Integer, primary_key=True),
    Column("letter_id", ForeignKey("letter.id"), nullable=False, index=True),
)

folder_cursor = Table(
    "folder_cursor",
    metadata,
    Column("mailbox", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("uidvalidity", Integer, nullable=False),
    Column("last_uid", Integer, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
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
    Column("rule", Text),
    Column("clause", Text),
    Column("because", Text),
    Column("primary_kind", String(16)),
    Column("kinds", Text, nullable=False, server_default=""),
    Column("topic", Text),
    Column("topics", Text, nullable=False, server_default=""),
    Column("priority", String(16), nullable=False, server_default="normal"),
    Column("respond_by", Moment),
    Column("sender", Text, nullable=False),
    Column("accounts", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    Column("follows", String(16)),
    Column("template", Text),
    Column("proposed", Text),
    Column("rulebook_version", String(12)),
    Column("confidence", Float),
    Column("received_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("answered_on_substance", Boolean, nullable=False, server_default="0"),
    Column("answered_at", Moment),
    Column("answer_text", Text, nullable=False, server_default=""),
    Column("written_text", Text, nullable=False, server_default=""),
    Column("error", Text),
    Column("facts_json", Text),
    Column("decision_json", Text),
    _one_of("state", "state", CaseState),
    Index("ix_case__state_received", "state", "received_at"),
    Index("ix_case__received", "received_at"),
    Index("ix_case__sender_received", "sender", "received_at"),
)

case_account = Table(
    "case_account",
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("account", Text, primary_key=True),
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
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("account", Text),
    Column("meter", Text),
    Column("resource", String(16)),
    Column("value", Text, nullable=False),
    Column("unit", String(8)),
    Column("received_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("confidence", Float, nullable=False),
    CheckConstraint("state IN ('accepted', 'refused', 'proposed')", name="state"),
    Index("ix_reading_account_received", "account", "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("purpose", String(24), nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("template", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("held_reason", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, nullable=False),
    Column("claimed_by", Text),
    Column("lease_until", Moment),
    Column("last_error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("copied_at", Moment),
    UniqueConstraint("case_id", "purpose", "revision"),
    _one_of("state", "state", DeliveryState),
    Index("ix_outbox_state_next", "state", "next_at"),
    Index("ix_outbox_recipient_created", "recipient", "created_at"),
    Index("ix_outbox_created", "created_at"),
    Index("ix_outbox_sent_copied", "state", "copied_at"),
)

client = Table(
    "client",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
)

client_email = Table(
    "client_email",
    metadata,
    Column("email", Text, primary_key=True),
    Column("client_id", ForeignKey("client.id"), nullable=False, index=True),
)

client_account = Table(
    "client_account",
    metadata,
    Column("account", Text, primary_key=True),
    Column("client_id", ForeignKey("client.id"), nullable=False, index=True),
)

counter = Table(
    "counter",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)
