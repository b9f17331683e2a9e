"""Penalty (пеня) for late payment by individuals: ЖК РФ ст. 155 ч. 14."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mailbot.billing.amounts import round_to_kopecks
from mailbot.model.ledger.money import Money

FREE_DAYS, CHEAP_DAYS = 30, 90
"""Days 1–30 cost nothing, 31–90 one 300th of the rate a day, from day 91 one 130th."""

CHEAP, DEAR = Decimal(300), Decimal(130)


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyPart:
    """A stretch of days at one share of one rate: `sum = debt × rate % / share × days`, to the kopeck."""

    first: date
    days: int
    rate: Decimal
    share: Decimal
    sum: Money


@dataclass(frozen=True, slots=True)
class PenaltyRate:
    """The rate (per cent a year) that counts from a day on: min(9.5 %, the central bank's) until 01.01.2027."""

    since: date
    percent: Decimal


def penalty(
    debt: Decimal, *, due: date, until: date, rates: tuple[PenaltyRate, ...], since: date | None = None
) -> tuple[PenaltyPart, ...]:
    """What a debt unpaid since the day `due` costs from `since` (None: the first day) up to and with `until`.

    The first day of delay is the day after `due`. ValueError where no rate covers a day that costs something.
    """
    parts: list[PenaltyPart] = []
    delay = (until - due).days
    earliest = 1 if since is None else (since - due).days
    for first, last, share in ((FREE_DAYS + 1, CHEAP_DAYS, CHEAP), (CHEAP_DAYS + 1, delay, DEAR)):
        begin, end = max(first, earliest), min(last, delay)
        while begin <= end:
            day = due + timedelta(days=begin)
            rate, held = _rate_on(day, rates)
            stop = end if held is None else min(end, (held - due).days - 1)
            count = stop - begin + 1
            cost = round_to_kopecks(debt * rate.percent / 100 / share * count)
            parts.append(PenaltyPart(first=day, days=count, rate=rate.percent, share=share, sum=cost))
            begin = stop + 1
    return tuple(parts)


def _rate_on(day: date, rates: tuple[PenaltyRate, ...]) -> tuple[PenaltyRate, date | None]:
    """The rate of a day, and the day from which another counts."""
    known = sorted(rates, key=lambda rate: rate.since)
    in_force = [rate for rate in known if rate.since <= day]
    if not in_force:
        raise ValueError(f"на {day:%d.%m.%Y} не задана ставка для пени")
    later = [rate.since for rate in known if rate.since > day]
    return in_force[-1], later[0] if later else None
