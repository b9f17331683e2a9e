"""Tables of the people at the queue: who they are, what they did, what they have in hand."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from mailbot.model import StaffRole
from mailbot.model.case.staff_act import CaseAct, OfficeAct
from mailbot.store.schema.closed_sets import member_of, one_of
from mailbot.store.schema.column_types import AwareDateTime, StorableText
from mailbot.store.schema.letters_and_cases import metadata

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", StorableText, nullable=False),
    Column("role", member_of(StaffRole), nullable=False),
    Column("password_hash", StorableText),
    Column("created_at", AwareDateTime, nullable=False),
    Column("disabled_at", AwareDateTime),
    one_of(StaffRole, "role"),
)

staff_link = Table(
    "staff_link",  # one-time links: an invitation, or a new password; the token itself is never kept
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("created_at", AwareDateTime, nullable=False),
    Column("expires_at", AwareDateTime, nullable=False),
    Column("used_at", AwareDateTime),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("created_at", AwareDateTime, nullable=False),
    Column("seen_at", AwareDateTime, nullable=False),
    Column("ended_at", AwareDateTime),
)

login_failure = Table(
    "login_failure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", AwareDateTime, nullable=False),
    Column("login", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Index("ix_login_failure_login_at", "login", "at"),
    Index("ix_login_failure_address_at", "address", "at"),
)

audit = Table(
    "audit",  # triggers refuse every change of a line, whoever asks
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("what", member_of(CaseAct, OfficeAct), nullable=False),
    Column("about", String(64), nullable=False, index=True),
    Column("detail", StorableText, nullable=False),
)

case_note = Table(
    "case_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("text", StorableText, nullable=False),
)

case_presence = Table(
    "case_presence",
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("seen_at", AwareDateTime, nullable=False),
    Column("writing", Boolean, nullable=False),
)

alarm = Table(
    "alarm",  # who was told of an emergency, in turn; a turn is taken once, whichever machine is quicker
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("recipient", StorableText, nullable=False),
    Column("at", AwareDateTime, nullable=False),
)

second_look_draw = Table(
    "second_look_draw",  # weeks of which a sample was drawn, also where there was nothing to draw
    metadata,
    Column("week", String(8), primary_key=True),
    Column("drawn_at", AwareDateTime, nullable=False),
)

second_look = Table(
    "second_look",  # a silenced or ignored letter that a person looks at again, and their word
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("week", ForeignKey("second_look_draw.week"), nullable=False),
    Column("rule", StorableText, nullable=False),
    Column("drawn_at", AwareDateTime, nullable=False),
    Column("looked_at", AwareDateTime),
    Column("looked_by", StorableText),
    Column("owed", Boolean),
    Index("ix_second_look_looked_at", "looked_at"),
)

case_draft = Table(
    "case_draft",
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("text", StorableText, nullable=False),
    Column("saved_at", AwareDateTime, nullable=False),
)

undo = Table(
    "undo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("by", StorableText, nullable=False),
    Column("at", AwareDateTime, nullable=False),
    Column("until", AwareDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("what", StorableText, nullable=False),
    Column("before", StorableText, nullable=False),
    Column("undone_at", AwareDateTime),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False, index=True),
    Column("name", StorableText, nullable=False),
    Column("query", StorableText, nullable=False),
)

staff_source = Table(
    "staff_source",  # files of rules/ and templates/ as staff changed them; the newest row of a path holds
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", String(200), nullable=False, index=True),
    Column("text", StorableText),
    Column("at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("note", StorableText, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", StorableText, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("created_at", AwareDateTime, nullable=False),
    Column("disabled_at", AwareDateTime),
)

api_call = Table(
    "api_call",  # what was answered to an idempotency key, to be answered again
    metadata,
    Column("key_id", ForeignKey("api_key.id"), primary_key=True),
    Column("idempotency_key", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", AwareDateTime, nullable=False),
)
