"""Which grounds are refused, and why: one that could not change a charge must not be kept in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailbot.billing.recalculation import SHORT_ABSENCE_DAYS
from mailbot.billing.recalculation_grounds import find_ground_faults
from mailbot.model import Resource
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from tests.billing.builders import METER, account

D = Decimal
TODAY = date(2026, 11, 23)
FLAT = account(Resource.HEATING, Resource.HOT_WATER)
AWAY = Adjustment(
    resource=Resource.HOT_WATER,
    ground=RecalculationGround.ABSENCE,
    first=date(2026, 10, 5),
    last=date(2026, 10, 20),
    document="справка",
    residents=1,
)
GAP = Adjustment(
    resource=Resource.HEATING,
    ground=RecalculationGround.GAP,
    first=date(2026, 11, 3),
    last=date(2026, 11, 5),
    document="акт № 7",
    hours=D(54),
    degrees=D(14),
)
NO_WATER = replace(GAP, resource=Resource.HOT_WATER, degrees=D(0), dead_end=True)
COLD = replace(GAP, ground=RecalculationGround.COLD_AIR, degrees=D(3))
LUKEWARM = replace(
    GAP, ground=RecalculationGround.COLD_WATER, resource=Resource.HOT_WATER, degrees=D(0), hours=D("12.5")
)


@pytest.mark.parametrize("ground", [AWAY, GAP, NO_WATER, COLD, LUKEWARM], ids=lambda one: one.ground)
def test_a_ground_as_it_should_be(ground: Adjustment) -> None:
    assert find_ground_faults(ground, FLAT, TODAY) == ()


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        (replace(AWAY, resource=Resource.HEATING), "бывает только для услуги: горячая вода"),
        (replace(COLD, resource=Resource.HOT_WATER), "бывает только для услуги: отопление"),
        (replace(LUKEWARM, resource=Resource.HEATING), "бывает только для услуги: горячая вода"),
        (replace(AWAY, last=date(2026, 10, 9)), "отсутствие 5 полн. сут."),
        (replace(AWAY, residents=0), "сколько жильцов"),
        (replace(AWAY, residents=FLAT.premises.residents + 1), "исправьте число или реестр"),
        (replace(AWAY, hours=D(5)), "к отсутствию не относятся"),
        (replace(AWAY, first=date(2026, 10, 21)), "раньше, чем начинается"),
        (replace(AWAY, last=date(2062, 10, 20)), "больше года"),
        (replace(GAP, document=" "), "назовите документ"),
        (replace(GAP, first=date(2026, 10, 31)), "переходит в другой месяц"),
        (replace(GAP, hours=D(0)), "сколько часов"),
        (replace(GAP, hours=D("72.5")), "всего 72 ч, а указано 72,5"),
        (replace(GAP, degrees=D(0)), "сколько градусов было в помещении"),
        (replace(GAP, residents=1), "нужно только для отсутствия"),
        (replace(GAP, dead_end=True), "только для перерыва в подаче горячей воды"),
        (replace(GAP, first=date(2026, 11, 24), last=date(2026, 11, 24), hours=D(5)), "ещё не наступило"),
        (replace(COLD, degrees=D(0)), "на сколько градусов"),
        (replace(COLD, degrees=D(31)), "на сколько градусов"),
        (replace(NO_WATER, degrees=D(14)), "градусы для этого основания не нужны"),
        (replace(LUKEWARM, degrees=D(14)), "градусы для этого основания не нужны"),
    ],
)  # fmt: skip
def test_what_forbids_a_ground_is_told(ground: Adjustment, told: str) -> None:
    (fault,) = find_ground_faults(ground, FLAT, TODAY)
    assert told in fault


def test_six_full_days_are_the_shortest_absence() -> None:
    assert SHORT_ABSENCE_DAYS == 5
    assert find_ground_faults(replace(AWAY, last=date(2026, 10, 10)), FLAT, TODAY) == ()


def test_an_absence_may_be_announced_and_a_gap_may_not() -> None:
    ahead = replace(AWAY, first=date(2026, 12, 1), last=date(2027, 1, 15))
    assert find_ground_faults(ahead, FLAT, TODAY) == ()


def test_an_account_with_a_meter_is_not_recalculated_for_absence() -> None:
    metered = account(Resource.HOT_WATER, meters=(METER,))
    assert any("есть прибор" in told for told in find_ground_faults(AWAY, metered, TODAY))
    since_december = replace(METER, installed=date(2026, 10, 30))
    assert find_ground_faults(AWAY, account(Resource.HOT_WATER, meters=(since_december,)), TODAY) == ()


def test_a_resource_that_the_account_has_not_is_told() -> None:
    assert find_ground_faults(GAP, account(Resource.HOT_WATER), TODAY) == (
        f"у счёта {FLAT.number} нет услуги «отопление»",
    )


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(find_ground_faults(replace(GAP, hours=D(0), degrees=D(0), document=""), FLAT, TODAY)) == 3
