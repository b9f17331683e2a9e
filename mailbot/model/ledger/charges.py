"""What an account owes and why: lines of a charge, payments, and the grounds on which a charge is recalculated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Month
from mailbot.model.ledger.money import Money, Quantity
from mailbot.model.resource import Resource, Unit


class PriceComponent(StrEnum):
    """What a price is for. Hot water has two components: water (or heat carrier), and the heat in it."""

    HEAT = "heat"  # Гкал
    COLD_WATER = "cold_water"  # м³, closed systems
    HEAT_CARRIER = "heat_carrier"  # м³, open systems: теплоноситель
    HOT_WATER = "hot_water"  # м³, one component


class VolumeBasis(StrEnum):
    """What a volume rests on."""

    METER = "meter"
    AVERAGE = "average"
    NORM = "norm"

    @property
    def estimated(self) -> bool:
        """Nobody has read a dial for it."""
        match self:
            case VolumeBasis.METER:
                return False
            case VolumeBasis.AVERAGE | VolumeBasis.NORM:
                return True
            case _:
                assert_never(self)


class LineKind(StrEnum):
    """Why a line stands in a charge."""

    CHARGE = "charge"  # the month's own volume
    ABSENCE = "absence"  # временное отсутствие, ПП 354 п. 86–91
    QUALITY = "quality"  # перерывы и качество, ПП 354, приложение 1
    TAKEN_BACK = "taken_back"  # an estimate, now that a reading has come
    CORRECTION = "correction"  # what a closed month would be now, less what it was charged
    PENALTY = "penalty"  # пеня, ЖК РФ ст. 155 ч. 14

    @property
    def of_use(self) -> bool:
        """Does it say how much was used? Absence and poor quality take money off, not use."""
        match self:
            case LineKind.CHARGE | LineKind.TAKEN_BACK | LineKind.CORRECTION:
                return True
            case LineKind.ABSENCE | LineKind.QUALITY | LineKind.PENALTY:
                return False
            case _:
                assert_never(self)

    @property
    def corrects(self) -> bool:
        """Does it set earlier months right?"""
        match self:
            case LineKind.TAKEN_BACK | LineKind.CORRECTION:
                return True
            case LineKind.CHARGE | LineKind.ABSENCE | LineKind.QUALITY | LineKind.PENALTY:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine:
    """`sum` roubles for `month`: volume × price less `benefit`, VAT in it or on it as the tariffs say.

    `net + vat = sum`, whole kopecks all. `because` explains the volume, `source` the price (Russian both).
    A penalty has no resource, unit or price.
    """

    kind: LineKind
    month: Month
    resource: Resource | None
    component: PriceComponent | None
    meter: str | None
    basis: VolumeBasis | None
    volume: Quantity
    unit: Unit | None
    price: Decimal | None
    net: Money
    vat: Money
    benefit: Money
    sum: Money
    because: str
    source: str

    @property
    def measured(self) -> bool:
        """Is `volume` what was used of the resource itself? The heat in hot water is reckoned of its volume."""
        match self.resource:
            case Resource.HEATING:
                return True
            case Resource.HOT_WATER | Resource.COLD_WATER:
                return self.unit is self.resource.unit
            case None:
                return False
            case _:
                assert_never(self.resource)

    @property
    def of_component(self) -> bool:
        """May the line be of one component of its resource alone, so that a reader must be told which? Hot water has two."""
        match self.resource:
            case Resource.HOT_WATER:
                return self.component is not None
            case Resource.HEATING | Resource.COLD_WATER | None:
                return False
            case _:
                assert_never(self.resource)


@dataclass(frozen=True, slots=True)
class Charge:
    """What an account owes for a month. `account` is as it stood when the month was closed."""

    account: Account
    month: Month
    lines: tuple[ChargeLine, ...]

    @property
    def total(self) -> Money:
        """The sum of the lines: nothing is rounded twice."""
        return add_sums(line.sum for line in self.lines)

    @property
    def issued(self) -> IssuedCharge:
        fine = add_sums(line.sum for line in self.lines if line.kind is LineKind.PENALTY)
        return IssuedCharge(month=self.month, principal=Money(self.total - fine), penalty=fine)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCharge:
    """What a closed month asked for: `principal` roubles, and the `penalty` beside it."""

    month: Month
    principal: Money
    penalty: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in. `month`: the period the payer named (ГК РФ ст. 319.1), None where none was."""

    paid_on: date
    amount: Decimal
    document: str
    month: Month | None = None


class RecalculationGround(StrEnum):
    """What a charge is recalculated for."""

    ABSENCE = "absence"  # residents away, full days first…last (hot water without a meter)
    GAP = "gap"  # no supply for `hours` at once, the air at `degrees`
    COLD_AIR = "cold_air"  # air `degrees` below the norm for `hours`
    COLD_WATER = "cold_water"  # hot water below 40 °C for `hours`

    @property
    def of_residents(self) -> bool:
        """Is it about who was away, and not about how well the resource was supplied?"""
        match self:
            case RecalculationGround.ABSENCE:
                return True
            case RecalculationGround.GAP | RecalculationGround.COLD_AIR | RecalculationGround.COLD_WATER:
                return False
            case _:
                assert_never(self)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Whose charge it may recalculate."""
        match self:
            case RecalculationGround.ABSENCE:  # ПП 354 п. 86: heating is not recalculated for absence
                return (Resource.HOT_WATER,)
            case RecalculationGround.GAP:
                return (Resource.HEATING, Resource.HOT_WATER)
            case RecalculationGround.COLD_AIR:
                return (Resource.HEATING,)
            case RecalculationGround.COLD_WATER:
                return (Resource.HOT_WATER,)
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A ground for recalculation (основание перерасчёта), proven by `document` (акт, справка).

    `residents` are away in ABSENCE; `hours` and `degrees` (°C) as the ground means them. `dead_end`: the house
    hangs on a dead-end main (тупиковая магистраль), where hot water may be away for longer.
    """

    resource: Resource
    ground: RecalculationGround
    first: date
    last: date
    document: str
    residents: int = 0
    hours: Decimal = Decimal(0)
    degrees: Decimal = Decimal(0)
    dead_end: bool = False


@dataclass(frozen=True, slots=True)
class ChargeInputs:
    """All that an account's next charge rests on, as it was known when the run began.

    `closed` are its earlier charges, oldest first: all since `changed`, and a year and a half at least. Of the months
    before them `earlier` keeps what they asked for. `changed` is the oldest closed month whose readings or grounds
    have changed since it was charged; None where none has.
    """

    account: Account
    readings: tuple[DatedReading, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    closed: tuple[Charge, ...] = ()
    payments: tuple[Payment, ...] = ()
    changed: Month | None = None
    earlier: tuple[IssuedCharge, ...] = ()


def add_sums(sums: Iterable[Decimal]) -> Money:
    """The sum, in kopecks even where there is none."""
    return Money(sum(sums, Decimal("0.00")))
