"""Whose account a reading is of, where the letter does not say it beside the value."""

from __future__ import annotations

from typing import TypeVar

from mailbot.model import CaseContext, Contacts, KnownAccount, Reading
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import Meter
from mailbot.policy.readings.meter_match import find_meter_by_serial

T = TypeVar("T")


def find_account(reading: Reading, contacts: Contacts, context: CaseContext, *, proven: bool) -> str | None:
    """The account of the reading, else the only one of the letter, else that of the sender.

    The register's account is used only where our provider vouches for the sender: anybody can write a
    client's address into From, and the value would go to the client's bill. Of several accounts of one client
    the meter's number tells the right one.
    """
    account = reading.account or only({written.value for written in contacts.accounts})
    client = context.client
    if (
        account is not None
        or client is None
        or client.tied_by is not ClientProof.SENDER
        or not proven
        or contacts.accounts
    ):
        return account
    own = set(client.accounts)
    return only(own) or only({number for number in own if _counts(context.account(number), reading)})


def _counts(known: KnownAccount | None, reading: Reading) -> bool:
    """Has the account the meter whose number the reading gives?"""
    if known is None or not reading.meter:
        return False
    return isinstance(find_meter_by_serial(known.account, reading.meter, reading.resource), Meter)


def only(values: set[T]) -> T | None:
    """The one value of a set; None where there is none or a choice."""
    return next(iter(values)) if len(values) == 1 else None
