"""The meter of a reading that a person accepts: found in the register, or the person is told what to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from mailbot.model import RequestRefused, Resource, Rulebook
from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Meter
from mailbot.policy.readings.meter_match import SEVERAL, find_meter, meters_in_use
from mailbot.store import StoreTransaction
from mailbot.store.accounts.accounts import registered
from mailbot.store.accounts.known_accounts import ledger_known
from mailbot.store.cases import review_queue
from mailbot.store.ledger.case_readings import DialReading


@dataclass(frozen=True, slots=True)
class MeterEntry:
    """The meter, and what its ledger is to hold."""

    meter: Meter
    entry: DialReading


def find_dial(
    transaction: StoreTransaction,
    rulebook: Rulebook,
    case_id: int,
    reading_id: int,
    values: Mapping[str, str | None],
    serial: str,
) -> MeterEntry | None:
    """Where an accepted reading belongs in the ledger; None while no register is imported.

    A person may accept what the machine doubts (less than before, a year's worth at once), but not what no dial of
    the account can show. The day is that on which the letter came.
    """
    if not ledger_known(transaction):
        return None
    reading = next(
        (reading for reading in review_queue.readings(transaction, case_id) if reading.id == reading_id), None
    )
    if reading is None:
        raise RequestRefused("Такого показания в этом обращении нет.")
    day = reading.received_at.astimezone(ZoneInfo(rulebook.channels.time_zone)).date()
    value = Decimal(values["value"] or "0")
    account = _account(transaction, values["account"] or "")
    meter = _meter(account, Resource(values["resource"] or ""), serial, day)
    if value >= Decimal(10) ** meter.digits:
        raise RequestRefused(
            f"У прибора {meter.serial} разрядов {meter.digits}: показать {value} он не может."
        )
    month = rulebook.ledger.terms.month_for(day)
    return MeterEntry(meter, DialReading(account.number, DatedReading(meter.serial, value, day, month)))


def _account(transaction: StoreTransaction, number: str) -> Account:
    held = registered(transaction, [number]).get(number)
    if held is None:
        raise RequestRefused(
            f"Лицевого счёта {number} в реестре нет. Исправьте номер или добавьте счёт в реестр "
            "(mailbot clients import)."
        )
    return held.account


def _meter(account: Account, resource: Resource, serial: str, day: date) -> Meter:
    meter = find_meter(account, serial or None, resource, day)
    if isinstance(meter, str):
        raise RequestRefused(_told(meter, account, resource, meters_in_use(account, resource, day)))
    return meter


def _told(why: str, account: Account, resource: Resource, meters: tuple[Meter, ...]) -> str:
    """What a member is to do; what is meant for a client is told in our own words."""
    if why == SEVERAL:
        return f"Выберите прибор: у счёта {account.number} их несколько ({_listed(meters)})."
    every = tuple(meter for meter in account.meters if meter.resource is resource)
    if not every:
        return (
            f"У счёта {account.number} нет прибора на эту услугу. Проверьте, что измеряет счётчик, или добавьте "
            "прибор в реестр (mailbot clients import)."
        )
    return f"Прибор у счёта {account.number} не найден. Выберите один из них: {_listed(every)}."


def _listed(meters: tuple[Meter, ...]) -> str:
    return ", ".join(meter.serial for meter in meters)
