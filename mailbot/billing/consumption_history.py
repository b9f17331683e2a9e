"""What earlier months were billed in the end, by service and meter: averages and spans of readings rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mailbot.billing.net_charges import net_lines
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import ChargeLine, LineKind, VolumeBasis

Dial = tuple[Resource, str | None]
"""A service and the serial of the meter it was billed by; no serial: billed without a meter.

A serial alone would not do: a meter entered under the wrong service leaves months of Гкал behind it."""


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a closed month was billed for one meter; the average is taken of months by meter."""

    month: Month
    amount: Decimal
    basis: VolumeBasis


History = Mapping[Dial, tuple[Consumption, ...]]


def billing_history(lines: Iterable[ChargeLine]) -> dict[Dial, tuple[Consumption, ...]]:
    """By dial, what its months were billed in the end, corrections included.

    The newest basis holds: an estimate that a reading replaced counts as measured. A month that a correction took
    from a meter altogether is none of its months.
    """
    history: dict[Dial, dict[Month, Consumption]] = {}
    for line in net_lines(line for line in lines if line.kind is not LineKind.PENALTY).values():
        if line.resource is None or line.basis is None or not line.measured:
            continue
        months = history.setdefault((line.resource, line.meter), {})
        before = months.get(line.month)
        amount = line.volume + (before.amount if before else 0)
        months[line.month] = Consumption(line.month, amount, line.basis)
    return {dial: tuple(months.values()) for dial, months in history.items()}


def months_charged_by_norm(known: History, resource: Resource) -> frozenset[tuple[str | None, Month]]:
    """The months that stand charged by the norm, with the meter whose reading was missing (None: there was none)."""
    return frozenset(
        (serial, consumption.month)
        for (service, serial), many in known.items()
        if service is resource
        for consumption in many
        if consumption.basis is VolumeBasis.NORM and consumption.amount
    )
