"""What is billed, to whom, and by which meter: plain data between the register, the billing room and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from mailbot.model.resource import Resource, Unit


class ClientGroup(StrEnum):
    """Groups of clients of the standard (chapter 1); tariffs and VAT may differ by group."""

    INDIVIDUAL = "individual"  # ФЛ: a flat or a house
    BUSINESS = "business"  # ЮЛ, ИП, and ФЛ with non-residential premises
    PROVIDER = "provider"  # исполнитель коммунальных услуг: a housing manager

    @property
    def is_individual(self) -> bool:
        """Do the rules for consumers hold: a «квитанция», a person's name in its code, penalties of the Housing Code?"""
        match self:
            case ClientGroup.INDIVIDUAL:
                return True
            case ClientGroup.BUSINESS | ClientGroup.PROVIDER:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A billing period (расчётный период): one calendar month (ПП 354 п. 37)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month:
        """The month written as «2026-10»; ValueError for anything else."""
        year, dash, number = text[:4], text[4:5], text[5:]
        plain = (
            len(text) == 7 and dash == "-" and f"{year}{number}".isascii() and f"{year}{number}".isdecimal()
        )
        if not plain or not 1 <= int(number) <= 12 or int(year) < 1:
            raise ValueError(f"«{text}» — не месяц; напишите, например, 2026-10")
        return cls(int(year), int(number))

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def preceding(self) -> Month:
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def days(self) -> int:
        return (self.following.first - self.first).days

    def back(self, count: int) -> Month:
        """The month so many before."""
        whole = self.year * 12 + self.number - 1 - count
        return Month(whole // 12, whole % 12 + 1)

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
        """May its readings be billed on that day? The day of its removal, when its last reading is taken, still counts."""
        if day < self.installed or (self.removed is not None and day > self.removed):
            return False
        return self.verified_until is None or day <= self.verified_until


@dataclass(frozen=True, slots=True)
class DatedReading:
    """What a dial showed on `day`, and the month it counts for: later than `BillingTerms.window_end` it is the next."""

    meter: str
    value: Decimal
    day: date
    month: Month


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


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm (норматив): Гкал a m² a month of heating, or м³ a resident a month of hot water."""

    resource: Resource
    area: str
    value: Decimal
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class BillingTerms:
    """Days of the month (1…28): readings count for the month from `window_start` up to and with `window_end`,
    a bill is to be paid by `due_day` of the next month (ЖК РФ ст. 155 ч. 1)."""

    window_start: int = 1
    window_end: int = 25
    due_day: int = 15

    def month_for(self, day: date) -> Month:
        """The month a reading of that day counts for."""
        month = Month.of(day)
        return month.following if day.day > self.window_end else month

    def due(self, month: Month) -> date:
        """The last day on which the month's charge is paid in time."""
        return month.following.first.replace(day=self.due_day)


class DeliveryMethod(StrEnum):
    """How the client wants the bill: chapter 4 of the standard leaves the choice to them."""

    PAPER = "paper"
    EMAIL = "email"
    EDO = "edo"  # электронный документооборот

    @property
    def by_agreement(self) -> bool:
        """Does an agreement of both sides stand behind it, so that no letter alone may change it?"""
        match self:
            case DeliveryMethod.EDO:
                return True
            case DeliveryMethod.PAPER | DeliveryMethod.EMAIL:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class RegisteredAccount:
    """An account with its client, as the register's file holds it; e-mails in lower case."""

    account: Account
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    delivery: DeliveryMethod
