"""Sums, days and months as people and banks write them; RequestRefused says how to write what is not understood."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,2})?")
_TIME = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$")
_MONTH = re.compile(
    r"(?P<number>[0-9]{1,2})[.](?P<year>[0-9]{4})|(?P<year_first>[0-9]{4})-(?P<then>[0-9]{2})"
)


def parse_amount(text: str) -> Decimal:
    """Roubles > 0 with two places: «1 500,5» is 1500.50. A thousands' comma or point is refused, not guessed."""
    plain = _SPACES.sub("", text)
    if not _AMOUNT.fullmatch(plain):
        raise RequestRefused(f"«{text}» — не сумма; напишите рубли и копейки, например 1500,50")
    amount = Decimal(plain.replace(",", ".")).quantize(Decimal("0.01"))
    if not amount:
        raise RequestRefused(f"«{text}» — сумма должна быть больше нуля; ошибочный платёж отменяют")
    return amount


def parse_number(text: str) -> Decimal:
    """A number ≥ 0 with at most three places, comma or point: hours, degrees."""
    plain = _SPACES.sub("", text).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,6}(?:[.][0-9]{1,3})?", plain):
        raise RequestRefused(f"«{text}» — не число; напишите, например, 12 или 4,5")
    return Decimal(plain)


def parse_day(text: str) -> date:
    """A day as «20.11.2026» or «2026-11-20»; a time behind it, as banks write it, is left out."""
    plain = _TIME.sub("", text.strip())
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise RequestRefused(f"«{text}» — не дата; напишите, например, 20.11.2026")


def parse_month(text: str) -> Month:
    """A period as «10.2026» or «2026-10», or the first day of it, into which Excel turns both."""
    plain = text.strip()
    if (match := _MONTH.fullmatch(plain)) is not None:
        year, number = int(match["year"] or match["year_first"]), int(match["number"] or match["then"])
        if 1 <= number <= 12 and year:
            return Month(year, number)
    else:
        try:
            day = parse_day(plain)
        except RequestRefused:
            day = None
        if day is not None and day.day == 1:
            return Month.of(day)
    raise RequestRefused(f"«{text}» — не период; напишите, например, 10.2026")
