"""A month's own charges of one account: lines that explain themselves and add up to the total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mailbot.billing.billed_meters import calculate_volumes
from mailbot.billing.consumption_history import Dial, History
from mailbot.billing.pricing import volume_lines
from mailbot.billing.recalculation import recalculate_absence, recalculate_poor_quality, sort_grounds
from mailbot.billing.tariffs import Tariffs
from mailbot.billing.volumes import volume_start_month
from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Month
from mailbot.model.ledger.charges import Adjustment, ChargeLine, add_sums


@dataclass(frozen=True, slots=True)
class OwnCharge:
    """A month's own lines. `since`: for each meter billed by its readings, the last month before that volume."""

    lines: tuple[ChargeLine, ...]
    since: Mapping[Dial, Month]

    @property
    def total(self) -> Decimal:
        return add_sums(line.sum for line in self.lines)


def charge_account(
    account: Account,
    month: Month,
    readings: Iterable[DatedReading],
    known: History,
    tariffs: Tariffs,
    adjustments: Iterable[Adjustment] = (),
) -> OwnCharge:
    """Charge an account for its own month. `known` holds, by service and meter, what earlier months were billed.

    The order of readings and adjustments changes nothing. MissingTariff where a price or a norm is not given.
    """
    dials = tuple(readings)
    grounds = sort_grounds(adjustments)
    lines: list[ChargeLine] = []
    since: dict[Dial, Month] = {}
    for resource in sorted(resource for resource in account.resources if resource.charged):
        own = [ground for ground in grounds if ground.resource is resource]
        basic: list[ChargeLine] = []
        for serial, volume in calculate_volumes(account, resource, month, dials, known, tariffs):
            basic += volume_lines(account, resource, serial, volume, month, tariffs)
            if volume.span is not None:
                since[resource, serial] = volume_start_month(volume.span[0])
        basic += recalculate_absence(account, basic, own, month, tariffs)
        lines += basic
        lines += recalculate_poor_quality(account, basic, own, month, tariffs)
    return OwnCharge(tuple(lines), since)
