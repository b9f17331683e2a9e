"""What an account was charged and paid, month by month, and what stands between them: the reconciliation statement.

Сверка расчётов: a balance above zero is owed by the client (долг), below zero it is in their favour (переплата).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, LineKind, Payment, add_sums
from mailbot.model.ledger.reconciliation import Statement, StatementMonth


def build_statement(
    charges: Iterable[Charge], payments: Iterable[Payment], since: Month, until: Month
) -> Statement:
    """The statement of the months `since` to `until`, both inclusive; ValueError where they are the wrong way round.

    `charges` and `payments` are all that the account ever had: what lies before is the opening balance, what lies
    behind is left out. A charge stands in its own month, a payment in the month in which it was made.
    """
    if until < since:
        raise ValueError(f"{since} is after {until}")
    issued, paid = sorted(charges, key=lambda charge: charge.month), sorted(payments, key=_order)
    opening = calculate_balance(
        (charge for charge in issued if charge.month < since),
        (payment for payment in paid if Month.of(payment.paid_on) < since),
    )
    months: list[StatementMonth] = []
    month, carried = since, opening
    while month <= until:
        months.append(_month(month, carried, issued, paid))
        month, carried = month.following, months[-1].closing
    return Statement(opening, tuple(months))


def _month(
    month: Month, opening: Decimal, charges: Iterable[Charge], payments: Iterable[Payment]
) -> StatementMonth:
    lines = [line for charge in charges if charge.month == month for line in charge.lines]
    return StatementMonth(
        month=month,
        opening=opening,
        charged=add_sums(line.sum for line in lines),
        penalty=add_sums(line.sum for line in lines if line.kind is LineKind.PENALTY),
        corrections=add_sums(line.sum for line in lines if line.kind.corrects),
        payments=tuple(payment for payment in payments if Month.of(payment.paid_on) == month),
    )


def calculate_balance(charges: Iterable[Charge], payments: Iterable[Payment]) -> Decimal:
    """What is owed once all of these are counted; below zero: paid ahead."""
    return add_sums(charge.total for charge in charges) - add_sums(payment.amount for payment in payments)


def first_month(charges: Iterable[Charge], payments: Iterable[Payment]) -> Month | None:
    """The month in which the account's story begins; None where it has none."""
    months = [charge.month for charge in charges] + [Month.of(payment.paid_on) for payment in payments]
    return min(months, default=None)


def _order(one: Payment) -> tuple[object, ...]:
    return one.paid_on, one.document, one.amount, str(one.month)
