"""The bills of an account as a person sees them: each charged month with where its bill stands, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mailbot.model import RequestRefused
from mailbot.model.bill.sending import BillLetter, BillState, SentBill
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.accounts.client_card import record_of
from mailbot.services.ledger.bills.sending_again import address_of, send_again
from mailbot.store import Store, StoreTransaction
from mailbot.store.bills import sending_status

GONE = (BillState.PRINTED, BillState.EXPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBill:
    """A charged month, what it asks for, and its bill: None where none has been made yet. `letters` oldest first."""

    month: Month
    total: Decimal
    bill: SentBill | None
    letters: tuple[BillLetter, ...]

    @property
    def may_go_again(self) -> bool:
        """A bill that was made, and waits for no turn to leave."""
        return self.bill is not None and self.bill.state is not BillState.QUEUED and not self.on_its_way

    @property
    def on_its_way(self) -> bool:
        return any(letter.stands is BillState.QUEUED for letter in self.letters)


@dataclass(frozen=True, slots=True)
class DispatchedBill:
    """A bill printed, or given to the operator of ЭДО."""

    bill: SentBill

    @property
    def at(self) -> datetime:
        return self.bill.at


@dataclass(frozen=True, slots=True)
class ResendPage:
    """What is asked before a bill goes again: `address` it would go to, or (empty) `fault`, why it cannot."""

    number: str
    name: str
    bill: SentBill
    letters: tuple[BillLetter, ...]
    address: str
    fault: str


def month_bills(
    transaction: StoreTransaction, number: str, charges: Sequence[Charge]
) -> tuple[MonthBill, ...]:
    """A row for each of the charges, in their order."""
    made = {bill.month: bill for bill in sending_status.of_account(transaction, number)}
    letters = sending_status.letters(transaction, number)
    return tuple(
        MonthBill(
            month=charge.month,
            total=charge.total,
            bill=made.get(charge.month),
            letters=tuple(letter for letter in letters if letter.month == charge.month),
        )
        for charge in charges
    )


def bills_sent_by_hand(rows: Sequence[MonthBill]) -> tuple[DispatchedBill, ...]:
    """Those of them that left otherwise than by mail."""
    return tuple(DispatchedBill(row.bill) for row in rows if row.bill is not None and row.bill.state in GONE)


def again_page(store: Store, number: str, month: Month, rules: ActiveRules) -> ResendPage:
    """What to confirm. NoSuchAccount; RequestRefused where the account has no bill of the month."""
    record = store.ask(record_of, number)
    bills = store.ask(sending_status.of_month, month, None, [number])
    if not bills:
        raise RequestRefused(f"Квитанции счёта {number} за {month} ещё не было: отправлять ещё раз нечего.")
    letters = store.ask(sending_status.letters, number, month)
    address, fault = _address(store, number, rules)
    if any(letter.stands is BillState.QUEUED for letter in letters):
        address, fault = "", "Письмо с этой квитанцией ещё в очереди и скоро уйдёт. Подождите."
    return ResendPage(number, record.name, bills[0], letters, address, fault)


def _address(store: Store, number: str, rules: ActiveRules) -> tuple[str, str]:
    """(where it would go, empty), or (empty, why it cannot)."""
    try:
        return address_of(store, number, rules), ""
    except RequestRefused as error:
        return "", str(error)


def confirm_again(
    store: Store, number: str, month: Month, rules: ActiveRules, address: str, *, by: str, now: datetime
) -> str:
    """Send the bill again, to the address that the page showed; that address. RequestRefused where it is another by now."""
    if address_of(store, number, rules) != address:
        raise RequestRefused("Адрес клиента в реестре уже другой. Проверьте его и подтвердите ещё раз.")
    return send_again(store, number, month, rules, by=by, now=now).recipient
