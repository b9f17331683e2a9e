"""Tables of the ledger: accounts, meters, readings, charges, payments. Sums and volumes are exact text: no float.

What has been read, charged or paid is never changed: rows are added, and the database's triggers hold that.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.account_event import AccountEventKind
from mailbot.model.ledger.accounts_and_meters import ClientGroup, DeliveryMethod
from mailbot.model.ledger.sources import PaymentSource, ReadingSource
from mailbot.store.schema.closed_sets import member_of, one_of
from mailbot.store.schema.column_types import AwareDateTime, StorableText
from mailbot.store.schema.letters_and_cases import MAX_ACCOUNT_LENGTH, metadata

MAX_WORD_LENGTH = 64
"""Characters of a word that are kept, and asked for: what is longer is no name."""

MAX_KEY_LENGTH = 320
"""Characters of a payment's key that are kept: longer ones are refused before, for a cut key is another's."""

account = Table(
    "account",
    metadata,
    Column(
        "number", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("client_account.account"), primary_key=True
    ),
    Column("client_group", member_of(ClientGroup), nullable=False),
    Column("service_area", StorableText, nullable=False),
    Column("address", StorableText, nullable=False),
    Column("area", StorableText, nullable=False),  # Decimal as written: no float ever touches a sum
    Column("residents", Integer, nullable=False),
    Column("resources", StorableText, nullable=False),
    Column("benefit_percent", StorableText, nullable=False),
    Column("delivery", member_of(DeliveryMethod), nullable=False),
    Column("address_key", StorableText, nullable=False, server_default=""),
    Index("ix_account_address_key", "address_key"),
)

account_word = Table(
    "account_word",  # what an account is found by, in lower case; kept by `account_index`
    metadata,
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), primary_key=True),
    Column("word", StorableText(MAX_WORD_LENGTH), primary_key=True),
    Index("ix_account_word_word", "word", "account", postgresql_ops={"word": "text_pattern_ops"}),
    sqlite_with_rowid=False,
)

meter = Table(
    "meter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), nullable=False),
    Column("serial", StorableText(MAX_ACCOUNT_LENGTH), nullable=False),
    Column("resource", String(16), nullable=False),
    Column("unit", String(8), nullable=False),
    Column("digits", Integer, nullable=False),
    Column("installed", Date, nullable=False),
    Column("removed", Date),
    Column("verified_until", Date),
    UniqueConstraint("account", "serial"),
    Index("ix_meter_serial", "serial"),
)

client_phone = Table(
    "client_phone",
    metadata,
    Column("client_id", ForeignKey("client.id"), primary_key=True),
    Column("phone", StorableText(64), primary_key=True),
    Column("proof", StorableText, nullable=False, server_default="реестр"),
    Index("ix_client_phone_phone", "phone"),
)

account_event = Table(
    "account_event",  # what changed on an account and by whose word: preferences, ties; rows are only added
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), nullable=False, index=True
    ),
    Column("at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("what", member_of(AccountEventKind, at_least=24), nullable=False),
    Column("detail", StorableText, nullable=False),
)

meter_reading = Table(
    "meter_reading",  # rows are only added: a correction is a row that replaces another, without a value it withdraws it
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), nullable=False),
    Column("serial", StorableText(MAX_ACCOUNT_LENGTH), nullable=False),
    Column("value", StorableText),
    Column("day", Date, nullable=False),
    Column("month", String(7), nullable=False),
    Column("source", member_of(ReadingSource), nullable=False),
    Column("reading_id", ForeignKey("reading.id"), index=True),
    Column("replaces", ForeignKey("meter_reading.id"), unique=True),
    Column("entered_at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Column("reason", StorableText, nullable=False, server_default=""),
    Index("ix_meter_reading_account_month", "account", "month"),
    Index("ix_meter_reading_entered", "entered_at"),
)

register_change = Table(
    "register_change",  # the token of its newest row is the register's version; rows are only added
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(32), nullable=False),
    Column("proof", StorableText, nullable=False),
)

bill_run = Table(
    "bill_run",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("begun_at", AwareDateTime, nullable=False),
    Column("finished_at", AwareDateTime),
    Column("tariffs_version", String(12), nullable=False),
    Column("by", StorableText, nullable=False),
)

charge = Table(
    "charge",  # a closed month of an account, never changed: what was wrong stands corrected in a later one
    metadata,
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), primary_key=True),
    Column("month", String(7), ForeignKey("bill_run.month"), primary_key=True),
    Column("total", StorableText, nullable=False),
    Column("penalty", StorableText, nullable=False),  # of the total
    Column("account_json", StorableText, nullable=False),
)

charge_line = Table(
    "charge_line",
    metadata,
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), primary_key=True),
    Column("charged_in", String(7), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("month", String(7), nullable=False),
    Column("resource", String(16)),
    Column("component", String(16)),
    Column("meter", StorableText),
    Column("basis", String(8)),
    Column("volume", StorableText, nullable=False),
    Column("unit", String(8)),
    Column("price", StorableText),
    Column("net", StorableText, nullable=False),
    Column("vat", StorableText, nullable=False),
    Column("benefit", StorableText, nullable=False),
    Column("sum", StorableText, nullable=False),
    Column("because", StorableText, nullable=False),
    Column("source", StorableText, nullable=False),
    ForeignKeyConstraint(["account", "charged_in"], ["charge.account", "charge.month"]),
)

payment = Table(
    "payment",  # account NULL: unclear (невыясненный), until a person says whose it is; `cancels` takes one back
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number")),
    Column("amount", StorableText, nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("month", String(7)),
    Column("source", member_of(PaymentSource), nullable=False),
    Column("document", StorableText(MAX_KEY_LENGTH), nullable=False),
    Column("payer", StorableText, nullable=False, server_default=""),
    Column("cancels", ForeignKey("payment.id"), unique=True),
    Column("entered_at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    UniqueConstraint("source", "document"),
    one_of(PaymentSource, "source"),
    Index("ix_payment_account", "account", "paid_on"),
)

adjustment = Table(
    "adjustment",  # grounds of recalculation; `cancels` takes one back
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), nullable=False, index=True
    ),
    Column("resource", String(16), nullable=False),
    Column("ground", String(16), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("residents", Integer, nullable=False),
    Column("hours", StorableText, nullable=False),
    Column("degrees", StorableText, nullable=False),
    Column("dead_end", Boolean, nullable=False),
    Column("document", StorableText, nullable=False),
    Column("cancels", ForeignKey("adjustment.id"), unique=True),
    Column("entered_at", AwareDateTime, nullable=False),
    Column("by", StorableText, nullable=False),
    Index("ix_adjustment_entered", "entered_at"),
)

case_tie = Table(
    "case_tie",  # whose letter a case is, and by what that is known
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("client_id", ForeignKey("client.id"), primary_key=True),
    Column("tied_by", member_of(ClientProof, at_least=16), primary_key=True),
    Column("proof", StorableText, nullable=False),
    Index("ix_case_tie_client", "client_id"),
)
