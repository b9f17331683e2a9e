"""Periods that are reported on: a week from Monday (ISO 8601), a calendar month, a quarter; in the company's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.model.ledger.accounts_and_meters import Month

_WRITTEN = re.compile(r"(?P<year>[0-9]{4})-(?:W(?P<week>[0-9]{2})|Q(?P<quarter>[1-4])|(?P<month>[0-9]{2}))")


class PeriodKind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days, `first` to `last`. Built by `week_of`, `of` and `read` alone, so the days always fit the kind."""

    first: date
    last: date
    kind: PeriodKind

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Period:
        """The period of that kind in which the day lies."""
        match kind:
            case PeriodKind.WEEK:
                monday = day - timedelta(days=day.weekday())
                return cls(monday, monday + timedelta(days=6), kind)
            case PeriodKind.MONTH:
                month = Month.of(day)
                return cls(month.first, month.last, kind)
            case PeriodKind.QUARTER:
                first = Month(day.year, (day.month - 1) // 3 * 3 + 1)
                return cls(first.first, first.following.following.last, kind)
            case _:
                assert_never(kind)

    @classmethod
    def read(cls, text: str) -> Period:
        """The period written as «2026-W47», «2026-10» or «2026-Q4»; ValueError for anything else."""
        match = _WRITTEN.fullmatch(text)
        try:
            if match is None or not 1 < int(match["year"]) < 9999:
                raise ValueError(text)
            year = int(match["year"])
            if match["week"]:
                return cls.of(PeriodKind.WEEK, date.fromisocalendar(year, int(match["week"]), 1))
            if match["quarter"]:
                return cls.of(PeriodKind.QUARTER, date(year, int(match["quarter"]) * 3, 1))
            return cls.of(PeriodKind.MONTH, date(year, int(match["month"]), 1))
        except ValueError:
            raise ValueError(
                f"«{text}» — не неделя, не месяц и не квартал; напишите, например, 2026-W47, 2026-10 или 2026-Q4"
            ) from None

    @property
    def previous(self) -> Period:
        return Period.of(self.kind, self.first - timedelta(days=1))

    @property
    def following(self) -> Period:
        return Period.of(self.kind, self.last + timedelta(days=1))

    @property
    def year_ago(self) -> Period:
        """The same period of the last year; of a 53rd week, the last week of that year."""
        if self.kind is PeriodKind.WEEK:
            year, week, _ = self.first.isocalendar()
            weeks = date(year - 1, 12, 28).isocalendar().week
            return Period.of(self.kind, date.fromisocalendar(year - 1, min(week, weeks), 1))
        return Period.of(self.kind, self.first.replace(year=self.first.year - 1))

    def back(self, count: int) -> tuple[Period, ...]:
        """So many periods that end with this one, the oldest first."""
        periods = [self]
        while len(periods) < count:
            periods.append(periods[-1].previous)
        return tuple(reversed(periods))

    def begins(self, zone: ZoneInfo) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), zone)

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02}"
            case PeriodKind.MONTH:
                return str(Month.of(self.first))
            case PeriodKind.QUARTER:
                return f"{self.first.year}-Q{self.last.month // 3}"
            case _:
                assert_never(self.kind)
