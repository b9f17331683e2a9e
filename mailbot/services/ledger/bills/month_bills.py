"""The bills of a closed month: what was charged, what stood open before, what was paid, all read at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mailbot.billing.meter_use import meter_uses
from mailbot.billing.notice_file import notices_for_day
from mailbot.model import RequestRefused
from mailbot.model.bill.bill import Bill
from mailbot.model.ledger.accounts_and_meters import DatedReading, Month, RegisteredAccount
from mailbot.model.ledger.charges import Charge, IssuedCharge, Payment, add_sums
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.accounts.client_card import NoSuchAccount
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import billing_inputs
from mailbot.store.accounts.accounts import registered
from mailbot.store.ledger import charges as charging
from mailbot.store.ledger import payments


class NoSuchBill(RequestRefused):
    """The account was charged nothing for the month."""


def bill_of(
    where: Store | StoreTransaction,
    number: str,
    month: Month,
    rules: ActiveRules,
    issued_on: date,
    as_of: datetime | None = None,
) -> Bill:
    """The account's bill of a charged month. NoSuchAccount or NoSuchBill where there is none.

    Payments count that are in the books at `as_of` (None: now), made up to and with `issued_on`; so the same moment
    gives the same bill, whatever comes in later.
    """
    if isinstance(where, Store):
        return where.ask(bill_of, number, month, rules, issued_on, as_of)
    bills = bills_of(where, [number], month, rules, issued_on, as_of)
    if bills:
        return bills[0]
    if number not in registered(where, [number]):
        raise NoSuchAccount(f"Лицевого счёта {number} в реестре нет. Проверьте номер.")
    raise NoSuchBill(
        f"Счёту {number} за {month} ничего не начислено. Сначала закройте месяц: mailbot bill run --month {month}"
    )


def bills_of(
    transaction: StoreTransaction,
    numbers: Iterable[str],
    month: Month,
    rules: ActiveRules,
    issued_on: date,
    as_of: datetime | None = None,
) -> tuple[Bill, ...]:
    """The same of many accounts in a few questions, by number; those without a charge of the month are left out."""
    wanted = sorted(set(numbers))
    past = _past(transaction, wanted, month, as_of)
    return tuple(
        _bill(number, month, past, rules, issued_on) for number in wanted if month in past.months(number)
    )


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known of the accounts, by number. `charges` reach as far back as averages do, `issued` to the first."""

    held: dict[str, RegisteredAccount]
    charges: dict[str, tuple[Charge, ...]]
    issued: dict[str, tuple[IssuedCharge, ...]]
    readings: dict[str, tuple[DatedReading, ...]]
    payments: dict[str, tuple[Payment, ...]]

    def months(self, number: str) -> set[Month]:
        return {charge.month for charge in self.charges.get(number, ())}


def _past(transaction: StoreTransaction, numbers: list[str], month: Month, as_of: datetime | None) -> _Past:
    run = next((run for run in charging.runs(transaction) if run.month == month), None)
    return _Past(
        registered(transaction, numbers),
        charging.charges(transaction, numbers, month.back(billing_inputs.LOOK_BACK), month.following),
        charging.issued(transaction, numbers, month),
        billing_inputs.readings_as_of(transaction, numbers, run.begun_at) if run else {},
        payments.of_accounts(transaction, numbers, as_of),
    )


def _bill(number: str, month: Month, past: _Past, rules: ActiveRules, issued_on: date) -> Bill:
    charges = {charge.month: charge for charge in past.charges[number]}
    charge = charges[month]
    before = tuple(charge for charge in past.charges[number] if charge.month < month)
    paid = past.payments.get(number, ())
    return Bill(
        account=charge.account,
        name=past.held[number].name,
        charge=charge,
        issued_on=issued_on,
        due=rules.tariffs.terms.due(month),
        opening=_opening(past.issued.get(number, ()), paid, month),
        payments=tuple(payment for payment in paid if month.first <= payment.paid_on <= issued_on),
        previous=charges.get(month.preceding),
        year_ago=charges.get(month.back(12)),
        meters=meter_uses(charge, before, past.readings.get(number, ()), rules.tariffs),
        notices=notices_for_day(rules.notices, charge.account.service_area, issued_on),
        payee=rules.payee,
        channels=rules.rulebook.channels,
    )


def _opening(issued: Iterable[IssuedCharge], paid: Iterable[Payment], month: Month) -> Decimal:
    """The balance on the month's first day, as the reconciliation statement has it."""
    asked = add_sums(charge.principal + charge.penalty for charge in issued)
    return asked - add_sums(payment.amount for payment in paid if payment.paid_on < month.first)
