"""Room for longer members of closed sets: «messenger» among the channels. SQLite keeps no widths, and has nothing to do."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NARROW = (
    ("account", "delivery"),
    ("bill", "delivery"),
    ("case_", "channel"),
    ("payment", "source"),
    ("reminder", "kind"),
    ("survey_response", "form"),
)


def upgrade() -> None:
    _widths(8, 16)


def downgrade() -> None:
    """Refused by the database, and nothing is changed, while a longer member stands in a row."""
    _widths(16, 8)


def _widths(was: int, becomes: int) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in NARROW:
        op.alter_column(
            table,
            column,
            existing_type=sa.String(length=was),
            type_=sa.String(length=becomes),
            existing_nullable=False,
        )
