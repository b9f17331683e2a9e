"""The client's card: what the register says of an account, its meters with their use, and the balance now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailbot.billing.consumption_chart import consumption
from mailbot.model import RequestRefused
from mailbot.model.bill.bill import MonthlyVolume
from mailbot.model.ledger.accounts_and_meters import BillingTerms, Meter, Month
from mailbot.model.ledger.charges import Charge, add_sums
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import register_record
from mailbot.store.accounts.register_record import AccountRecord
from mailbot.store.ledger import charges as charging
from mailbot.store.ledger import meter_readings, payments

SHOWN = 13
"""Months of one page: a year, and the same month of the year before."""

VERIFICATION_AHEAD = timedelta(days=60)
"""So long before the verification (поверка) of a meter ends, staff are warned: a visit must be arranged."""

NEVER = Month(9999, 12)


class NoSuchAccount(RequestRefused):
    """The register does not have the account."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """The moment a page is asked for, the company's time zone, and its terms of reading and paying."""

    now: datetime
    zone: ZoneInfo
    terms: BillingTerms

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def month(self) -> Month:
        """The month that a reading of today counts for: the newest a page shows."""
        return self.terms.month_for(self.today)

    def begins(self, month: Month) -> datetime:
        """The first moment of the month."""
        return datetime.combine(month.first, time(), self.zone)


class VerificationState(StrEnum):
    """Where a meter's verification (поверка) stands."""

    OVER = "over"
    SOON = "soon"  # ends within `VERIFICATION_AHEAD`
    NONE = "none"  # neither, or the meter is removed, or nobody knows


@dataclass(frozen=True, slots=True)
class MeterCard:
    """A meter with what it used."""

    meter: Meter
    bars: tuple[MonthlyVolume, ...]
    verification: VerificationState


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientBalance:
    """Roubles `charged` in all closed months up to `until`, and `paid` since ever; `owed` below zero is an advance."""

    charged: Decimal
    paid: Decimal
    until: Month | None

    @property
    def owed(self) -> Decimal:
        return self.charged - self.paid


@dataclass(frozen=True, slots=True)
class ClientCard:
    record: AccountRecord
    meters: tuple[MeterCard, ...]
    balance: ClientBalance


def client_card(store: Store, number: str, when: PageTime) -> ClientCard | None:
    """The card alone, for a page of something else; None where the register does not have the account."""
    return store.ask(_alone, number, when)


def _alone(transaction: StoreTransaction, number: str, when: PageTime) -> ClientCard | None:
    record = register_record.record(transaction, number)
    if record is None:
        return None
    charges = charging.charges(transaction, [number], when.month.back(SHOWN - 1)).get(number, ())
    return card_of(transaction, record, charges, when, when.month)


def record_of(transaction: StoreTransaction, number: str) -> AccountRecord:
    """The account; NoSuchAccount where there is none."""
    record = register_record.record(transaction, number)
    if record is None:
        raise NoSuchAccount(
            f"Лицевого счёта {number} в реестре нет. Проверьте номер или найдите его по адресу."
        )
    return record


def card_of(
    transaction: StoreTransaction,
    record: AccountRecord,
    charges: tuple[Charge, ...],
    when: PageTime,
    last: Month,
) -> ClientCard:
    """The card with the use of the months up to `last`; `charges` are those of them that are closed."""
    number = record.account.number
    dials = meter_readings.standing(transaction, [number]).get(number, ())
    meters = (
        MeterCard(meter, consumption(meter, charges, dials, last, SHOWN), verification(meter, when.today))
        for meter in record.account.meters
    )
    return ClientCard(record, tuple(meters), _balance(transaction, number))


def verification(meter: Meter, today: date) -> VerificationState:
    """Has the meter's verification ended, or does it end within `VERIFICATION_AHEAD`?"""
    if meter.removed is not None or meter.verified_until is None:
        return VerificationState.NONE
    if meter.verified_until < today:
        return VerificationState.OVER
    near = meter.verified_until <= today + VERIFICATION_AHEAD
    return VerificationState.SOON if near else VerificationState.NONE


def _balance(transaction: StoreTransaction, number: str) -> ClientBalance:
    issued = charging.issued(transaction, [number], NEVER).get(number, ())
    paid = payments.of_accounts(transaction, [number]).get(number, ())
    return ClientBalance(
        charged=add_sums(charge.principal + charge.penalty for charge in issued),
        paid=add_sums(payment.amount for payment in paid),
        until=issued[-1].month if issued else None,
    )
