"""Accounts, meters and telephones of the register."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("client_group", sa.String(length=16), nullable=False),
        sa.Column("service_area", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("benefit_percent", sa.Text(), nullable=False),
        sa.Column("delivery", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["client_account.account"], name=op.f("fk_account_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account")),
    )
    op.create_table(
        "meter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("resource", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("installed", sa.Date(), nullable=False),
        sa.Column("removed", sa.Date(), nullable=True),
        sa.Column("verified_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_meter_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter")),
        sa.UniqueConstraint("account", "serial", name=op.f("uq_meter_account_serial")),
    )
    op.create_index("ix_meter_serial", "meter", ["serial"])
    op.create_table(
        "client_phone",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_phone_client_id")),
        sa.PrimaryKeyConstraint("client_id", "phone", name=op.f("pk_client_phone")),
    )
    op.create_index("ix_client_phone_phone", "client_phone", ["phone"])


def downgrade() -> None:
    for name in ("client_phone", "meter", "account"):
        op.drop_table(name)
