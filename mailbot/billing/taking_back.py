"""Estimates are taken back once readings cover their months (ПП 354 п. 61): nothing is paid twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.billing.charges import OwnCharge
from mailbot.billing.pricing import negated
from mailbot.model import Resource
from mailbot.model.charges import Basis, ChargeLine, Component, LineKind
from mailbot.model.ledger import Month

Key = tuple[Month, Resource | None, Component | None, str | None]


def key(line: ChargeLine) -> Key:
    """What lines are netted by: month, service, component, meter."""
    return line.month, line.resource, line.component, line.meter


def netted(lines: Iterable[ChargeLine]) -> dict[Key, ChargeLine]:
    """One line a key: the newest with the volumes and sums of all of them."""
    found: dict[Key, ChargeLine] = {}
    for line in lines:
        before = found.get(key(line))
        found[key(line)] = line if before is None else plus(before, line)
    return found


def plus(one: ChargeLine, newer: ChargeLine) -> ChargeLine:
    """Both together, under the words of the newer one that has a volume."""
    words = newer if newer.basis is not None else replace(one, kind=newer.kind)
    return replace(
        words,
        volume=one.volume + newer.volume,
        net=one.net + newer.net,
        vat=one.vat + newer.vat,
        benefit=one.benefit + newer.benefit,
        sum=one.sum + newer.sum,
    )


def taken_back(own: OwnCharge, month: Month, earlier: Iterable[ChargeLine]) -> list[ChargeLine]:
    """Lines that take back what earlier months were estimated within the spans now measured.

    A norm that stood for all meters of a service goes with the meter whose reading was missing, or once all are
    read. What was taken off for poor quality stays with the client.
    """
    counted = (line for line in earlier if line.kind not in (LineKind.QUALITY, LineKind.PENALTY))
    volumes = [line for line in own.lines if line.kind is LineKind.CHARGE]
    whole = {
        line.resource: all(other.basis is Basis.METER for other in volumes if other.resource is line.resource)
        for line in volumes
    }
    found: list[ChargeLine] = []
    for line in sorted(netted(counted).values(), key=_order):
        if line.meter is None or line.basis in (Basis.METER, None) or not (line.volume or line.sum):
            continue
        since = own.since.get(line.meter)
        if since is None and line.basis is Basis.NORM and whole.get(line.resource):
            mine = [one.meter for one in volumes if one.resource is line.resource]
            since = max(own.since[serial] for serial in mine if serial is not None)
        if since is not None and since < line.month < month:
            told = f"по показаниям учтено в {month}; снято начисленное за {line.month}: {_estimate(line)}"
            found.append(negated(line, LineKind.TAKEN_BACK, Basis.METER, told))
    return found


def _estimate(line: ChargeLine) -> str:
    return "по среднему" if line.basis is Basis.AVERAGE else "по нормативу"


def _order(line: ChargeLine) -> tuple[Month, str, str, str]:
    return line.month, line.resource or "", line.component or "", line.meter or ""
