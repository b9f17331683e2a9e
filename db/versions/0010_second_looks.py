"""Second looks: which silences a person looks at again, and their word."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_look_draw",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("drawn_at", AwareDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_second_look_draw")),
    )
    op.create_table(
        "second_look",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("drawn_at", AwareDateTime(), nullable=False),
        sa.Column("looked_at", AwareDateTime(), nullable=True),
        sa.Column("looked_by", sa.Text(), nullable=True),
        sa.Column("owed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_second_look_case_id")),
        sa.ForeignKeyConstraint(["week"], ["second_look_draw.week"], name=op.f("fk_second_look_week")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_second_look")),
    )
    op.create_index("ix_second_look_looked_at", "second_look", ["looked_at"])


def downgrade() -> None:
    op.drop_table("second_look")
    op.drop_table("second_look_draw")
