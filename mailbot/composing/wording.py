"""How dates, quantities and names are written in a Russian letter."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo
from decimal import Decimal

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.wording import months
from mailbot.wording.charge_reasons import single_line

__all__ = [
    "format_date",
    "format_deadline",
    "format_greeting",
    "format_in_month",
    "format_quantity",
    "plural",
    "single_line",
]


_PATRONYMIC = re.compile(r"[А-ЯЁ][а-яё]{1,20}(?:вич|ьич|кич|мич|тич|вна|чна|шна)")
_NAME_WORD = re.compile(r"[А-ЯЁ][а-яё]{1,24}(?:-[А-ЯЁ][а-яё]{1,24})?")


def format_date(moment: datetime, zone: tzinfo) -> str:
    """«21.11.2026», in the company's time zone."""
    return f"{moment.astimezone(zone):%d.%m.%Y}"


def format_deadline(moment: datetime | None, now: datetime, zone: tzinfo) -> str:
    """«не позднее 26.11.2026», or «не позднее 14:30 21.11.2026» where it is a matter of hours.

    A deadline that had passed before the letter was decided (the machine stood still) is no promise:
    then, as with none, the standard's own words stand (clause 2.2.email). Midnight ends the day before.
    """
    if moment is None or moment <= now:
        return "в максимально возможно короткий срок"
    local = moment.astimezone(zone)
    if moment - now < timedelta(hours=24) and time(0) < local.time() < time(23, 59):
        return f"не позднее {local:%H:%M %d.%m.%Y}"
    return f"не позднее {local - timedelta(minutes=1):%d.%m.%Y}"


def format_in_month(month: Month, beside: int | None = None) -> str:
    """«в ноябре 2026 года»; «в ноябре» where the year `beside` it is the same."""
    name = f"в {months.PREPOSITIONAL[month.number - 1]}"
    return name if month.year == beside else f"{name} {month.year} года"


def format_quantity(value: Decimal) -> str:
    """«123,450»: the decimal comma of Russian bills, trailing zeros as the client wrote them."""
    return f"{value:f}".replace(".", ",")


def plural(count: int, one: str, few: str, many: str) -> str:
    """«1 показание», «3 показания», «11 показаний»: the word that goes with the number."""
    tens, ones = count % 100, count % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return many
    return one if ones == 1 else few


def format_greeting(full_name: str) -> str:
    """«Здравствуйте, Мария Ивановна!» where the name holds a first name and a patronymic, else without.

    Takes «Фамилия Имя Отчество», «Имя Отчество Фамилия» and «Имя Отчество», in the nominative only:
    a patronymic in another case («от Ивановой Марии Петровны») does not end like one.
    """
    words = full_name.split()
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return "Здравствуйте!"
    match words:
        case [first, patronymic] | [first, patronymic, _] if _PATRONYMIC.fullmatch(patronymic):
            return f"Здравствуйте, {first} {patronymic}!"
        case [_, first, patronymic] if _PATRONYMIC.fullmatch(patronymic):
            return f"Здравствуйте, {first} {patronymic}!"
        case _:
            return "Здравствуйте!"
