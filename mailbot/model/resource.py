"""What the company counts, and in which units: the one home of both closed sets and of what holds for their members.

A new member is named by mypy in every `match` here and elsewhere that does not know it yet; its Russian words stand in
`wording/resources.py`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never


class Unit(StrEnum):
    """Units a meter counts in; the values are how bills and letters write them."""

    GCAL = "Гкал"
    GJ = "ГДж"
    MWH = "МВт·ч"
    KWH = "кВт·ч"
    M3 = "м3"

    @property
    def of_energy(self) -> bool:
        """Heat is told in it, and no volume."""
        match self:
            case Unit.GCAL | Unit.GJ | Unit.MWH | Unit.KWH:
                return True
            case Unit.M3:
                return False
            case _:
                assert_never(self)

    @property
    def of_electricity_too(self) -> bool:
        """Electricity is told in it, which is none of ours."""
        match self:
            case Unit.MWH | Unit.KWH:
                return True
            case Unit.GCAL | Unit.GJ | Unit.M3:
                return False
            case _:
                assert_never(self)

    @property
    def of_heat_alone(self) -> bool:
        return self.of_energy and not self.of_electricity_too


ENERGY_UNITS = frozenset(unit for unit in Unit if unit.of_energy)


class NormBase(StrEnum):
    """What a norm (норматив) is given for one of (ПП 354 п. 42)."""

    AREA = "area"  # a m² of the premises
    RESIDENTS = "residents"  # a person registered there


class Resource(StrEnum):
    """A utility that a meter of the register may count."""

    HEATING = "heating"
    HOT_WATER = "hot_water"
    COLD_WATER = "cold_water"

    @property
    def unit(self) -> Unit:
        """What its use is charged and shown in, whatever the dial counts."""
        match self:
            case Resource.HEATING:
                return Unit.GCAL
            case Resource.HOT_WATER | Resource.COLD_WATER:
                return Unit.M3
            case _:
                assert_never(self)

    @property
    def dial_units(self) -> frozenset[Unit]:
        """What a dial of it may count in."""
        match self:
            case Resource.HEATING:
                return ENERGY_UNITS
            case Resource.HOT_WATER | Resource.COLD_WATER:
                return frozenset({Unit.M3})
            case _:
                assert_never(self)

    @property
    def max_digits(self) -> int:
        """Whole digits that the counters of the trade have at most: a phone or an account has more."""
        match self:
            case Resource.HEATING:
                return 7
            case Resource.HOT_WATER | Resource.COLD_WATER:
                return 6
            case _:
                assert_never(self)

    @property
    def norm_base(self) -> NormBase:
        match self:
            case Resource.HEATING:
                return NormBase.AREA
            case Resource.HOT_WATER | Resource.COLD_WATER:
                return NormBase.RESIDENTS
            case _:
                assert_never(self)

    @property
    def charged(self) -> bool:
        """Does the company charge for it? Cold water is the waterworks' (водоканал): where the register has a meter of
        it, as companies with an open hot-water system do, its readings are kept and nothing is billed by them."""
        match self:
            case Resource.HEATING | Resource.HOT_WATER:
                return True
            case Resource.COLD_WATER:
                return False
            case _:
                assert_never(self)


def may_be_charged(resource: Resource | None) -> bool:
    """Of a value in a letter: not where it is named as one that the company does not charge for."""
    return resource is None or resource.charged


CHARGED_RESOURCES = tuple(resource for resource in Resource if resource.charged)
