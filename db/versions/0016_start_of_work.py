"""The start of work: from which moment the letters of a mailbox are answered."""

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


def downgrade() -> None:
    op.drop_table("mailbox_start")
