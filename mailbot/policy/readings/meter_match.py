"""Which meter of the account a reading is of: by its number, else by what it measures.

Where it cannot be told, the reason is Russian and fit for the client: it names no number that they did not write.
"""

from __future__ import annotations

import re
from datetime import date

from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Account, Meter
from mailbot.policy.public_reasons import NO_RESOURCE
from mailbot.wording.resources import OF_RESOURCES

MIN_SUFFIX_LENGTH = 4
"""So many last characters of a serial are enough, where only one meter of the account ends so."""

SEVERAL = "таких счётчиков у вас несколько; напишите, пожалуйста, номер каждого счётчика"
_NOT_SERIAL = re.compile(r"[^0-9a-zа-я]")


def serial_key(serial: str) -> str:
    """«№ 00-55 01» and «5501» are one number: no blanks, dashes, marks or leading zeros."""
    plain = _NOT_SERIAL.sub("", serial.lower().replace("ё", "е"))
    return plain.lstrip("0") or plain[-1:]


def meters_in_use(account: Account, resource: Resource | None, day: date) -> tuple[Meter, ...]:
    """The meters of the resource (None: all) that hang on their pipes on that day."""
    return tuple(
        meter
        for meter in account.meters
        if resource in (None, meter.resource)
        and meter.installed <= day
        and (meter.removed is None or day < meter.removed)
    )


def find_meter(account: Account, serial: str | None, resource: Resource | None, day: date) -> Meter | str:
    """The meter, or why it cannot be told; `SEVERAL` where the account has several and no number is given."""
    if serial and serial_key(serial):
        return find_meter_by_serial(account, serial, resource)
    meters = meters_in_use(account, resource, day)
    if resource is None and len({meter.resource for meter in meters}) > 1:
        return NO_RESOURCE
    if len(meters) == 1:
        return meters[0]
    if meters:
        return SEVERAL
    former = [meter for meter in account.meters if resource in (None, meter.resource)]
    if former:
        return max(former, key=lambda meter: meter.installed)  # its own state says what is wrong with it
    what = f"счётчика {OF_RESOURCES[resource]}" if resource else "счётчиков"
    return f"у этого лицевого счёта {what} нет; проверит сотрудник"


def find_meter_by_serial(account: Account, serial: str, resource: Resource | None) -> Meter | str:
    """The meter of that number, or of that end of a number; else why it cannot be told."""
    wanted = serial_key(serial)
    exact = [meter for meter in account.meters if serial_key(meter.serial) == wanted]
    ends = [meter for meter in account.meters if serial_key(meter.serial).endswith(wanted)]
    meters = exact or (ends if len(wanted) >= MIN_SUFFIX_LENGTH else [])
    if not meters:
        return f"счётчика с номером {serial} у этого лицевого счёта нет; проверит сотрудник"
    if len(meters) > 1:
        return "по этому номеру подходит не один счётчик; напишите, пожалуйста, номер целиком"
    if resource not in (None, meters[0].resource):
        named = OF_RESOURCES[meters[0].resource]
        return f"счётчик с номером {serial} — счётчик {named}, а в письме сказано другое; проверит сотрудник"
    return meters[0]
