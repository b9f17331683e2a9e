"""The whole charge of an account for a month: its own lines, estimates taken back, corrections, penalty."""

from __future__ import annotations

from decimal import Decimal

from mailbot.billing.charges import charge_account
from mailbot.billing.consumption_history import billing_history
from mailbot.billing.corrections import build_corrections
from mailbot.billing.debts import calculate_penalties, unpaid_debts
from mailbot.billing.estimates_taken_back import reverse_estimates
from mailbot.billing.tariffs import Tariffs
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, ChargeInputs, ChargeLine, LineKind, add_sums
from mailbot.model.ledger.money import Money, Quantity
from mailbot.wording.amounts import format_money

PENALTY_SOURCE = "ЖК РФ, ст. 155, ч. 14"


def charge_month(book: ChargeInputs, month: Month, tariffs: Tariffs) -> Charge:
    """Charge the month. Nothing of the past changes: what was wrong in it is set right by lines of this month.

    The order of what the book holds, but for `closed`, changes nothing. MissingTariff where a price, a norm or a
    rate is not given.
    """
    past = [line for charge in book.closed for line in charge.lines]
    lines: list[ChargeLine] = []
    if book.changed is not None and any(charge.month >= book.changed for charge in book.closed):
        lines = build_corrections(book.closed, book.changed, book.readings, book.adjustments, tariffs)
    known = [*past, *lines]
    own = charge_account(
        book.account, month, book.readings, billing_history(known), tariffs, book.adjustments
    )
    whole = [*own.lines, *lines, *reverse_estimates(own, month, known)]
    return Charge(book.account, month, (*whole, *_penalty(book, month, tariffs)))


def _penalty(book: ChargeInputs, month: Month, tariffs: Tariffs) -> list[ChargeLine]:
    """Individuals' penalty up to the month's last day, less what was charged of it before."""
    issued = (*book.earlier, *(charge.issued for charge in book.closed))
    if not book.account.group.is_individual or not issued:
        return []
    owed = calculate_penalties(
        unpaid_debts(issued, book.payments, tariffs.terms), month.last, tariffs.penalty_rates
    )
    cost = add_sums(part.sum for _, parts in owed for part in parts)
    before = add_sums(charge.penalty for charge in issued)
    due = Money(cost - before)
    if not due:
        return []
    parts = "; ".join(
        f"{debt.month}: {sum(part.days for part in parts)} дн. просрочки сверх 30" for debt, parts in owed
    )
    because = (
        f"пеня по {month.last:%d.%m.%Y}: всего {format_money(cost)}, начислено прежде {format_money(before)}"
        + (f" ({parts})" if parts else "")
    )
    zero = Money(Decimal("0.00"))
    return [
        ChargeLine(
            kind=LineKind.PENALTY,
            month=month,
            resource=None,
            component=None,
            meter=None,
            basis=None,
            volume=Quantity(Decimal(0)),
            unit=None,
            price=None,
            net=due,
            vat=zero,
            benefit=zero,
            sum=due,
            because=because,
            source=PENALTY_SOURCE,
        )
    ]
