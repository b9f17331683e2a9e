"""What a bill (квитанция, платёжный документ) shows: figures of one account's month, ready to be set and mailed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Meter, Month
from mailbot.model.ledger.charges import Charge, Payment, VolumeBasis, add_sums
from mailbot.model.ledger.reconciliation import Statement
from mailbot.model.rules.rulebook import ContactChannels


@dataclass(frozen=True, slots=True)
class MonthlyVolume:
    """A month of a meter: `volume` in Гкал (heating) or м³ (hot water), None where nothing is known.

    `basis` other than METER: estimated. Not `charged`: the month is open, the volume is of its readings so far.
    """

    month: Month
    volume: Decimal | None
    basis: VolumeBasis | None
    charged: bool

    @property
    def estimated(self) -> bool:
        return self.basis is not None and self.basis.estimated


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid, as `rules/bank.toml` has it; the accounts' control keys are checked at start-up.

    `account` and `corr_account` have 20 digits, `bic` 9, `inn` 10 or 12, `kpp` 9 or none. `confirmed` is False until
    the company has put its own requisites in place of the examples: no bill is sent before that.
    """

    name: str
    inn: str
    kpp: str
    account: str
    bank: str
    bic: str
    corr_account: str
    address: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class BillNotice:
    """What bills announce that are issued from `since` up to and with `until` (None: till taken away) to the service
    areas named (none: to all). `text` is one line, as clients read it."""

    text: str
    since: date
    until: date | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeterUse:
    """A meter on a bill: the readings that its month was charged by (None: estimated), and 13 months of its use."""

    meter: Meter
    first: DatedReading | None
    last: DatedReading | None
    bars: tuple[MonthlyVolume, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """One account's month (ПП 354 п. 69; приказ Минстроя 43/пр). Sums in roubles.

    `opening` is the balance on the month's first day (above zero: owed), `payments` came in from that day up to and
    with `issued_on`. `previous` and `year_ago` are the charges of the month before and of the same month last year.
    """

    account: Account
    name: str
    charge: Charge
    issued_on: date
    due: date
    opening: Decimal
    payments: tuple[Payment, ...]
    previous: Charge | None
    year_ago: Charge | None
    meters: tuple[MeterUse, ...]
    notices: tuple[str, ...]
    payee: Payee
    channels: ContactChannels

    @property
    def month(self) -> Month:
        return self.charge.month

    @property
    def number(self) -> str:
        """«4710325-1126»: the same for the same month, unlike any other."""
        return f"{self.account.number}-{self.month.number:02}{self.month.year % 100:02}"

    @property
    def paid(self) -> Decimal:
        return add_sums(payment.amount for payment in self.payments)

    @property
    def to_pay(self) -> Decimal:
        """What is asked for; below zero: paid ahead, nothing is asked."""
        return self.opening - self.paid + self.charge.total


@dataclass(frozen=True, slots=True)
class AccountPaper:
    """What a statement or a certificate of an account shows. `balance` is what stands open by all that is in the books
    (below zero: paid ahead), whatever months the statement has."""

    account: Account
    name: str
    statement: Statement
    balance: Decimal
    issued_on: date
    payee: Payee
    channels: ContactChannels
