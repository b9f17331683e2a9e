"""The readings of a letter against the register: whose account, which meter, and whether its dial can show the value.

Reasons are Russian and fit for the client: none tells an earlier value, a name, or a number that they did not write.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from mailbot.model import (
    CaseContext,
    KnownAccount,
    LedgerEntry,
    Reading,
    RefusedReading,
    Resource,
    Rulebook,
)
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter
from mailbot.policy.public_reasons import (
    GENERIC_REASON,
    NO_ACCOUNT,
    NO_RESOURCE,
    SEVERAL_VALUES,
    why_not_ours,
)
from mailbot.policy.reading_split import ReadingSplit
from mailbot.policy.readings.account_match import find_account, only
from mailbot.policy.readings.meter_match import SEVERAL, find_meter, meters_in_use, serial_key
from mailbot.policy.readings.meter_plausibility import find_meter_doubt
from mailbot.policy.readings.usual_consumption import usual_consumption
from mailbot.policy.verdict import LetterInContext


@dataclass(frozen=True, slots=True)
class _Placed:
    """A reading on its way to its meter; `reason` tells why it did not get there, empty where it did."""

    reading: Reading
    known: KnownAccount | None = None
    meter: Meter | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all readings of a letter are judged by; `day` is that of its receipt, where the company is."""

    context: CaseContext
    rulebook: Rulebook
    day: date


def split_by_register(matter: LetterInContext, *, proven: bool) -> ReadingSplit:
    """Every distinct reading is accepted with its entry in the ledger, or refused with the reason."""
    facts = matter.facts
    day = matter.letter.received_at.astimezone(ZoneInfo(matter.rulebook.channels.time_zone)).date()
    desk = _Desk(matter.context, matter.rulebook, day)
    matched, follow = list[_Placed](), set[int]()
    for reading in facts.readings:
        number = find_account(reading, facts.contacts, matter.context, proven=proven)
        implied = only({account.value for account in facts.implied})
        follows = reading.account is None and implied is not None and implied != number
        matched.append(_placed(replace(reading, account=implied if follows else number), desk))
        if follows:
            follow.add(len(matched) - 1)
    apart = _told_apart(matched, desk)
    whole = _distinct(_borne_out(placed, desk) if at in follow else placed for at, placed in enumerate(apart))
    values_of = Counter((placed.reading.account, placed.meter.serial) for placed in whole if placed.meter)
    accepted, entries, refused = [], [], []
    for placed in whole:
        several = placed.meter is not None and values_of[placed.reading.account, placed.meter.serial] > 1
        outcome = _outcome(placed, desk, several=several)
        if isinstance(outcome, str):
            refused.append(RefusedReading(placed.reading, outcome))
        else:
            accepted.append(_as_registered(placed))
            entries.append(outcome)
    return ReadingSplit(tuple(accepted), tuple(refused), tuple(entries))


def _placed(reading: Reading, desk: _Desk) -> _Placed:
    context, thresholds = desk.context, desk.rulebook.thresholds
    not_ours = why_not_ours(reading.resource)
    if not_ours and not _may_have_its_meter(reading, context):
        return _Placed(reading, reason=not_ours)
    if reading.account is None:
        return _Placed(reading, reason=NO_ACCOUNT)
    if reading.confidence < thresholds.reading:
        return _Placed(reading, reason=GENERIC_REASON)
    known = context.account(reading.account)
    if known is None:
        return _Placed(reading, reason=_unknown(reading.account, context))
    client = context.client
    if client is not None and client.tied_by is ClientProof.SENDER and reading.account not in client.accounts:
        return _Placed(reading, reason="счёт записан на другого клиента; проверит сотрудник")
    if reading.resource is None and not reading.meter and reading.confidence < thresholds.nameless:
        return _Placed(reading, reason=NO_RESOURCE)
    meter = find_meter(known.account, reading.meter, reading.resource, desk.day)
    if isinstance(meter, str):
        return _Placed(reading, known, reason=meter)
    return _Placed(reading, known, meter)


def _may_have_its_meter(reading: Reading, context: CaseContext) -> bool:
    """Does the account have a meter of the resource, or one of the number that stands beside the value?"""
    known = context.account(reading.account) if reading.account else None
    return known is not None and any(
        meter.resource is reading.resource
        or (reading.meter is not None and serial_key(meter.serial) == serial_key(reading.meter))
        for meter in known.account.meters
    )


def _borne_out(one: _Placed, desk: _Desk) -> _Placed:
    """A reading whose account follows from the letter's address alone: a dial of it and the value before must agree."""
    if not one.reason and one.known is not None and one.meter is not None:
        before = one.known.of_meter(one.meter.serial)
        if before and not isinstance(_entry(one.reading, one.known, one.meter, desk), str):
            return one
    return _placed(replace(one.reading, account=None), desk)


def _unknown(number: str, context: CaseContext) -> str:
    if number in context.unasked:
        return "в письме очень много лицевых счетов; этот проверит сотрудник"
    return "такого лицевого счёта у нас нет; проверьте, пожалуйста, номер"


def _told_apart(found: list[_Placed], desk: _Desk) -> list[_Placed]:
    """Several meters of one resource without numbers: the values tell them apart, or the client is asked.

    They do where every meter of the resource that the letter gives no number of gets one value, and each value
    is possible for one of them alone.
    """
    groups: dict[tuple[str, Resource], list[_Placed]] = defaultdict(list)
    for placed in found:
        if placed.reason == SEVERAL and placed.known is not None:
            resource = (
                placed.reading.resource or meters_in_use(placed.known.account, None, desk.day)[0].resource
            )
            groups[placed.known.account.number, resource].append(placed)
    meters: dict[tuple[str, Resource, Decimal], Meter] = {}
    for (number, resource), many in groups.items():
        numbered = {
            placed.meter.serial for placed in found if placed.meter and placed.reading.account == number
        }
        for value, meter in _by_value(many, resource, numbered, desk).items():
            meters[number, resource, value] = meter
    return [_with_meter(placed, meters, desk) for placed in found]


def _by_value(
    many: list[_Placed], resource: Resource, numbered: set[str], desk: _Desk
) -> dict[Decimal, Meter]:
    """The meter of each value; empty where they cannot be told apart."""
    known = many[0].known
    if known is None:
        return {}
    rest = [
        meter for meter in meters_in_use(known.account, resource, desk.day) if meter.serial not in numbered
    ]
    values = {placed.reading.value: placed.reading for placed in many}
    if len(values) != len(rest):
        return {}
    fitting = {
        value: [meter for meter in rest if not isinstance(_entry(reading, known, meter, desk), str)]
        for value, reading in values.items()
    }
    if any(len(meters) != 1 for meters in fitting.values()):
        return {}
    chosen = {value: meters[0] for value, meters in fitting.items()}
    return chosen if len({meter.serial for meter in chosen.values()}) == len(chosen) else {}


def _with_meter(one: _Placed, meters: dict[tuple[str, Resource, Decimal], Meter], desk: _Desk) -> _Placed:
    if one.reason != SEVERAL or one.known is None:
        return one
    resource = one.reading.resource or meters_in_use(one.known.account, None, desk.day)[0].resource
    meter = meters.get((one.known.account.number, resource, one.reading.value))
    return one if meter is None else replace(one, meter=meter, reason="")


def _distinct(found: Iterable[_Placed]) -> list[_Placed]:
    """A value that the letter repeats, with the meter's number and without, is one reading."""
    return list(
        {
            (
                placed.reading.account,
                placed.meter.serial
                if placed.meter
                else (placed.reading.meter, placed.reading.resource, placed.reading.place),
                placed.reading.value,
                placed.reading.unit
                if placed.meter is None or placed.reading.unit is not placed.meter.unit
                else None,
            ): placed
            for placed in found
        }.values()
    )


def _outcome(one: _Placed, desk: _Desk, *, several: bool) -> LedgerEntry | str:
    if one.reason or one.known is None or one.meter is None:
        return one.reason
    if several:
        return SEVERAL_VALUES
    return _entry(one.reading, one.known, one.meter, desk)


def _entry(reading: Reading, known: KnownAccount, meter: Meter, desk: _Desk) -> LedgerEntry | str:
    """What the value becomes in the ledger, or why a person must look.

    A value below one of the same month corrects it («ошибся, правильно 355»), and is compared with the months
    before; a greater one stands beside it, the newest counts.
    """
    day, month = desk.day, desk.rulebook.ledger.terms.month_for(desk.day)
    standing = known.of_meter(meter.serial)
    same = sorted(
        (entry for entry in standing if entry.reading.month == month),
        key=lambda entry: (entry.reading.day, entry.id),
    )
    corrects = bool(same) and reading.value < same[-1].reading.value
    earlier = tuple(entry.reading for entry in standing if not corrects or entry.reading.month != month)
    expected = usual_consumption(meter, known, desk.rulebook.ledger, day)
    doubt = find_meter_doubt(reading.value, reading.unit, day, meter, earlier, expected, day)
    closed = desk.context.closed
    if not doubt and corrects and closed is not None and month <= closed:
        doubt = "показание исправляет месяц, за который уже начислено; проверит сотрудник"
    return doubt or LedgerEntry(
        known.account.number,
        DatedReading(meter.serial, reading.value, day, month),
        stands=bool(same) and reading.value == same[-1].reading.value,
        replaces=tuple(entry.id for entry in same if entry.reading.value > reading.value),
    )


def _as_registered(one: _Placed) -> Reading:
    if one.meter is None:
        return one.reading
    return replace(one.reading, meter=one.meter.serial, resource=one.meter.resource, unit=one.meter.unit)
