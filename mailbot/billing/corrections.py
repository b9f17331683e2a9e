"""What closed months would be charged now, less what they were: the difference stands in the next month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mailbot.billing.charges import charge_account
from mailbot.billing.consumption_history import billing_history
from mailbot.billing.estimates_taken_back import reverse_estimates
from mailbot.billing.net_charges import Key, net_lines, sort_key
from mailbot.billing.tariffs import Tariffs
from mailbot.model.ledger.accounts_and_meters import DatedReading, Month
from mailbot.model.ledger.charges import Adjustment, Charge, ChargeLine, LineKind
from mailbot.model.ledger.money import Money, Quantity
from mailbot.wording.amounts import format_money

ZERO = Money(Decimal("0.00"))


def build_corrections(
    closed: Sequence[Charge],
    changed: Month,
    readings: Iterable[DatedReading],
    adjustments: Iterable[Adjustment],
    tariffs: Tariffs,
) -> list[ChargeLine]:
    """Lines that bring every closed month from `changed` on to what it is by what is known now.

    `closed` are the account's charges, oldest first; each is charged anew with the account as it stood then. The
    sums of a month over all charges are then those of charging it afresh: money is moved, never made or lost.
    """
    anew = _anew(closed, _reach(closed, changed), tuple(readings), tuple(adjustments), tariffs)
    was = net_lines(_charged(line for charge in closed for line in charge.lines))
    now = net_lines(_charged(anew))
    lines = [
        line
        for at in sorted({*was, *now}, key=sort_key)
        if (line := _difference(was.get(at), now.get(at))) is not None
    ]
    return [*_trace(lines, closed, changed, now), *lines]


def _anew(
    closed: Sequence[Charge],
    since: Month,
    readings: Sequence[DatedReading],
    adjustments: Sequence[Adjustment],
    tariffs: Tariffs,
) -> list[ChargeLine]:
    """All lines, those of the months from `since` on as they would be charged now."""
    lines = [line for charge in closed if charge.month < since for line in charge.lines]
    for charge in closed:
        if charge.month >= since:
            own = charge_account(
                charge.account, charge.month, readings, billing_history(lines), tariffs, adjustments
            )
            lines += [*own.lines, *reverse_estimates(own, charge.month, lines)]
    return lines


def _trace(
    found: Iterable[ChargeLine], closed: Sequence[Charge], changed: Month, now: Mapping[Key, ChargeLine]
) -> list[ChargeLine]:
    """A line without a sum, where the oldest month reckoned anew comes to what it was.

    It may do so because a later month takes back what differs. Should that month change in its turn, `_reach` finds
    by this line that the older one was reckoned anew, and its charge is not what is known of it.
    """
    first = min((charge.month for charge in closed if charge.month >= changed), default=None)
    if first is None or any(line.month <= first for line in found):
        return []
    at = min((at for at in now if at[0] == first), key=sort_key, default=None)
    if at is None:
        return []
    reason = f"перерасчёт за {first}: сумма не изменилась"
    return [replace(_nothing(now[at]), kind=LineKind.CORRECTION, basis=now[at].basis, because=reason)]


def _reach(closed: Sequence[Charge], changed: Month) -> Month:
    """The oldest month that a correction since `changed` was for: it is reckoned anew, not reversed."""
    since = changed
    while True:
        oldest = min(
            (
                line.month
                for charge in closed
                if charge.month >= since
                for line in charge.lines
                if line.kind is LineKind.CORRECTION
            ),
            default=since,
        )
        if oldest >= since:
            return since
        since = oldest


def _charged(lines: Iterable[ChargeLine]) -> Iterable[ChargeLine]:
    return (line for line in lines if line.kind is not LineKind.PENALTY)


def _difference(was: ChargeLine | None, now: ChargeLine | None) -> ChargeLine | None:
    """The line that makes the one into the other; None where they agree.

    What the volume rests on belongs to it: later averages and spans go by it, though the sums be alike. Where nothing
    remains, it rests on nothing.
    """
    line = now or was
    if line is None:
        return None
    before, after = was or _nothing(line), now or _nothing(line)
    if _figures(before) == _figures(after):
        return None
    reason = f"перерасчёт за {line.month}: было {format_money(before.sum)}, стало {format_money(after.sum)}"
    return replace(
        line,
        kind=LineKind.CORRECTION,
        basis=after.basis,
        volume=Quantity(after.volume - before.volume),
        net=Money(after.net - before.net),
        vat=Money(after.vat - before.vat),
        benefit=Money(after.benefit - before.benefit),
        sum=Money(after.sum - before.sum),
        because=f"{reason}; {line.because}" if now else reason,
    )


def _nothing(line: ChargeLine) -> ChargeLine:
    return replace(
        line, basis=None, volume=Quantity(abs(line.volume) * 0), net=ZERO, vat=ZERO, benefit=ZERO, sum=ZERO
    )


def _figures(line: ChargeLine) -> tuple[object, ...]:
    return line.basis, line.volume, line.net, line.vat, line.benefit, line.sum
