"""What a meter measures whose letter does not say so: each resource with what speaks for it, the likely first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from mailbot.composing import wording
from mailbot.model import KnownAccount, Resource, Rulebook
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.policy.readings.meter_match import meters_in_use
from mailbot.policy.readings.meter_plausibility import find_meter_doubt
from mailbot.policy.readings.usual_consumption import usual_consumption
from mailbot.store import StoreTransaction
from mailbot.store.accounts.known_accounts import known_accounts
from mailbot.store.cases.review_queue import CaseReading

FITS, UNTRIED, DOUBTFUL, NO_METER, UNKNOWN = range(5)
"""How likely, the likeliest first."""


@dataclass(frozen=True, slots=True)
class LikelyResource:
    """A resource, and for staff in Russian what speaks for it or against it; `rank` is the smaller the likelier."""

    resource: Resource
    reason: str
    rank: int


def likely_resources(
    transaction: StoreTransaction, rulebook: Rulebook, reading: CaseReading, account: str, value: Decimal
) -> tuple[LikelyResource, ...]:
    """Every resource that is charged for or has a meter here, the likely first, by the dials of the account as of the
    letter's day."""
    day = reading.received_at.astimezone(ZoneInfo(rulebook.channels.time_zone)).date()
    known = next(iter(known_accounts(transaction, [account], Month.of(day).back(12))), None)
    metered = {meter.resource for meter in known.account.meters} if known else set[Resource]()
    resources = (
        _judged(resource, known, value, day, rulebook)
        for resource in Resource
        if resource.charged or resource in metered
    )
    return tuple(sorted(resources, key=lambda resource: resource.rank))


def _judged(
    resource: Resource, known: KnownAccount | None, value: Decimal, day: date, rulebook: Rulebook
) -> LikelyResource:
    if known is None:
        return LikelyResource(resource, "такого счёта в реестре нет: посмотрите в письме", UNKNOWN)
    meters = meters_in_use(known.account, resource, day)
    if not meters:
        return LikelyResource(resource, "такого прибора у счёта нет", NO_METER)
    tried = []
    for meter in meters:
        earlier = tuple(standing.reading for standing in known.of_meter(meter.serial))
        doubt = find_meter_doubt(
            value, None, day, meter, earlier, usual_consumption(meter, known, rulebook.ledger, day), day
        )
        before = (
            f"на приборе {meter.serial} было {wording.format_quantity(earlier[-1].value)}" if earlier else ""
        )
        if doubt:
            tried.append((DOUBTFUL, f"{before or f'прибор {meter.serial}'}: {doubt}"))
        elif before:
            tried.append((FITS, f"{before}, {wording.format_quantity(value)} подходит"))
        else:
            tried.append((UNTRIED, f"прибор {meter.serial} есть, показаний ещё не было"))
    rank, reason = min(tried)
    return LikelyResource(resource, reason, rank)
