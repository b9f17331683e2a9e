"""Accounts found by their words, of what the register holds already too; a month's bills counted without their letters."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IDLE = frozenset("ул улица д дом кв квартира г п пос поселок пер л с лс счет".split())
WORD = re.compile(r"[0-9a-zа-яәөүңҗһіїєґ]+")

HELD = sa.text(
    "SELECT a.number, c.name, a.address FROM account a JOIN client_account o ON o.account = a.number "
    "JOIN client c ON c.id = o.client_id WHERE a.number > :last ORDER BY a.number LIMIT 2000"
)


def _index_accounts() -> None:
    """Accounts of the register as it stands, a portion at a time."""
    connection = op.get_bind()
    insert = sa.text("INSERT INTO account_word (account, word) VALUES (:account, :word)")
    last = ""
    while rows := connection.execute(HELD, {"last": last}).all():
        connection.execute(
            insert, [{"account": row.number, "word": word} for row in rows for word in _words(row)]
        )
        last = rows[-1].number


def _words(row: sa.Row[tuple[str, str, str]]) -> set[str]:
    text = f"{row.name} {row.address}".lower().replace("ё", "е")
    return {word[:64] for word in WORD.findall(text)} - IDLE


def upgrade() -> None:
    op.create_table(
        "account_word",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.number"], name=op.f("fk_account_word_account")),
        sa.PrimaryKeyConstraint("account", "word", name=op.f("pk_account_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_account_word_word",
        "account_word",
        ["word", "account"],
        postgresql_ops={"word": "text_pattern_ops"},
    )
    _index_accounts()
    op.create_index(
        "ix_outbox_unasked",
        "outbox",
        ["created_at", "id", "state", "copied_at", "provider"],
        sqlite_where=sa.text("provider IS NOT NULL"),
        postgresql_where=sa.text("provider IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_unasked", "outbox")
    op.drop_table("account_word")
