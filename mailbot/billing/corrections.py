"""What closed months would be charged now, less what they were: the difference stands in the next month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mailbot.billing.charges import charge, consumed
from mailbot.billing.taking_back import Key, netted, taken_back
from mailbot.billing.tariffs import Tariffs
from mailbot.billing.volumes import Consumption
from mailbot.model.charges import Adjustment, Charge, ChargeLine, LineKind
from mailbot.model.figures import money
from mailbot.model.ledger import DatedReading, Month


def corrections(
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
    since = _reach(closed, changed)
    known, grounds = tuple(readings), tuple(adjustments)
    lines = [line for one in closed if one.month < since for line in one.lines]
    kept = len(lines)
    for one in closed:
        if one.month >= since:
            own = charge(one.account, one.month, known, history(lines), tariffs, grounds)
            lines += [*own.lines, *taken_back(own, one.month, lines)]
    was = netted(_charged(line for one in closed if one.month >= since for line in one.lines))
    now = netted(_charged(lines[kept:]))
    return [
        line
        for at in sorted({*was, *now}, key=_order)
        if (line := _difference(was.get(at), now.get(at))) is not None
    ]


def history(lines: Iterable[ChargeLine]) -> dict[str, tuple[Consumption, ...]]:
    """By meter, what its months were billed in the end."""
    return {serial: tuple(months.values()) for serial, months in consumed(lines).items()}


def _reach(closed: Sequence[Charge], changed: Month) -> Month:
    """The oldest month that a correction since `changed` was for: it is reckoned anew, not reversed."""
    since = changed
    while True:
        oldest = min(
            (
                line.month
                for one in closed
                if one.month >= since
                for line in one.lines
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
    """The line that makes the one into the other; None where they agree."""
    one = now or was
    if one is None:
        return None
    nothing = replace(
        one, volume=one.volume * 0, net=one.net * 0, vat=one.vat * 0, benefit=one.benefit * 0, sum=one.sum * 0
    )
    before, after = was or nothing, now or nothing
    same = (before.volume, before.net, before.vat, before.benefit, before.sum) == (
        after.volume, after.net, after.vat, after.benefit, after.sum,
    )  # fmt: skip
    if same and (was is None or now is None or before.basis is after.basis):
        return None
    told = f"перерасчёт за {one.month}: было {money(before.sum)}, стало {money(after.sum)}"
    return replace(
        one,
        kind=LineKind.CORRECTION,
        volume=after.volume - before.volume,
        net=after.net - before.net,
        vat=after.vat - before.vat,
        benefit=after.benefit - before.benefit,
        sum=after.sum - before.sum,
        because=f"{told}; {one.because}" if now else told,
    )


def _order(at: Key) -> tuple[Month, str, str, str]:
    month, resource, component, meter = at
    return month, resource or "", component or "", meter or ""
