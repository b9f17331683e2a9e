"""Tables of the ledger: what an account is supplied with, by which meters it is measured, how its client is reached."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from mailbot.store.columns import Words
from mailbot.store.tables import LONGEST_ACCOUNT, metadata

account = Table(
    "account",
    metadata,
    Column("number", Words(LONGEST_ACCOUNT), ForeignKey("client_account.account"), primary_key=True),
    Column("client_group", String(16), nullable=False),
    Column("service_area", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("area", Words, nullable=False),  # Decimal as written: no float ever touches a sum
    Column("residents", Integer, nullable=False),
    Column("resources", Words, nullable=False),
    Column("benefit_percent", Words, nullable=False),
    Column("delivery", String(8), nullable=False),
)

meter = Table(
    "meter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", Words(LONGEST_ACCOUNT), ForeignKey("account.number"), nullable=False),
    Column("serial", Words(LONGEST_ACCOUNT), nullable=False),
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
    Column("phone", Words(64), primary_key=True),
    Index("ix_client_phone_phone", "phone"),
)
