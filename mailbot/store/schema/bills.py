"""Tables of bills (квитанции): a month's sending, each account's bill and its letters, the pace, who wants no reminders."""

from __future__ import annotations

from sqlalchemy import (
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

from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.model.outgoing.reminder import ReminderKind
from mailbot.store.schema.closed_sets import member_of, one_of
from mailbot.store.schema.column_types import MAX_ADDRESS_LENGTH, AwareDateTime, StorableText
from mailbot.store.schema.letters_and_cases import MAX_ACCOUNT_LENGTH, metadata

bill_sending = Table(
    "bill_sending",  # all figures of a month's bills are as of `begun_at`, whatever day they leave
    metadata,
    Column("month", String(7), ForeignKey("bill_run.month"), primary_key=True),
    Column("begun_at", AwareDateTime, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("finished_at", AwareDateTime),
    Column("by", StorableText, nullable=False),
)

bill = Table(
    "bill",  # a row a bill, so no account has two of a month; `outbox_id` is its newest letter
    metadata,
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), primary_key=True),
    Column("month", String(7), ForeignKey("bill_sending.month"), primary_key=True),
    Column("number", StorableText(MAX_ACCOUNT_LENGTH + 8), nullable=False, unique=True),
    Column(
        "delivery", member_of(DeliveryMethod), nullable=False
    ),  # the way it goes: paper too where a mail has no address
    Column("recipient", StorableText(MAX_ADDRESS_LENGTH)),
    Column("outbox_id", ForeignKey("outbox.id")),
    Column("issued_on", Date, nullable=False),
    Column("created_at", AwareDateTime, nullable=False),
    Column("why", StorableText, nullable=False, server_default=""),  # why not the way the client chose
    Column("batch", String(24)),  # of printing or export
    Column("left_at", AwareDateTime),  # printed or exported
    one_of(DeliveryMethod, "delivery"),
    ForeignKeyConstraint(["account", "month"], ["charge.account", "charge.month"]),
    Index("ix_bill_month", "month", "delivery", "account"),
)

bill_letter = Table(
    "bill_letter",  # whose account a letter without a case is about: a bill, sent again too, or a reminder
    metadata,
    Column("outbox_id", ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("sent_again_by", StorableText),
    Index("ix_bill_letter_account_month", "account", "month"),
)

pace = Table(
    "pace",  # how fast letters without a case leave, by the recipient's provider; «*» is all of them together
    metadata,
    Column("provider", StorableText(MAX_ADDRESS_LENGTH), primary_key=True),
    Column("since", Date, nullable=False),  # the first day of sending: the pace grows from it
    Column("next_at", AwareDateTime, nullable=False),
    Column("day", Date, nullable=False),
    Column("sent_today", Integer, nullable=False, server_default="0"),
    Column("paused_until", AwareDateTime),
    Column("why", StorableText, nullable=False, server_default=""),
)

mail_refusal = Table(
    "mail_refusal",  # addresses that asked for no reminders
    metadata,
    Column("email", StorableText(MAX_ADDRESS_LENGTH), primary_key=True),
    Column("since", AwareDateTime, nullable=False),
    Column("source", StorableText, nullable=False),
)

reminder = Table(
    "reminder",  # a row a reminder: none is sent twice, and no account gets two of a kind on one day
    metadata,
    Column("account", StorableText(MAX_ACCOUNT_LENGTH), ForeignKey("account.number"), primary_key=True),
    Column("kind", member_of(ReminderKind), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),  # the company's
    Column("outbox_id", ForeignKey("outbox.id"), index=True),
    Column("created_at", AwareDateTime, nullable=False),
    one_of(ReminderKind, "kind"),
    UniqueConstraint("account", "kind", "day"),
)
