"""A reading against the meter it was taken of: what the ledger may take by itself, and what a person looks at.

The words are fit for the client and tell nothing that only the client of the account may know: no earlier value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailbot.model import Unit
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter
from mailbot.model.ledger.unit_conversion import UnitMismatch, convert_volume
from mailbot.wording.resources import format_unit

OVER_AVERAGE = Decimal(4)
"""A month above four times the average, and four times the norm, is asked about (domain: k = 3…5)."""

NEARLY_FULL, NEARLY_EMPTY = Decimal("0.9"), Decimal("0.1")
"""A dial has gone round only where it stood above nine tenths and now stands below one tenth."""

MAX_DIGITS = 12
"""No dial has so many: such a number is not even converted."""

TOO_LONG = "в числе больше цифр, чем на счётчике; проверьте, пожалуйста, показание"


@dataclass(frozen=True, slots=True)
class UsualConsumption:
    """What is usual for the meter in a month, in its own unit; None where it is not known."""

    average: Decimal | None
    norm: Decimal | None


def find_meter_doubt(
    value: Decimal,
    unit: Unit | None,
    day: date,
    meter: Meter,
    earlier: tuple[DatedReading, ...],
    usual: UsualConsumption,
    today: date,
) -> str:
    """Why the value cannot be taken as it stands (Russian); empty where it can. The same value again is taken."""
    if value.adjusted() >= MAX_DIGITS:
        return TOO_LONG
    if unit is not None and unit is not meter.unit:
        return _other_unit(value, unit, meter)
    if day > today:
        return "показание с будущей датой; напишите, пожалуйста, за какой день оно снято"
    if meter.removed is not None and day >= meter.removed:
        return "этот счётчик снят; напишите, пожалуйста, показание нового счётчика и его номер"
    if day < meter.installed:
        return "счётчик установлен позже этого дня; проверит сотрудник"
    if not meter.in_order(day):
        return "срок поверки счётчика истёк, по нему начислять нельзя; проверит сотрудник"
    if value >= Decimal(10) ** meter.digits:
        return TOO_LONG
    own = [reading for reading in earlier if reading.meter == meter.serial]
    if any(reading.day > day and reading.value < value for reading in own):
        return "показание больше того, что передано за более поздний день; проверит сотрудник"
    before = [reading for reading in own if reading.day <= day]
    if not before:
        return ""
    last = max(before, key=lambda reading: (reading.day, reading.value))
    return _against(value, day, meter, last, usual)


def _other_unit(value: Decimal, unit: Unit, meter: Meter) -> str:
    """A dial counts in its own unit: what stands in another was read elsewhere, or reckoned, or the unit is wrong."""
    try:
        its = f"{convert_volume(value, unit, meter.unit):f}".replace(".", ",")
    except UnitMismatch:
        its = format_unit(meter.unit)
        return f"единица измерения не та, что у счётчика: он считает в {its}; проверит сотрудник"
    written = f"{value:f}".replace(".", ",")
    return (
        f"единица измерения не та, что у счётчика: {written} {unit} — это {its} {meter.unit}; "
        "проверит сотрудник"
    )


def _against(value: Decimal, day: date, meter: Meter, last: DatedReading, usual: UsualConsumption) -> str:
    if value == 0 < last.value:
        return "показание ноль, а прежде было больше; проверит сотрудник"
    if value < last.value:
        full = Decimal(10) ** meter.digits
        if last.value > full * NEARLY_FULL and value < full * NEARLY_EMPTY:
            return "счётчик, похоже, прошёл полный круг; проверит сотрудник"
        return "показание меньше предыдущего; проверьте, пожалуйста, показание и номер счётчика"
    known = [volume for volume in (usual.average, usual.norm) if volume is not None]
    months = max(Decimal(1), Decimal((day - last.day).days) / 30)
    if known and value - last.value > max(known) * OVER_AVERAGE * months:
        return "объём подозрительно большой для счётчика; проверьте, пожалуйста, показание"
    return ""
