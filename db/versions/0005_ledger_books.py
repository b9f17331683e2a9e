"""The ledger: readings of meters, runs and charges of months, payments, grounds of recalculation, ties of cases."""

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "case_tie", "charge_line", "charge", "bill_run", "payment", "adjustment", "meter_reading", "account_event",
)  # fmt: skip
"""In the order in which they can be dropped."""

CLOSED = ("meter_reading", "charge", "charge_line", "adjustment", "account_event")
"""Rows are only added."""


def _guards(dialect: str) -> list[str]:
    if dialect == "sqlite":
        found = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in CLOSED
            for verb in ("UPDATE", "DELETE")
        ]
        return [
            *found,
            "CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment WHEN OLD.account IS NOT NULL "
            "OR NEW.amount <> OLD.amount BEGIN SELECT RAISE(ABORT, 'payment is append-only'); END",
            "CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment "
            "BEGIN SELECT RAISE(ABORT, 'payment is append-only'); END",
        ]
    refuse = (
        "CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    found = [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
        for table in CLOSED
    ]
    return [
        refuse,
        *found,
        "CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment FOR EACH ROW "
        "WHEN (OLD.account IS NOT NULL OR NEW.amount <> OLD.amount) EXECUTE FUNCTION ledger_is_append_only()",
        "CREATE TRIGGER payment_no_delete BEFORE DELETE OR TRUNCATE ON payment "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
    ]


def upgrade() -> None:
    op.create_table(
        "bill_run",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("begun_at", AwareDateTime(), nullable=False),
        sa.Column("finished_at", AwareDateTime(), nullable=True),
        sa.Column("tariffs_version", sa.String(length=12), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_bill_run")),
    )
    op.create_table(
        "case_tie",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("tied_by", sa.String(length=16), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_tie_case_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_case_tie_client_id")),
        sa.PrimaryKeyConstraint("case_id", "client_id", "tied_by", name=op.f("pk_case_tie")),
    )
    op.create_index("ix_case_tie_client", "case_tie", ["client_id"], unique=False)
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", AwareDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_account_event_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index(op.f("ix_account_event_account"), "account_event", ["account"], unique=False)
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("resource", sa.String(length=16), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("degrees", sa.Text(), nullable=False),
        sa.Column("dead_end", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("cancels", sa.Integer(), nullable=True),
        sa.Column("entered_at", AwareDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_adjustment_account")),
        sa.ForeignKeyConstraint(["cancels"], ["adjustment.id"], name=op.f("fk_adjustment_cancels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("cancels", name=op.f("uq_adjustment_cancels")),
    )
    op.create_index(op.f("ix_adjustment_account"), "adjustment", ["account"], unique=False)
    op.create_index("ix_adjustment_entered", "adjustment", ["entered_at"], unique=False)
    op.create_table(
        "charge",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("total", sa.Text(), nullable=False),
        sa.Column("penalty", sa.Text(), nullable=False),
        sa.Column("account_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_charge_account")),
        sa.ForeignKeyConstraint(["month"], ["bill_run.month"], name=op.f("fk_charge_month")),
        sa.PrimaryKeyConstraint("account", "month", name=op.f("pk_charge")),
    )
    op.create_table(
        "meter_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("entered_at", AwareDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_meter_reading_account")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_meter_reading_reading_id")),
        sa.ForeignKeyConstraint(["replaces"], ["meter_reading.id"], name=op.f("fk_meter_reading_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter_reading")),
        sa.UniqueConstraint("replaces", name=op.f("uq_meter_reading_replaces")),
    )
    op.create_index("ix_meter_reading_account_month", "meter_reading", ["account", "month"], unique=False)
    op.create_index("ix_meter_reading_entered", "meter_reading", ["entered_at"], unique=False)
    op.create_index(op.f("ix_meter_reading_reading_id"), "meter_reading", ["reading_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), server_default="", nullable=False),
        sa.Column("cancels", sa.Integer(), nullable=True),
        sa.Column("entered_at", AwareDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint("source IN ('bank', 'office')", name=op.f("ck_payment_source")),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_payment_account")),
        sa.ForeignKeyConstraint(["cancels"], ["payment.id"], name=op.f("fk_payment_cancels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("cancels", name=op.f("uq_payment_cancels")),
        sa.UniqueConstraint("source", "document", name=op.f("uq_payment_source_document")),
    )
    op.create_index("ix_payment_account", "payment", ["account", "paid_on"], unique=False)
    op.create_table(
        "charge_line",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("charged_in", sa.String(length=7), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("resource", sa.String(length=16), nullable=True),
        sa.Column("component", sa.String(length=16), nullable=True),
        sa.Column("meter", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(length=8), nullable=True),
        sa.Column("volume", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=True),
        sa.Column("price", sa.Text(), nullable=True),
        sa.Column("net", sa.Text(), nullable=False),
        sa.Column("vat", sa.Text(), nullable=False),
        sa.Column("benefit", sa.Text(), nullable=False),
        sa.Column("sum", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account", "charged_in"],
            ["charge.account", "charge.month"],
            name=op.f("fk_charge_line_account_charged_in"),
        ),
        sa.PrimaryKeyConstraint("account", "charged_in", "position", name=op.f("pk_charge_line")),
    )
    op.add_column("account", sa.Column("address_key", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_account_address_key", "account", ["address_key"], unique=False)
    op.add_column("client_email", sa.Column("proof", sa.Text(), server_default="реестр", nullable=False))
    op.add_column("client_phone", sa.Column("proof", sa.Text(), server_default="реестр", nullable=False))
    for statement in _guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_is_append_only()")
    op.drop_index("ix_account_address_key", "account")
    for table, column in (("client_phone", "proof"), ("client_email", "proof"), ("account", "address_key")):
        op.drop_column(table, column)
