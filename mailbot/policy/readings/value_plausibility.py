"""Could a meter really show this? What could not be goes before a person, with the reason for the client."""

from __future__ import annotations

from decimal import Decimal

from mailbot.model import CaseContext, EarlierReading, Reading, Unit

GROWTH = Decimal(5)
"""A value more than five times the earlier one (domain: k = 3…5) is asked about, once it is worth asking."""

SMALL = {
    Unit.M3: Decimal(100),
    Unit.GCAL: Decimal(50),
    Unit.GJ: Decimal(210),
    Unit.MWH: Decimal(60),
    Unit.KWH: Decimal(58_000),
}
"""Growth up to this is never asked about, a young meter may well grow fivefold in a month: 100 м3, 50 Гкал,
and as much in the other units (1 Гкал = 4.1868 ГДж = 1.163 МВт·ч)."""


def why_implausible(reading: Reading, context: CaseContext) -> str:
    """Why the value cannot be taken as it stands (Russian, fit for the client); empty where it can.

    The earlier value is not named: the answer may go to someone who only knows the account number.
    """
    # `adjusted` is the place of the first digit: no number is too long to look at
    if reading.resource is not None and reading.value.adjusted() >= reading.resource.max_digits:
        return "в числе больше цифр, чем бывает на счётчике; проверьте, пожалуйста, показание"
    earlier = _earlier(reading, context)
    if earlier is None:
        return ""
    if reading.unit is not None and earlier.unit is not None and reading.unit is not earlier.unit:
        return "единица измерения не та, что в прошлый раз; проверит сотрудник"
    if reading.value < earlier.value:
        return "показание меньше предыдущего; проверьте, пожалуйста, показание и номер счётчика"
    least = SMALL[reading.unit or earlier.unit or Unit.M3]
    if earlier.value > 0 and reading.value > max(earlier.value * GROWTH, earlier.value + least):
        return "объём подозрительно большой для счётчика; проверьте, пожалуйста, показание"
    return ""


def _earlier(reading: Reading, context: CaseContext) -> EarlierReading | None:
    """The newest earlier reading of the same account, resource and meter.

    Where one side names no meter the other may be any of several: then only a single one is comparable.
    """
    same = [
        before
        for before in context.readings
        if before.account == reading.account and before.resource in (reading.resource, None)
    ]
    exact = [before for before in same if before.meter == reading.meter]
    readings = exact or [before for before in same if None in (before.meter, reading.meter)]
    if len({before.meter for before in readings}) > 1:
        return None
    return max(readings, key=lambda before: before.received_at, default=None)
