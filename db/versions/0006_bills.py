"""Bills: who was sent what, letters of ours that belong to an account and to no case, the pace at which they leave."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("reminder", "mail_refusal", "pace", "bill_letter", "bill", "bill_sending")
"""In the order in which they can be dropped."""


def _outbox_before() -> sa.Table:
    """The outbox as 0005 leaves it: SQLite can only change a column by copying the table, and must know all of it."""
    partly = {
        "ix_outbox_to_send": ("state = 'ready'", "next_at", "id"),
        "ix_outbox_sending": ("state = 'sending'", "lease_until"),
        "ix_outbox_uncertain": ("state = 'uncertain'", "id"),
        "ix_outbox_to_copy": ("state = 'sent' AND copied_at IS NULL", "id"),
    }
    return sa.Table(
        "outbox",
        sa.MetaData(),
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
        sa.Index("ix_outbox_case_id", "case_id"),
        sa.Index("ix_outbox_recipient_created", "recipient", "created_at"),
        sa.Index("ix_outbox_created", "created_at"),
        *(
            sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
            for name, (where, *columns) in partly.items()
        ),
    )


def _index_where(name: str, condition: str, *columns: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "outbox", list(columns), sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    with op.batch_alter_table("outbox", copy_from=_outbox_before()) as table:
        table.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("provider", sa.Text(), nullable=True))
        table.create_check_constraint(
            op.f("ck_outbox_belongs"), "case_id IS NOT NULL OR provider IS NOT NULL"
        )
    op.drop_index("ix_outbox_to_send", "outbox")  # a month's bills must not stand in the way of an answer
    _index_where("ix_outbox_to_send", "state = 'ready' AND provider IS NULL", "next_at", "id")
    _index_where(
        "ix_outbox_paced",
        "state = 'ready' AND provider IS NOT NULL",
        "provider",
        "automatic",
        "next_at",
        "id",
    )
    op.create_table(
        "bill_sending",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("begun_at", AwareDateTime(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("finished_at", AwareDateTime(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["month"], ["bill_run.month"], name=op.f("fk_bill_sending_month")),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_bill_sending")),
    )
    op.create_table(
        "bill",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("delivery", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("created_at", AwareDateTime(), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("batch", sa.String(length=24), nullable=True),
        sa.Column("left_at", AwareDateTime(), nullable=True),
        sa.CheckConstraint("delivery IN ('paper', 'email', 'edo')", name=op.f("ck_bill_delivery")),
        sa.ForeignKeyConstraint(
            ["account", "month"], ["charge.account", "charge.month"], name=op.f("fk_bill_account_month")
        ),
        sa.ForeignKeyConstraint(["month"], ["bill_sending.month"], name=op.f("fk_bill_month")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_bill_outbox_id")),
        sa.PrimaryKeyConstraint("account", "month", name=op.f("pk_bill")),
        sa.UniqueConstraint("number", name=op.f("uq_bill_number")),
    )
    op.create_index("ix_bill_month", "bill", ["month", "delivery", "account"], unique=False)
    op.create_table(
        "bill_letter",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sent_again_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_bill_letter_outbox_id")),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_bill_letter_account")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_bill_letter")),
    )
    op.create_index("ix_bill_letter_account_month", "bill_letter", ["account", "month"], unique=False)
    op.create_table(
        "pace",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("next_at", AwareDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_today", sa.Integer(), server_default="0", nullable=False),
        sa.Column("paused_until", AwareDateTime(), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_pace")),
    )
    op.create_table(
        "mail_refusal",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("since", AwareDateTime(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_mail_refusal")),
    )
    op.create_table(
        "reminder",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("created_at", AwareDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('readings', 'debt')", name=op.f("ck_reminder_kind")),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_reminder_account")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_reminder_outbox_id")),
        sa.PrimaryKeyConstraint("account", "kind", "month", "nth", name=op.f("pk_reminder")),
        sa.UniqueConstraint("account", "kind", "day", name=op.f("uq_reminder_account_kind_day")),
    )
    op.create_index("ix_reminder_outbox_id", "reminder", ["outbox_id"], unique=False)


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    op.drop_index("ix_outbox_paced", "outbox")
    op.drop_index("ix_outbox_to_send", "outbox")
    _index_where("ix_outbox_to_send", "state = 'ready'", "next_at", "id")
    op.execute("DELETE FROM outbox WHERE case_id IS NULL")
    with op.batch_alter_table("outbox", copy_from=_outbox_after()) as table:
        table.drop_constraint(op.f("ck_outbox_belongs"), type_="check")
        table.drop_column("provider")
        table.alter_column("case_id", existing_type=sa.Integer(), nullable=False)


def _outbox_after() -> sa.Table:
    """What `upgrade` made of it."""
    table = _outbox_before()
    table.c.case_id.nullable = True
    table.append_column(sa.Column("provider", sa.Text(), nullable=True))
    table.append_constraint(
        sa.CheckConstraint("case_id IS NOT NULL OR provider IS NOT NULL", name=op.f("ck_outbox_belongs"))
    )
    return table
