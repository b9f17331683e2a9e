"""The gate's counts of automatic letters, and which held letters wait for room alone."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counts = op.create_table(
        "automatic_count",
        sa.Column("at", AwareDateTime(), nullable=False),
        sa.Column("writer", sa.String(length=16), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("at", "writer", name=op.f("pk_automatic_count")),
    )
    op.add_column("outbox", sa.Column("waits_as", sa.String(length=16), nullable=True))
    op.create_index(
        "ix_outbox_waits",
        "outbox",
        ["created_at", "id"],
        sqlite_where=sa.text("waits_as IS NOT NULL"),
        postgresql_where=sa.text("waits_as IS NOT NULL"),
    )
    outbox = sa.table(
        "outbox",
        sa.column("automatic", sa.Boolean),
        sa.column("provider"),
        sa.column("state"),
        sa.column("created_at", AwareDateTime),
    )
    since = datetime.now(UTC) - timedelta(days=1)
    query = sa.select(outbox.c.created_at).where(
        outbox.c.automatic.is_(sa.true()),
        outbox.c.provider.is_(None),
        outbox.c.state != "held",
        outbox.c.created_at > since,
    )
    # who they went to is not known any more: they count to the totals
    begun = Counter(_begin(row.created_at) for row in op.get_bind().execute(query))
    rows = [{"at": at, "writer": "client", "letters": letters} for at, letters in begun.items()]
    if rows:
        op.bulk_insert(counts, rows)


def _begin(at: datetime) -> datetime:
    return datetime.fromtimestamp(int(at.timestamp()) // 600 * 600, UTC)


def downgrade() -> None:
    op.drop_index("ix_outbox_waits", table_name="outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("waits_as")
    op.drop_table("automatic_count")
