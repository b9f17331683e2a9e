"""Correspondents: who writes that is no client, and his own number; the log says so too, for reports leave them out."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SAID = sa.text("correspondent IS NOT NULL")


def upgrade() -> None:
    # columns that may be empty are added in place: the log's guards and the search index stay as they are
    op.add_column("case_", sa.Column("correspondent", sa.String(length=64), nullable=True))
    op.add_column("case_", sa.Column("their_number", sa.Text(), server_default="", nullable=False))
    op.add_column("case_event", sa.Column("correspondent", sa.String(length=64), nullable=True))
    op.create_index(
        "ix_case_event__correspondent",
        "case_event",
        ["case_id", "id", "at"],
        sqlite_where=SAID,
        postgresql_where=SAID,
    )


def downgrade() -> None:
    op.drop_index("ix_case_event__correspondent", "case_event")
    op.drop_column("case_event", "correspondent")
    op.drop_column("case_", "their_number")
    op.drop_column("case_", "correspondent")
