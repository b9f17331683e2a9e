"""How a report writes its figures in Russian: durations, shares, changes, periods; one form for mail, page, paper and table.

Durations are cut to whole minutes, never rounded up; a share is never rounded to «all» or «none» that it is not.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.report.period import Period, PeriodKind
from mailbot.model.report.report import Wait
from mailbot.wording import months
from mailbot.wording.amounts import format_quantity
from mailbot.wording.charge_reasons import format_month

NO_VALUE = "—"
"""Stands where there is nothing to reckon a figure from."""

_QUARTERS = ("I", "II", "III", "IV")
_BEFORE = {
    PeriodKind.WEEK: "неделей раньше",
    PeriodKind.MONTH: "месяцем раньше",
    PeriodKind.QUARTER: "кварталом раньше",
}
PERIOD_KINDS = {PeriodKind.WEEK: "неделя", PeriodKind.MONTH: "месяц", PeriodKind.QUARTER: "квартал"}
_THIS = {PeriodKind.WEEK: "эта неделя", PeriodKind.MONTH: "этот месяц", PeriodKind.QUARTER: "этот квартал"}
_GAP = "\u00a0"


def format_duration(seconds: int) -> str:
    """«40 с», «45 мин», «2 ч 15 мин», «3 дн 4 ч»: of time on the wall, a day has 24 hours. The blanks do not break."""
    days, rest = divmod(max(0, seconds), 86_400)
    if days == 0:
        return format_working_time(rest)
    return _joined((days, "дн"), (rest // 3600, "ч"))


def format_working_time(seconds: int) -> str:
    """«12 ч 30 мин»: of working time, in hours however many; short days make «a working day» a word without a length."""
    minutes, left = divmod(max(0, seconds), 60)
    if minutes == 0:
        return f"{left}{_GAP}с"
    return _joined((minutes // 60, "ч"), (minutes % 60, "мин"))


def _joined(*parts: tuple[int, str]) -> str:
    return _GAP.join(f"{count}{_GAP}{unit}" for count, unit in parts if count)


def format_wait(one: Wait | None, *, by_working_hours: bool = False) -> str:
    """The wait in words; «≥ 3 дн 4 ч» of a case that is not answered yet, «—» where there is no case."""
    if one is None:
        return NO_VALUE
    text = format_working_time(one.seconds) if by_working_hours else format_duration(one.seconds)
    return f"≥{_GAP}{text}" if one.at_least else text


def format_percent(part: int, whole: int) -> Decimal | None:
    """The share in percent, one decimal place; None of nothing. 99.97 is 99.9, 0.02 is 0.1: «all» and «none» are exact."""
    if whole == 0:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    percent = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < whole:
        return min(max(percent, Decimal("0.1")), Decimal("99.9"))
    return percent


def format_share(part: int, whole: int) -> str:
    """«94,2 %»; «—» of nothing."""
    percent = format_percent(part, whole)
    return NO_VALUE if percent is None else f"{format_quantity(percent)}{_GAP}%"


def format_share_of(part: int, whole: int) -> str:
    """«94,2 %, 113 из 120»: a share never stands without its count."""
    return NO_VALUE if whole == 0 else f"{format_share(part, whole)}, {part}{_GAP}из{_GAP}{whole}"


def format_change(now: int, then: int, kind: PeriodKind) -> str:
    """«на 12 больше, чем неделей раньше», «столько же, сколько неделей раньше»."""
    if now == then:
        return f"столько же, сколько {_BEFORE[kind]}"
    return f"на {abs(now - then)} {'больше' if now > then else 'меньше'}, чем {_BEFORE[kind]}"


def format_previous_period(kind: PeriodKind) -> str:
    """«неделей раньше»."""
    return _BEFORE[kind]


def format_this_period(kind: PeriodKind) -> str:
    """«эта неделя»."""
    return _THIS[kind]


def format_period(one: Period) -> str:
    """«неделя 47, 16–22 ноября 2026», «октябрь 2026», «IV квартал 2026»."""
    if one.kind is PeriodKind.WEEK:
        return f"неделя {one.first.isocalendar().week}, {format_days(one.first, one.last)}"
    return short_period(one)


def period_after(one: Period) -> str:
    """The same after «за»: «неделю 47, 16–22 ноября 2026», «октябрь 2026»."""
    return format_period(one).replace("неделя", "неделю")


def short_period(one: Period) -> str:
    """«неделя 47», «октябрь 2026», «IV квартал 2026»: where the days stand elsewhere."""
    match one.kind:
        case PeriodKind.WEEK:
            return f"неделя {one.first.isocalendar().week}"
        case PeriodKind.MONTH:
            return format_month(Month.of(one.first))
        case PeriodKind.QUARTER:
            return f"{_QUARTERS[one.last.month // 3 - 1]} квартал {one.first.year}"
        case _:
            assert_never(one.kind)


def brief_period(one: Period) -> str:
    """«неделя 47, 16–22 ноя»: one of many in a row, where the year is plain."""
    if one.kind is not PeriodKind.WEEK:
        return short_period(one)
    end = f"{one.last.day}{_GAP}{months.GENITIVE[one.last.month - 1][:3]}"
    if one.first.month == one.last.month:
        return f"{short_period(one)}, {one.first.day}–{end}"
    return f"{short_period(one)}, {one.first.day}{_GAP}{months.GENITIVE[one.first.month - 1][:3]} – {end}"


def format_days(first: date, last: date) -> str:
    """«16–22 ноября 2026», «30 ноября – 6 декабря 2026», «28 декабря 2026 – 3 января 2027»."""
    end = f"{last.day} {months.GENITIVE[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{first.day} {months.GENITIVE[first.month - 1]} {first.year} – {end}"
    if first.month != last.month:
        return f"{first.day} {months.GENITIVE[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def format_moment(at: datetime) -> str:
    """«23.11.2026 08:00», in the zone that the moment has."""
    return f"{at:%d.%m.%Y %H:%M}"


def format_count(count: int, one: str, few: str, many: str) -> str:
    """«1 случай», «3 случая», «11 случаев»."""
    tens, ones = count % 100, count % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return f"{count}{_GAP}{many}"
    return f"{count}{_GAP}{one if ones == 1 else few}"
