"""Which charge each payment settles, and the penalty that late ones cost (ГК РФ ст. 319, 319.1; ЖК РФ ст. 155)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from mailbot.billing.penalty import FREE_DAYS, PenaltyPart, PenaltyRate, penalty
from mailbot.model.ledger.accounts_and_meters import BillingTerms, Month
from mailbot.model.ledger.charges import IssuedCharge, Payment


@dataclass(slots=True)
class Debt:
    """A month's charge without penalties: `open` is what remains unpaid; `settled` the parts paid and when."""

    month: Month
    due: date
    open: Decimal
    settled: list[tuple[date, Decimal]] = field(default_factory=list)

    def pay(self, day: date, money: Decimal) -> Decimal:
        """Take what is owed of the money; what is left."""
        part = min(self.open, money)
        if part > 0:
            self.open -= part
            self.settled.append((day, part))
        return money - max(part, Decimal(0))


def unpaid_debts(
    issued: Iterable[IssuedCharge], payments: Iterable[Payment], terms: BillingTerms
) -> list[Debt]:
    """The months' debts, oldest first, as the payments have left them.

    A payment settles the month it names, then the oldest charges issued by its day, then penalties, then it waits
    for the next charge. A charge below zero settles others like a payment.
    """
    debts: list[Debt] = []
    advance = fines = Decimal(0)
    for day, _, event in sorted(_events(issued, payments), key=lambda dated_event: dated_event[:2]):
        named: Month | None = None
        if isinstance(event, IssuedCharge):
            fines += event.penalty
            advance, fines = advance - min(fines, Decimal(0)), max(fines, Decimal(0))  # paid in vain
            if event.principal > 0:
                debts.append(Debt(event.month, terms.due(event.month), event.principal))
            else:
                advance -= event.principal
        else:
            advance += event.amount
            named = event.month
        for debt in sorted(debts, key=lambda unpaid: (unpaid.month != named, unpaid.month)):
            if advance <= 0:
                break
            advance = debt.pay(day, advance)
        paid = max(Decimal(0), min(fines, advance))
        fines, advance = fines - paid, advance - paid
    return debts


def _events(
    issued: Iterable[IssuedCharge], payments: Iterable[Payment]
) -> list[tuple[date, tuple[int, str], IssuedCharge | Payment]]:
    """Charges on the first day of the month after theirs, payments on theirs; in an order that input does not change."""
    events: list[tuple[date, tuple[int, str], IssuedCharge | Payment]] = [
        (charge.month.following.first, (0, str(charge.month)), charge) for charge in issued
    ]
    return events + [
        (payment.paid_on, (1, f"{payment.document} {payment.month} {payment.amount}"), payment)
        for payment in payments
    ]


def calculate_penalties(
    owed: Sequence[Debt], until: date, rates: tuple[PenaltyRate, ...]
) -> list[tuple[Debt, tuple[PenaltyPart, ...]]]:
    """What each debt has cost up to and with `until`: what was open on each day, the day of payment included."""
    penalties = []
    for debt in owed:
        if (until - debt.due).days <= FREE_DAYS:
            continue
        parts: list[PenaltyPart] = []
        since, left = debt.due, debt.open + sum((part for _, part in debt.settled), Decimal(0))
        for day, paid in sorted(debt.settled):
            if day > until:
                break
            if day > since:
                parts += penalty(left, due=debt.due, until=day, rates=rates, since=since + timedelta(days=1))
                since = day
            left -= paid
        if left > 0 and since < until:
            parts += penalty(left, due=debt.due, until=until, rates=rates, since=since + timedelta(days=1))
        if parts:
            penalties.append((debt, tuple(parts)))
    return penalties
