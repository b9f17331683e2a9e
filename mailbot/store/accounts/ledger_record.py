"""All that the books hold of one account, read in one transaction: its holder, readings, charges and payments."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from mailbot.model.ledger.accounts_and_meters import DatedReading, RegisteredAccount
from mailbot.model.ledger.charges import Charge, Payment
from mailbot.store.accounts.accounts import registered
from mailbot.store.ledger import charges as charging
from mailbot.store.ledger import meter_readings, payments


@dataclass(frozen=True, slots=True)
class AccountStory:
    """`readings` count now, oldest first; `charges` are of all closed months, `payments` all that count as paid."""

    held: RegisteredAccount
    readings: tuple[DatedReading, ...]
    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]


def story_of(connection: Connection, number: str) -> AccountStory | None:
    """The account's story; None where the register does not have it."""
    held = registered(connection, [number]).get(number)
    if held is None:
        return None
    return AccountStory(
        held,
        meter_readings.standing(connection, [number]).get(number, ()),
        charging.charges(connection, [number]).get(number, ()),
        payments.of_accounts(connection, [number]).get(number, ()),
    )
