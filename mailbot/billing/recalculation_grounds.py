"""May a ground recalculate an account's charge at all? What is wrong with it, before it is kept and has no effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import assert_never

from mailbot.billing.recalculation import SHORT_ABSENCE_DAYS
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Account, Month
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from mailbot.wording.account_titles import RECALCULATION_GROUNDS
from mailbot.wording.amounts import format_quantity
from mailbot.wording.resources import OF_RESOURCES, RESOURCES

MAX_DAYS = 366
MAX_TEMPERATURE = Decimal(30)
"""°C: no air in a room, and no shortfall of it, is meant to be above."""

MIN_DATE = date(2000, 1, 1)


def find_ground_faults(ground: Adjustment, account: Account, today: date) -> tuple[str, ...]:
    """What forbids the ground for the account (Russian, each says what to do); empty where nothing does.

    A zero in `residents`, `hours` or `degrees` counts as not given: air of exactly 0 °C is written as 1.
    """
    return (*find_intrinsic_faults(ground, today), *_of_account(ground, account))


def find_intrinsic_faults(ground: Adjustment, today: date) -> tuple[str, ...]:
    """What is wrong with the ground, whosever it is."""
    faults = list(_period(ground, today))
    if ground.resource not in ground.ground.resources:
        possible = " и ".join(RESOURCES[resource] for resource in ground.ground.resources)
        faults.append(
            f"«{RECALCULATION_GROUNDS[ground.ground]}» бывает только для услуги: {possible}; исправьте услугу"
        )
    if not ground.document.strip():
        faults.append("назовите документ: акт, справку, билет — без него перерасчёта нет")
    return (*faults, *(_absence(ground) if ground.ground.of_residents else _quality(ground)))


def _period(ground: Adjustment, today: date) -> Iterator[str]:
    if ground.last < ground.first:
        yield f"период кончается {ground.last:%d.%m.%Y} раньше, чем начинается; поменяйте даты местами"
    elif ground.first < MIN_DATE or (ground.last - ground.first).days >= MAX_DAYS:
        yield "период слишком давний или больше года; проверьте годы в датах"
    elif not ground.ground.of_residents and ground.last > today:
        yield f"{ground.last:%d.%m.%Y} ещё не наступило; внесите, когда перерыв закончится"


def _absence(ground: Adjustment) -> Iterator[str]:
    days = (ground.last - ground.first).days + 1
    if 0 < days <= SHORT_ABSENCE_DAYS:
        yield (
            f"отсутствие {days} полн. сут.: перерасчёт делают, если оно больше {SHORT_ABSENCE_DAYS} полных суток подряд, "
            "без дней выбытия и прибытия (ПП 354 п. 86)"
        )
    if ground.residents < 1:
        yield "укажите, сколько жильцов отсутствовало"
    if ground.hours or ground.degrees or ground.dead_end:
        yield "часы, градусы и тупиковая магистраль к отсутствию не относятся; уберите их"


def _quality(ground: Adjustment) -> Iterator[str]:
    if Month.of(ground.first) != Month.of(ground.last):
        yield "период переходит в другой месяц; внесите основание на каждый месяц отдельно, с его часами"
    longest = ((ground.last - ground.first).days + 1) * 24
    if ground.hours <= 0:
        yield "укажите, сколько часов это длилось"
    elif 0 < longest < ground.hours:
        yield f"в периоде всего {longest} ч, а указано {format_quantity(ground.hours)}; исправьте часы или даты"
    if ground.residents:
        yield "число жильцов нужно только для отсутствия; уберите его"
    yield from _degrees(ground)
    if ground.dead_end and not (ground.ground is RecalculationGround.GAP and _has_dead_ends(ground.resource)):
        yield "тупиковая магистраль важна только для перерыва в подаче горячей воды; уберите её"


def _degrees(ground: Adjustment) -> Iterator[str]:
    of_air = ground.ground is RecalculationGround.GAP and _warms_the_air(ground.resource)
    if of_air and not 0 < ground.degrees <= MAX_TEMPERATURE:
        yield "укажите, сколько градусов было в помещении при перерыве: от 1 до 30"
    if ground.ground is RecalculationGround.COLD_AIR and not 0 < ground.degrees <= MAX_TEMPERATURE:
        yield "укажите, на сколько градусов воздух холоднее нормы: от 0,1 до 30"
    if ground.degrees and not of_air and ground.ground is not RecalculationGround.COLD_AIR:
        yield "градусы для этого основания не нужны; уберите их"


def _has_dead_ends(resource: Resource) -> bool:
    """May it be away for longer on a dead-end main (приложение 1 п. 4)?"""
    match resource:
        case Resource.HOT_WATER:
            return True
        case Resource.HEATING | Resource.COLD_WATER:
            return False
        case _:
            assert_never(resource)


def _warms_the_air(resource: Resource) -> bool:
    """Does the air in the rooms say how long it may be away (приложение 1 п. 14)?"""
    match resource:
        case Resource.HEATING:
            return True
        case Resource.HOT_WATER | Resource.COLD_WATER:
            return False
        case _:
            assert_never(resource)


def _of_account(ground: Adjustment, account: Account) -> Iterator[str]:
    if ground.resource not in account.resources:
        yield f"у счёта {account.number} нет услуги «{RESOURCES[ground.resource]}»"
    if not ground.ground.of_residents:
        return
    if ground.residents > account.premises.residents:
        yield (
            f"на счёте {account.number} жильцов {account.premises.residents}, а отсутствовало {ground.residents}; "
            "исправьте число или реестр"
        )
    if all(_metered(account, ground.resource, month) for month in _months(ground)):
        yield (
            f"у счёта {account.number} есть прибор {OF_RESOURCES[ground.resource]}: за отсутствие пересчитывают только без прибора "
            "(ПП 354 п. 86)"
        )


def _months(ground: Adjustment) -> list[Month]:
    months, month = [Month.of(ground.first)], Month.of(ground.first)
    while month < Month.of(ground.last) and len(months) <= MAX_DAYS:
        month = month.following
        months.append(month)
    return months


def _metered(account: Account, resource: Resource, month: Month) -> bool:
    return any(
        meter.resource is resource
        and meter.installed < month.first
        and (meter.removed is None or meter.removed >= month.first)
        for meter in account.meters
    )
