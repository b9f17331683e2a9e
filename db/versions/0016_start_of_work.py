"""The start of work of a mailbox; the order of claims; which of our letters are urgent, and which wait for the server alone."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailbox_start",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("starts_at", AwareDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_mailbox_start")),
    )
    op.add_column("letter", sa.Column("urgent", sa.Boolean(), server_default="0", nullable=False))
    _claimed_by("urgent", "received_at", "id")
    for name in ("urgent", "cut_off"):
        op.add_column("outbox", sa.Column(name, sa.Boolean(), server_default="0", nullable=False))
    op.add_column("outbox", sa.Column("text_begun", sa.Boolean(), nullable=True))
    ready = sa.text("state = 'ready'")
    op.create_index(
        "ix_outbox_ready",
        "outbox",
        ["urgent", "next_at", "id"],
        sqlite_where=ready,
        postgresql_where=ready,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_ready", table_name="outbox")
    op.drop_column("outbox", "text_begun")
    op.drop_column("outbox", "cut_off")
    op.drop_column("outbox", "urgent")
    _claimed_by("received_at", "id")
    op.drop_column("letter", "urgent")
    op.drop_table("mailbox_start")


def _claimed_by(*columns: str) -> None:
    """The index of the letters that nobody has decided, in the order in which they are claimed."""
    undecided = sa.text("decided_at IS NULL")
    op.drop_index("ix_letter_undecided", table_name="letter")
    op.create_index(
        "ix_letter_undecided", "letter", [*columns], sqlite_where=undecided, postgresql_where=undecided
    )
