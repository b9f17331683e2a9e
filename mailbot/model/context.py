"""What the company already knows when a letter is judged: plain data, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mailbot.model.account_state import AccountState, DeliveryChange
from mailbot.model.facts import Resource, Unit


@dataclass(frozen=True, slots=True)
class Client:
    """A client as the register knows them, tied to the letter by `tied_by` (sender | account)."""

    name: str
    accounts: tuple[str, ...]
    emails: tuple[str, ...]
    tied_by: str


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """An earlier case of the same sender or account, for clause 2.2.email.4.

    `text` is the writer's own words of the earlier letter, `answer` the text of ours.
    `answered_on_substance`: an acknowledgement alone does not count.
    `arguments` are the earlier letter's `Facts.arguments` values.
    """

    number: str
    received_at: datetime
    topics: tuple[str, ...]
    text: str
    answered_on_substance: bool
    answered_at: datetime | None
    answer: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """A reading accepted before, the newest of its account, meter and resource."""

    account: str
    meter: str | None
    resource: Resource | None
    value: Decimal
    unit: Unit | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Traffic:
    """Automatic letters committed so far: moments to this address, and counts over all addresses."""

    to_address: tuple[datetime, ...] = ()
    all_last_hour: int = 0
    all_last_day: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """`number` is the registration number this case will carry.

    `register_known` is False where no register was at hand (`explain` without one): then a missing
    client proves nothing. `follows` is the number of the case this letter continues, proven by our
    Message-ID token and by its sender being a participant of that case.

    `states` are the accounts asked about, of a sender who is proven to be their client; what must not be told is
    not even here. `asked` is what the very letter of ours that this one answers asked its writer to confirm.
    """

    number: str
    register_known: bool
    client: Client | None = None
    follows: str | None = None
    earlier: tuple[EarlierCase, ...] = ()
    readings: tuple[EarlierReading, ...] = ()
    traffic: Traffic = Traffic()
    states: tuple[AccountState, ...] = ()
    asked: DeliveryChange | None = None
