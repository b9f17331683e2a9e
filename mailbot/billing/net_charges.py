"""What a month comes to over all charges: lines of the same month, service, component and meter, taken together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import ChargeLine, PriceComponent
from mailbot.model.ledger.money import Money, Quantity

Key = tuple[Month, Resource | None, PriceComponent | None, str | None, bool]


def netting_key(line: ChargeLine) -> Key:
    """What lines are netted by: month, service, component, meter; what was supplied apart from how well.

    Money without a unit was taken off for poor quality. An estimate is taken back once a reading has come, and that
    money is not: so the two are never mixed, in corrections either.
    """
    return line.month, line.resource, line.component, line.meter, line.unit is None


def sort_key(at: Key) -> tuple[Month, str, str, str, bool]:
    """By what keys are sorted: a bill reads by month, then by service."""
    month, resource, component, meter, quality = at
    return month, resource or "", component or "", meter or "", quality


def net_lines(lines: Iterable[ChargeLine]) -> dict[Key, ChargeLine]:
    """One line a key: the newest with the volumes and sums of all of them."""
    lines_by_key: dict[Key, ChargeLine] = {}
    for line in lines:
        before = lines_by_key.get(netting_key(line))
        lines_by_key[netting_key(line)] = line if before is None else merge_lines(before, line)
    return lines_by_key


def merge_lines(one: ChargeLine, newer: ChargeLine) -> ChargeLine:
    """Both together: the newer says what the volume rests on; what was taken off for quality has all its grounds."""
    return replace(
        newer,
        volume=Quantity(one.volume + newer.volume),
        net=Money(one.net + newer.net),
        vat=Money(one.vat + newer.vat),
        benefit=Money(one.benefit + newer.benefit),
        sum=Money(one.sum + newer.sum),
        because=newer.because if newer.unit is not None else f"{one.because}; {newer.because}",
    )
