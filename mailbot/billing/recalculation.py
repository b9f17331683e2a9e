"""Recalculation (перерасчёт) of a month for absence (ПП 354 п. 86–91) and for poor quality (приложение 1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from mailbot.billing.amounts import convert_volume
from mailbot.billing.pricing import share_of_line, volume_lines
from mailbot.billing.service_quality import (
    HEATING_GAP,
    HOT_WATER_AT_ONCE,
    HOT_WATER_DEAD_END,
    HOT_WATER_GAP,
    discount_percent,
    excess_hours,
    max_heating_gap_hours,
)
from mailbot.billing.tariffs import Tariffs
from mailbot.billing.volumes import Volume
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Account, Month
from mailbot.model.ledger.charges import (
    Adjustment,
    ChargeLine,
    LineKind,
    PriceComponent,
    RecalculationGround,
    VolumeBasis,
)
from mailbot.wording.amounts import format_quantity

SHORT_ABSENCE_DAYS = 5
"""Only more than so many full days in a row away count (п. 86)."""

QUALITY_SOURCE = "ПП 354, приложение 1"


def sort_grounds(grounds: Iterable[Adjustment]) -> list[Adjustment]:
    """The grounds by their days; alike whatever order they were entered in."""
    return sorted(
        grounds,
        key=lambda adjustment: (
            adjustment.first,
            adjustment.last,
            adjustment.ground,
            adjustment.document,
            adjustment.hours,
            adjustment.degrees,
            adjustment.residents,
            adjustment.dead_end,
        ),
    )


def recalculate_absence(
    account: Account,
    lines: Iterable[ChargeLine],
    grounds: Iterable[Adjustment],
    month: Month,
    tariffs: Tariffs,
) -> list[ChargeLine]:
    """The share of the norm of those away, by full days: hot water without a meter alone (п. 86, 90).

    At most what the norm charges: nobody is away twice.
    """
    norm = next(
        (line for line in lines if line.basis is VolumeBasis.NORM and line.measured and line.meter is None),
        None,
    )
    if norm is None or norm.resource is None or not account.premises.residents:
        return []
    if norm.resource not in RecalculationGround.ABSENCE.resources:
        return []
    recalculated: list[ChargeLine] = []
    left = account.premises.residents * month.days
    for ground in grounds:
        days = (min(ground.last, month.last) - max(ground.first, month.first)).days + 1
        if (
            not ground.ground.of_residents
            or days <= 0
            or (ground.last - ground.first).days + 1 <= SHORT_ABSENCE_DAYS
        ):
            continue
        away = min(left, ground.residents * days)
        left -= away
        amount = norm.volume * away / (account.premises.residents * month.days)
        reason = (
            f"временное отсутствие: {ground.residents} чел., {days} сут. из {month.days} "
            f"(ПП 354 п. 86–91), {ground.document}"
        )
        unit = norm.resource.unit
        volume = Volume(convert_volume(-amount, unit, unit), unit, VolumeBasis.NORM, reason)
        recalculated += volume_lines(account, norm.resource, None, volume, month, tariffs, LineKind.ABSENCE)
    return recalculated


def recalculate_poor_quality(
    account: Account,
    lines: Iterable[ChargeLine],
    grounds: Iterable[Adjustment],
    month: Month,
    tariffs: Tariffs,
) -> list[ChargeLine]:
    """What gaps, cold air and cold water take off each line of a resource; together at most the line itself."""
    own = [ground for ground in grounds if Month.of(ground.first) == month]
    reason, percent = _percent(own)
    hours = sum(
        (ground.hours for ground in own if ground.ground is RecalculationGround.COLD_WATER), Decimal(0)
    )
    recalculated: list[ChargeLine] = []
    for line in lines:
        cold = _cold_share(account, line, hours, month, tariffs)
        if cold:
            because = (
                f"вода ниже 40 °C {format_quantity(hours)} ч из {month.days * 24}: по цене холодной, "
                f"{_documents(own, RecalculationGround.COLD_WATER)}"
            )
            recalculated.append(share_of_line(line, LineKind.QUALITY, -cold, because, QUALITY_SOURCE))
        part = min(1 - cold, percent / 100)
        if part:
            recalculated.append(share_of_line(line, LineKind.QUALITY, -part, reason, QUALITY_SOURCE))
    return recalculated


def _percent(grounds: list[Adjustment]) -> tuple[str, Decimal]:
    """(why, per cent) for gaps and for cold air."""
    gaps, chilly = list[Adjustment](), list[Adjustment]()
    for ground in grounds:
        match ground.ground:
            case RecalculationGround.GAP:
                gaps.append(ground)
            case RecalculationGround.COLD_AIR:
                chilly.append(ground)
            case RecalculationGround.ABSENCE | RecalculationGround.COLD_WATER:
                pass  # of the norm (`recalculate_absence`), and at the price of cold water (`_cold_share`)
            case _:
                assert_never(ground.ground)
    words: list[str] = []
    weighed = Decimal(0)
    if gaps:
        beyond = _beyond(gaps)
        lasted = sum((gap.hours for gap in gaps), Decimal(0))
        words.append(
            f"перерывы {format_quantity(lasted)} ч, сверх допустимого {format_quantity(beyond)} ч × 0,15 %, "
            + _documents(gaps, RecalculationGround.GAP)
        )
        weighed += beyond
    for adjustment in chilly:
        words.append(
            f"воздух ниже нормы на {format_quantity(adjustment.degrees)} °C {format_quantity(adjustment.hours)} ч × 0,15 %, "
            f"{adjustment.document}"
        )
        weighed += adjustment.degrees * adjustment.hours
    return "; ".join(words), discount_percent(weighed)


def _beyond(gaps: list[Adjustment]) -> Decimal:
    """Hours beyond what is permitted. The 24 h in a row of a dead-end main stand beside the month's 8 h: they would
    never be reached within them."""
    resource = gaps[0].resource
    match resource:
        case Resource.HEATING:
            permitted = ((gap.hours, max_heating_gap_hours(gap.degrees)) for gap in gaps)
            return excess_hours(tuple(permitted), HEATING_GAP)
        case Resource.HOT_WATER:
            return _beyond_of_hot_water(gaps)
        case Resource.COLD_WATER:
            return Decimal(0)  # its gaps are the waterworks' to make good
        case _:
            assert_never(resource)


def _beyond_of_hot_water(gaps: list[Adjustment]) -> Decimal:
    dead_end = [max(Decimal(0), gap.hours - HOT_WATER_DEAD_END) for gap in gaps if gap.dead_end]
    others = tuple((gap.hours, HOT_WATER_AT_ONCE) for gap in gaps if not gap.dead_end)
    return excess_hours(others, HOT_WATER_GAP) + sum(dead_end, Decimal(0))


def _cold_share(
    account: Account, line: ChargeLine, hours: Decimal, month: Month, tariffs: Tariffs
) -> Decimal:
    """The share of a line that falls away where hot water was charged as cold for so many hours (п. 5)."""
    if not hours or line.component is None or not line.of_component:
        return Decimal(0)
    part = min(Decimal(1), hours / (month.days * 24))
    match line.component:
        case PriceComponent.HEAT:
            return part
        case PriceComponent.COLD_WATER | PriceComponent.HEAT_CARRIER:
            return Decimal(0)
        case PriceComponent.HOT_WATER:
            return _dearer_than_cold(part, account, month, tariffs)
        case _:
            assert_never(line.component)


def _dearer_than_cold(part: Decimal, account: Account, month: Month, tariffs: Tariffs) -> Decimal:
    """What that part of a line loses of its one price at the price of cold water, as a share of the line."""
    hot = tariffs.price(PriceComponent.HOT_WATER, account.group, account.service_area, month.first).value
    cold = tariffs.price(PriceComponent.COLD_WATER, account.group, account.service_area, month.first).value
    return part * max(Decimal(0), hot - cold) / hot if hot else Decimal(0)


def _documents(grounds: Iterable[Adjustment], ground: RecalculationGround) -> str:
    return ", ".join(
        dict.fromkeys(adjustment.document for adjustment in grounds if adjustment.ground is ground)
    )
