"""Estimates are taken back once readings cover their months (ПП 354 п. 61): nothing is paid twice."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.billing.charges import OwnCharge
from mailbot.billing.net_charges import net_lines, sort_key
from mailbot.billing.pricing import reverse_line
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import ChargeLine, LineKind, VolumeBasis
from mailbot.wording.charge_reasons import BASES


def reverse_estimates(own: OwnCharge, month: Month, earlier: Iterable[ChargeLine]) -> list[ChargeLine]:
    """Lines that take back what earlier months were estimated within the spans now measured.

    A norm that stood for all meters of a service goes with the meter whose reading was missing; where that meter is
    gone, or there was none, once all are read. What was taken off for poor quality stays with the client.
    """
    whole = _measured_since(own)
    lines: list[ChargeLine] = []
    for _, line in sorted(net_lines(earlier).items(), key=lambda item: sort_key(item[0])):
        if line.resource is None or line.unit is None or line.basis is None or not line.basis.estimated:
            continue
        since = own.since.get((line.resource, line.meter))
        if since is None and line.basis is VolumeBasis.NORM:
            since = whole.get(line.resource)
        if since is not None and since < line.month < month and (line.volume or line.sum):
            reason = f"по показаниям учтено в {month}; снято начисленное за {line.month}: {BASES[line.basis]}"
            lines.append(reverse_line(line, LineKind.TAKEN_BACK, VolumeBasis.METER, reason))
    return lines


def _measured_since(own: OwnCharge) -> dict[Resource, Month]:
    """For each service billed by readings alone, the last month that not all of its meters have measured."""
    charged = [line for line in own.lines if line.kind is LineKind.CHARGE]
    first_months: dict[Resource, Month] = {}
    for resource in {line.resource for line in charged if line.resource is not None}:
        if all(line.basis is VolumeBasis.METER for line in charged if line.resource is resource):
            first_months[resource] = max(
                month for (service, _), month in own.since.items() if service is resource
            )
    return first_months
