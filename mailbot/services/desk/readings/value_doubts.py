"""What a person is asked before a value enters the ledger by their hand: what cannot be, and what is doubtful."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from mailbot.billing.tariffs import Tariffs
from mailbot.model import KnownAccount, LedgerRules, RequestRefused, StandingReading
from mailbot.model.ledger.accounts_and_meters import Account, Meter
from mailbot.policy.readings.meter_plausibility import find_meter_doubt
from mailbot.policy.readings.usual_consumption import usual_consumption

_VALUE = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")


class DoubtfulReading(RequestRefused):
    """The value is doubtful; it may be taken all the same, with a reason."""


def parse_value(text: str) -> Decimal:
    """A reading as people type it; RequestRefused where it is none."""
    plain = "".join(text.split())
    if not _VALUE.fullmatch(plain):
        raise RequestRefused(
            f"«{text.strip()}» — не показание. Напишите цифрами то, что на счётчике, например 123,4."
        )
    return Decimal(plain.replace(",", "."))


def check_possible(value: Decimal, meter: Meter, day: date, today: date) -> None:
    """No reason makes these right: a value the dial cannot show, a day that has not come, a meter not there."""
    if value >= Decimal(10) ** meter.digits:
        raise RequestRefused(
            f"На счётчике {meter.serial} целых цифр {meter.digits}: такого значения на нём быть не может."
        )
    if day > today:
        raise RequestRefused(f"{day:%d.%m.%Y} ещё не наступило. Укажите день, в который показание снято.")
    if day < meter.installed:
        raise RequestRefused(
            f"Счётчик {meter.serial} установлен {meter.installed:%d.%m.%Y}: раньше показаний не было."
        )
    if meter.removed is not None and day > meter.removed:
        raise RequestRefused(
            f"Счётчик {meter.serial} снят {meter.removed:%d.%m.%Y}: позже показаний быть не может."
        )


def check_doubt(
    value: Decimal,
    meter: Meter,
    day: date,
    account: Account,
    standing: tuple[StandingReading, ...],
    tariffs: Tariffs,
    today: date,
) -> None:
    """DoubtfulReading where the value does not follow from its neighbours; `standing` are the account's other readings."""
    if day == meter.removed:
        return  # on that day a dial is read for the last time
    known = KnownAccount(account, (), standing)
    expected = usual_consumption(meter, known, LedgerRules(tariffs.terms, tariffs.norms), day)
    own = tuple(entry.reading for entry in known.of_meter(meter.serial))
    if doubt := find_meter_doubt(value, None, day, meter, own, expected, today):
        raise DoubtfulReading(f"Сомнение: {doubt}.")
