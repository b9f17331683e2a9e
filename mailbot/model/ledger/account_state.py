"""How an account stands on a day: what may be told to its own client, and is loaded for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, DeliveryMethod, Meter, Month
from mailbot.model.ledger.charges import Charge, Payment
from mailbot.model.resource import Resource, Unit


@dataclass(frozen=True, slots=True)
class MeterLastReading:
    """A meter that hangs now, with its newest reading in the ledger; None where it has none."""

    meter: Meter
    last: DatedReading | None


@dataclass(frozen=True, slots=True)
class SubmittedReading:
    """A value that the client's own letters passed on, and what became of it.

    `reason` (Russian) says why it was not `accepted`; it is empty where it was.
    """

    value: Decimal
    unit: Unit | None
    resource: Resource | None
    meter: str
    received_at: datetime
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as it stands on `as_of`.

    `balance` roubles: > 0 is owed, < 0 was paid ahead; all closed charges less all payments that count. `last` is the
    newest charge, payable up to and with `due`, `before` the one of the month charged before it; None where there is
    none. `payments` are the newest, newest first, and so are `sent`. `charged` are all closed months, oldest first.
    """

    account: Account
    delivery: DeliveryMethod
    as_of: date
    balance: Decimal
    last: Charge | None = None
    due: date | None = None
    before: Charge | None = None
    payments: tuple[Payment, ...] = ()
    meters: tuple[MeterLastReading, ...] = ()
    sent: tuple[SubmittedReading, ...] = ()
    charged: tuple[Month, ...] = ()

    @property
    def number(self) -> str:
        return self.account.number


@dataclass(frozen=True, slots=True)
class DeliveryMethodChange:
    """Another way of getting the bill, for one account: asked about in a letter of ours, then `confirmed` by its client.

    Only a confirmed one is carried out.
    """

    account: str
    delivery: DeliveryMethod
    confirmed: bool = False
