"""What the company already knows when a letter is judged: plain data, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from mailbot.model.ledger.account_state import AccountState, DeliveryMethodChange
from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Month
from mailbot.model.letter.facts import LetterKind
from mailbot.model.resource import Resource, Unit


class ClientProof(StrEnum):
    """What of a letter points to a client of the register."""

    SENDER = "sender"
    ACCOUNT = "account"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Client:
    """A client as the register knows them, tied to a letter by `tied_by`; None: to none.

    Only a client whom our provider's word on the sender proves may be told what the register knows.
    """

    name: str
    accounts: tuple[str, ...]
    emails: tuple[str, ...]
    tied_by: ClientProof | None


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """An earlier case of the same sender or account, for clause 2.2.email.4.

    `text` is the writer's own words of the earlier letter, `answer` the text of ours.
    `answered_on_substance`: an acknowledgement alone does not count.
    `answered_at`: when our answer left, or was given where it has not left yet, or was no letter.
    `arguments` are the earlier letter's `Facts.arguments` values, `kind` its primary kind, None where nobody knows.
    """

    number: str
    received_at: datetime
    topics: tuple[str, ...]
    text: str
    answered_on_substance: bool
    answered_at: datetime | None
    answer: str
    arguments: tuple[str, ...]
    kind: LetterKind | None = None


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
class ClientTie:
    """A client whom something in the letter points to; `proof` (Russian) says what, and where we know it from."""

    client_id: int
    tied_by: ClientProof
    proof: str


@dataclass(frozen=True, slots=True)
class FirstCopy:
    """The case of a letter with the same sender and words: `same_id` where it came by another route before, else where its
    writer has sent it twice within minutes."""

    number: str
    received_at: datetime
    same_id: bool = True


@dataclass(frozen=True, slots=True)
class StandingReading:
    """A row of the ledger that counts: neither replaced nor withdrawn."""

    id: int
    reading: DatedReading


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the register as a reading is compared with it.

    `emails` are the addresses of its client. `readings` are those of the last twelve months, and of a meter
    that has none in them, all its earlier ones.
    """

    account: Account
    emails: tuple[str, ...]
    readings: tuple[StandingReading, ...] = ()

    def of_meter(self, serial: str) -> tuple[StandingReading, ...]:
        return tuple(reading for reading in self.readings if reading.reading.meter == serial)


@dataclass(frozen=True, slots=True)
class AutomaticTraffic:
    """Automatic letters committed so far: moments to this address, and counts over all addresses, those of strangers
    apart."""

    to_address: tuple[datetime, ...] = ()
    all_last_hour: int = 0
    all_last_day: int = 0
    strangers_last_hour: int = 0
    strangers_last_day: int = 0


@dataclass(frozen=True, slots=True)
class CaseContext:
    """`number` is the registration number this case will carry.

    `register_known` is False where no register was at hand (`explain` without one): then a missing
    client proves nothing. `follows` is the number of the case this letter continues, proven by our
    Message-ID token and by its sender being a participant of that case.

    `ledger_known` is False where the company has imported no register of accounts and meters: then readings are
    judged by earlier letters alone. `accounts` are those named in the letter or tied to its sender; `unasked` are
    those that were too many to be looked up. `closed` is the newest month that is charged.

    `states` are the accounts asked about, of a sender who is proven to be their client; what must not be told is
    not even here. `asked` is what the very letter of ours that this one answers asked its writer to confirm.
    `no_papers` (Russian) says why no paper can be made of the ledger now; empty where one can.

    `writer` is whose case it is where a form of our own site wrote the letter, else empty. `first_copy` is the same letter,
    taken in before. `unclear_return` (Russian) says why a report of non-delivery cannot be tied to one letter of ours.
    `correspondent` is the group of the case that this letter continues, empty where that is a client's or there is none.
    """

    number: str
    register_known: bool
    client: Client | None = None
    follows: str | None = None
    earlier: tuple[EarlierCase, ...] = ()
    readings: tuple[EarlierReading, ...] = ()
    traffic: AutomaticTraffic = AutomaticTraffic()
    known_writer: bool = False
    ties: tuple[ClientTie, ...] = ()
    ledger_known: bool = False
    accounts: tuple[KnownAccount, ...] = ()
    unasked: tuple[str, ...] = ()
    closed: Month | None = None
    states: tuple[AccountState, ...] = ()
    asked: DeliveryMethodChange | None = None
    no_papers: str = ""
    writer: str = ""
    first_copy: FirstCopy | None = None
    unclear_return: str = ""
    correspondent: str = ""

    def account(self, number: str) -> KnownAccount | None:
        """The account of that number, where the register has it."""
        return next((account for account in self.accounts if account.account.number == number), None)
