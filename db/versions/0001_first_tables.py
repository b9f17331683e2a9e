"""The first tables: letters, cases with their log, readings, the outbox, the client register."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.tables import Moment

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

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
        sa.Column("uidvalidity", sa.Integer(), nullable=False),
        sa.Column("last_uid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "folder", name=op.f("pk_folder_cursor")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("cut_from", sa.Integer(), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("collected_at", Moment(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("next_attempt_at", Moment(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("sha256", name=op.f("uq_letter_sha256")),
    )
    op.create_index("ix_letter_sender_decided", "letter", ["sender", "decided_at"], unique=False)
    op.create_index("ix_letter_undecided", "letter", ["decided_at", "received_at", "id"], unique=False)
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
        sa.Column("respond_by", Moment(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("accounts", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("follows", sa.String(length=16), nullable=True),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("rulebook_version", sa.String(length=12), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("answered_on_substance", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer_text", sa.Text(), server_default="", nullable=False),
        sa.Column("written_text", sa.Text(), server_default="", nullable=False),
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
    op.create_index("ix_case__received", "case_", ["received_at"], unique=False)
    op.create_index("ix_case__sender_received", "case_", ["sender", "received_at"], unique=False)
    op.create_index("ix_case__state_received", "case_", ["state", "received_at"], unique=False)
    op.create_table(
        "client_account",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_account_client_id")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_client_account")),
    )
    op.create_index(op.f("ix_client_account_client_id"), "client_account", ["client_id"], unique=False)
    op.create_table(
        "client_email",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_email_client_id")),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_client_email")),
    )
    op.create_index(op.f("ix_client_email_client_id"), "client_email", ["client_id"], unique=False)
    op.create_table(
        "letter_place",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_place_letter_id")),
        sa.PrimaryKeyConstraint("mailbox", "folder", "uidvalidity", "uid", name=op.f("pk_letter_place")),
    )
    op.create_index(op.f("ix_letter_place_letter_id"), "letter_place", ["letter_id"], unique=False)
    op.create_table(
        "case_account",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_account_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account", name=op.f("pk_case_account")),
    )
    op.create_index("ix_case_account_account", "case_account", ["account"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("was", sa.String(length=16), nullable=True),
        sa.Column("became", sa.String(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"], unique=False)
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
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("copied_at", Moment(), nullable=True),
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
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"], unique=False)
    op.create_index("ix_outbox_created", "outbox", ["created_at"], unique=False)
    op.create_index("ix_outbox_recipient_created", "outbox", ["recipient", "created_at"], unique=False)
    op.create_index("ix_outbox_sent_copied", "outbox", ["state", "copied_at"], unique=False)
    op.create_index("ix_outbox_state_next", "outbox", ["state", "next_at"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("meter", sa.Text(), nullable=True),
        sa.Column("resource", sa.String(length=16), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("state IN ('accepted', 'refused', 'proposed')", name=op.f("ck_reading_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_reading_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index("ix_reading_account_received", "reading", ["account", "received_at"], unique=False)
    op.create_index(op.f("ix_reading_case_id"), "reading", ["case_id"], unique=False)
    guard_the_log()


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
    op.drop_index(op.f("ix_reading_case_id"), table_name="reading")
    op.drop_index("ix_reading_account_received", table_name="reading")
    op.drop_table("reading")
    op.drop_index("ix_outbox_state_next", table_name="outbox")
    op.drop_index("ix_outbox_sent_copied", table_name="outbox")
    op.drop_index("ix_outbox_recipient_created", table_name="outbox")
    op.drop_index("ix_outbox_created", table_name="outbox")
    op.drop_index(op.f("ix_outbox_case_id"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_case_event_case_id"), table_name="case_event")
    op.drop_table("case_event")
    op.drop_index("ix_case_account_account", table_name="case_account")
    op.drop_table("case_account")
    op.drop_index(op.f("ix_letter_place_letter_id"), table_name="letter_place")
    op.drop_table("letter_place")
    op.drop_index(op.f("ix_client_email_client_id"), table_name="client_email")
    op.drop_table("client_email")
    op.drop_index(op.f("ix_client_account_client_id"), table_name="client_account")
    op.drop_table("client_account")
    op.drop_index("ix_case__state_received", table_name="case_")
    op.drop_index("ix_case__sender_received", table_name="case_")
    op.drop_index("ix_case__received", table_name="case_")
    op.drop_table("case_")
    op.drop_index("ix_letter_undecided", table_name="letter")
    op.drop_index("ix_letter_sender_decided", table_name="letter")
    op.drop_table("letter")
    op.drop_table("lease")
    op.drop_table("folder_cursor")
    op.drop_table("counter")
    op.drop_table("client")
