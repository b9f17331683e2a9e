"""Closing: the words that a person sent, so that nobody sends them twice; a proposed repeat that a person declined."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("words", sa.Text(), nullable=True))
    op.add_column("case_", sa.Column("answer_owed", sa.Boolean(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("case_", "answer_owed")
    op.drop_column("outbox", "words")
