"""The same letter by two routes is known again: what all copies of it have in common."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letter", sa.Column("identity", sa.String(length=64), nullable=True))
    op.create_index("ix_letter_identity", "letter", ["identity"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_letter_identity", "letter")
    op.drop_column("letter", "identity")
