"""A reconciliation statement (сверка расчётов): what was charged and paid, month by month, and what stands between them.

A balance above zero is owed by the client (долг), below zero it is in their favour (переплата).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Payment, add_sums
from mailbot.model.ledger.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMonth:
    """A month of a statement, in roubles. `charged` is all that the month's bill asked for; of it `penalty` is пеня
    and `corrections` set earlier months right. `payments` came in during the month, whatever month they name."""

    month: Month
    opening: Decimal
    charged: Money
    penalty: Money
    corrections: Money
    payments: tuple[Payment, ...]

    @property
    def paid(self) -> Decimal:
        return add_sums(payment.amount for payment in self.payments)

    @property
    def closing(self) -> Decimal:
        return self.opening + self.charged - self.paid


@dataclass(frozen=True, slots=True)
class Statement:
    """The months from first to last, none left out. `opening` is the balance before the first of them."""

    opening: Decimal
    months: tuple[StatementMonth, ...]

    @property
    def charged(self) -> Decimal:
        return add_sums(month.charged for month in self.months)

    @property
    def paid(self) -> Decimal:
        return add_sums(month.paid for month in self.months)

    @property
    def closing(self) -> Decimal:
        return self.opening + self.charged - self.paid
