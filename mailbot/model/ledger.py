"""What is billed, to whom, and by which meter: plain data between the register, the billing room and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailbot.model.facts import Resource, Unit


class ClientGroup(StrEnum):
    """Groups of clients of the standard (chapter 1); tariffs and VAT may differ by group."""

    INDIVIDUAL = "individual"  # ФЛ: a flat or a house
    BUSINESS = "business"  # ЮЛ, ИП, and ФЛ with non-residential premises
    PROVIDER = "provider"  # исполнитель коммунальных услуг: a housing manager


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A billing period (расчётный период): one calendar month (ПП 354 п. 37)."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def following(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def preceding(self) -> Month:
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def days(self) -> int:
        return (self.following.first - self.first).days

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter (прибор учёта). `digits` are the whole digits of its dial; it counts in `unit`.

    From the day after `verified_until` it is out of order (ПП 354 п. 81(12)); None: not known, taken as in order.
    """

    serial: str
    resource: Resource
    unit: Unit
    digits: int
    installed: date
    removed: date | None = None
    verified_until: date | None = None

    def in_order(self, day: date) -> bool:
        """May its readings be billed on that day?"""
        if day < self.installed or (self.removed is not None and day >= self.removed):
            return False
        return self.verified_until is None or day <= self.verified_until


@dataclass(frozen=True, slots=True)
class DatedReading:
    """What a dial showed, and for which day it counts."""

    meter: str
    value: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Premises:
    """What is heated: `area` in m², `residents` who are registered, both as the norm needs them (ПП 354 п. 42)."""

    address: str
    area: Decimal
    residents: int


@dataclass(frozen=True, slots=True)
class Account:
    """A personal account (лицевой счёт): what is supplied to which premises, and measured by which meters."""

    number: str
    group: ClientGroup
    service_area: str
    premises: Premises
    resources: tuple[Resource, ...]
    meters: tuple[Meter, ...] = ()
    benefit_percent: Decimal = Decimal(0)


class Delivery(StrEnum):
    """How the client wants the bill: chapter 4 of the standard leaves the choice to them."""

    PAPER = "paper"
    EMAIL = "email"
    EDO = "edo"  # электронный документооборот


@dataclass(frozen=True, slots=True)
class Registered:
    """An account with its client, as the register's file holds it; e-mails in lower case."""

    account: Account
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    delivery: Delivery
