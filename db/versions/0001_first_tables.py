"""The first tables: letters, cases with their log, readings, the outbox, the client register."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

TABLES = (
    "reading",
    "outbox",
    "case_event",
    "case_account",
    "letter_place",
    "letter_content",
    "client_email",
    "client_account",
    "case_",
    "letter",
    "lease",
    "folder_cursor",
    "counter",
    "client",
)
"""In the order in which they can be dropped."""

SQLITE_GUARD = """
CREATE TRIGGER case_event_no_{verb} BEFORE {VERB} ON case_event
BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END
"""

POSTGRESQL_GUARD = (
    """
CREATE FUNCTION case_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'case_event is append-only'; END $$
""",
    """
CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event
FOR EACH STATEMENT EXECUTE FUNCTION case_event_is_append_only()
""",
)


def upgrade() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_table(
        "counter",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_counter")),
    )
    op.create_table(
        "folder_cursor",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "folder", name=op.f("pk_folder_cursor")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", AwareDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("cut_from", sa.BigInteger(), nullable=True),
        sa.Column("received_at", AwareDateTime(), nullable=False),
        sa.Column("collected_at", AwareDateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", AwareDateTime(), nullable=True),
        sa.Column("next_attempt_at", AwareDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("decided_at", AwareDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("sha256", name=op.f("uq_letter_sha256")),
    )
    index_where("ix_letter_undecided", "letter", ["received_at", "id"], "decided_at IS NULL")
    index_where("ix_letter_undecided_sender", "letter", ["sender", "received_at", "id"], "decided_at IS NULL")
    op.create_table(
        "case_",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("primary_kind", sa.String(length=16), nullable=True),
        sa.Column("kinds", sa.Text(), server_default="", nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), server_default="", nullable=False),
        sa.Column("priority", sa.String(length=16), server_default="normal", nullable=False),
        sa.Column("respond_by", AwareDateTime(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("follows", sa.String(length=16), nullable=True),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("rulebook_version", sa.String(length=12), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("received_at", AwareDateTime(), nullable=False),
        sa.Column("decided_at", AwareDateTime(), nullable=True),
        sa.Column("answered_on_substance", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("answered_at", AwareDateTime(), nullable=True),
        sa.Column("answer_text", sa.Text(), server_default="", nullable=False),
        sa.Column("written_text", sa.Text(), server_default="", nullable=False),
        sa.Column("arguments", sa.Text(), server_default="[]", nullable=False),
        sa.Column("doubts", sa.Text(), server_default="[]", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("facts_json", sa.Text(), nullable=True),
        sa.Column("decision_json", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('collected', 'answered', 'awaiting_review', 'silenced', 'ignored')",
            name=op.f("ck_case__state"),
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_case__letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_case__letter_id")),
        sa.UniqueConstraint("number", name=op.f("uq_case__number")),
    )
    op.create_index("ix_case__follows", "case_", ["follows"])
    op.create_index("ix_case__received", "case_", ["received_at", "id"])
    op.create_index("ix_case__sender_received", "case_", ["sender", "received_at"])
    op.create_index("ix_case__state_received", "case_", ["state", "received_at", "id"])
    op.create_table(
        "client_account",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_account_client_id")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_client_account")),
    )
    op.create_index(op.f("ix_client_account_client_id"), "client_account", ["client_id"])
    op.create_table(
        "client_email",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_email_client_id")),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_client_email")),
    )
    op.create_index(op.f("ix_client_email_client_id"), "client_email", ["client_id"])
    op.create_table(
        "letter_content",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_content_letter_id")),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_content")),
    )
    op.create_table(
        "letter_place",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_place_letter_id")),
        sa.PrimaryKeyConstraint("mailbox", "folder", "uidvalidity", "uid", name=op.f("pk_letter_place")),
    )
    op.create_index(op.f("ix_letter_place_letter_id"), "letter_place", ["letter_id"])
    op.create_table(
        "case_account",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_account_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account", name=op.f("pk_case_account")),
    )
    op.create_index("ix_case_account_account", "case_account", ["account"])
    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", AwareDateTime(), nullable=False),
        sa.Column("was", sa.String(length=16), nullable=True),
        sa.Column("became", sa.String(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("held_reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", AwareDateTime(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", AwareDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", AwareDateTime(), nullable=False),
        sa.Column("sent_at", AwareDateTime(), nullable=True),
        sa.Column("copied_at", AwareDateTime(), nullable=True),
        sa.Column("given_to_person_at", AwareDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('ready', 'sending', 'sent', 'held', 'refused', 'uncertain')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_outbox_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "case_id", "purpose", "revision", name=op.f("uq_outbox_case_id_purpose_revision")
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"])
    op.create_index("ix_outbox_created", "outbox", ["created_at"])
    op.create_index("ix_outbox_recipient_created", "outbox", ["recipient", "created_at"])
    index_where("ix_outbox_sending", "outbox", ["lease_until"], "state = 'sending'")
    index_where("ix_outbox_to_copy", "outbox", ["id"], "state = 'sent' AND copied_at IS NULL")
    index_where("ix_outbox_to_send", "outbox", ["next_at", "id"], "state = 'ready'")
    index_where("ix_outbox_uncertain", "outbox", ["id"], "state = 'uncertain'")
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("meter", sa.Text(), nullable=True),
        sa.Column("resource", sa.String(length=16), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=True),
        sa.Column("received_at", AwareDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("state IN ('accepted', 'refused')", name=op.f("ck_reading_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_reading_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index("ix_reading_account_received", "reading", ["account", "received_at"])
    op.create_index(op.f("ix_reading_case_id"), "reading", ["case_id"])
    guard_the_log()


def index_where(name: str, table: str, columns: list[str], condition: str) -> None:
    """An index over the rows that meet the condition, on both engines."""
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def guard_the_log() -> None:
    """The log of a case can only grow: no program, ours included, can change what happened."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL_GUARD:
            op.execute(statement)
    else:
        for verb in ("update", "delete"):
            op.execute(SQLITE_GUARD.format(verb=verb, VERB=verb.upper()))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER case_event_append_only ON case_event")
        op.execute("DROP FUNCTION case_event_is_append_only()")
    else:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER case_event_no_{verb}")
    for table in TABLES:
        op.drop_table(table)  # and its indexes
