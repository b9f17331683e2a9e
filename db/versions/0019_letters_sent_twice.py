"""What letters have in common that their writer sends twice."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letter", sa.Column("sameness", sa.String(length=64), nullable=True))
    op.create_index("ix_letter_sameness", "letter", ["sameness"])


def downgrade() -> None:
    op.drop_index("ix_letter_sameness", table_name="letter")
    with op.batch_alter_table("letter") as batch:
        batch.drop_column("sameness")
