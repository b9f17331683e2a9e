"""What of the mailbox fails now, for the manager's board."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailbox_fault",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("duty", sa.String(length=16), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", AwareDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "duty", "folder", name=op.f("pk_mailbox_fault")),
    )


def downgrade() -> None:
    op.drop_table("mailbox_fault")
