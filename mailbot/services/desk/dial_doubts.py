"""What a person is asked before a value enters the ledger by their hand: what cannot be, and what is doubtful."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from mailbot.billing.amounts import converted
from mailbot.billing.tariffs import MissingTariff, Tariffs
from mailbot.model import Refused, Resource, Unit
from mailbot.model.ledger import Account, DatedReading, Meter, Month
from mailbot.policy.metering import Usual, doubt_of_meter

LEAST_MONTHS = 3
"""An average of fewer months tells nothing."""

_VALUE = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")


class InDoubt(Refused):
    """The value is doubtful; it may be taken all the same, with a reason."""


def value_of(text: str) -> Decimal:
    """A reading as people type it; Refused where it is none."""
    plain = "".join(text.split())
    if not _VALUE.fullmatch(plain):
        raise Refused(
            f"«{text.strip()}» — не показание. Напишите цифрами то, что на счётчике, например 123,4."
        )
    return Decimal(plain.replace(",", "."))


def refuse_impossible(value: Decimal, meter: Meter, day: date, today: date) -> None:
    """No reason makes these right: a value the dial cannot show, a day that has not come, a meter not there."""
    if value >= Decimal(10) ** meter.digits:
        raise Refused(
            f"На счётчике {meter.serial} целых цифр {meter.digits}: такого значения на нём быть не может."
        )
    if day > today:
        raise Refused(f"{day:%d.%m.%Y} ещё не наступило. Укажите день, в который показание снято.")
    if day < meter.installed:
        raise Refused(
            f"Счётчик {meter.serial} установлен {meter.installed:%d.%m.%Y}: раньше показаний не было."
        )
    if meter.removed is not None and day > meter.removed:
        raise Refused(f"Счётчик {meter.serial} снят {meter.removed:%d.%m.%Y}: позже показаний быть не может.")


def ask_of_doubt(
    value: Decimal,
    meter: Meter,
    day: date,
    account: Account,
    standing: tuple[DatedReading, ...],
    tariffs: Tariffs,
    today: date,
) -> None:
    """InDoubt where the value does not follow from its neighbours; `standing` are the account's other readings."""
    own = tuple(one for one in standing if one.meter == meter.serial)
    later = min((one.value for one in own if one.day > day), default=None)
    # on the day of its removal a dial is read for the last time: that is no doubt
    removed = meter.removed is not None and day == meter.removed
    usual = Usual(_average(own), _norm(meter, account, tariffs, day))
    told = "" if removed else doubt_of_meter(value, None, day, meter, own, usual, today)
    if not told and later is not None and value > later:
        told = f"показание больше следующего, {later}"
    if told:
        raise InDoubt(f"Сомнение: {told}.")


def _average(own: tuple[DatedReading, ...]) -> Decimal | None:
    """The average month of the last year that the dial has been read, in its own unit."""
    ordered = sorted(own, key=lambda one: (one.month, one.day, one.value))
    if not ordered:
        return None
    newest = ordered[-1]
    first = next(one for one in ordered if one.month >= newest.month.back(12))
    months = _months(first.month, newest.month)
    used = newest.value - first.value
    return used / months if months >= LEAST_MONTHS and used > 0 else None


def _months(first: Month, last: Month) -> int:
    return (last.year - first.year) * 12 + last.number - first.number


def _norm(meter: Meter, account: Account, tariffs: Tariffs, day: date) -> Decimal | None:
    try:
        norm = tariffs.norm(meter.resource, account.service_area, day).value
    except MissingTariff:
        return None
    if meter.resource is Resource.HEATING:
        return converted(norm * account.premises.area, Unit.GCAL, meter.unit) or None
    return norm * account.premises.residents or None
