"""Whence a reading or a payment came into the ledger."""

from __future__ import annotations

from enum import StrEnum

from mailbot.model.letter.channel import Channel


class ReadingSource(StrEnum):
    """A channel of appeals, or a source that the ledger alone has; every channel has its member of the same value."""

    MAIL = Channel.MAIL.value
    OFFICE = Channel.OFFICE.value
    PHONE = Channel.PHONE.value
    ORAL = Channel.ORAL.value
    SITE = Channel.SITE.value
    MESSENGER = Channel.MESSENGER.value
    TABLE = "table"  # a file of readings: of each the day is known, not the hour
    PERSON = "person"  # a member of the staff, who corrected what a letter or a row said


READING_SOURCES_ENTERED = (ReadingSource.OFFICE, ReadingSource.PHONE)
"""How a reading reaches a person who enters it on the account's page."""


class PaymentSource(StrEnum):
    BANK = "bank"  # the bank's register
    OFFICE = "office"  # money at the office
