"""A reading entered, corrected or withdrawn by a person on the client's account: with a reason, and for ever in the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailbot.billing.tariffs import Tariffs
from mailbot.model import RequestRefused, StandingReading
from mailbot.model.case.staff_act import OfficeAct
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.model.ledger.sources import READING_SOURCES_ENTERED, ReadingSource
from mailbot.services.desk.readings.value_doubts import (
    DoubtfulReading,
    check_doubt,
    check_possible,
    parse_value,
)
from mailbot.services.ledger.accounts.client_card import PageTime, record_of
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts.register_record import AccountRecord
from mailbot.store.ledger import charges, meter_readings
from mailbot.store.ledger.meter_readings import LedgerReading, ReadingToStore
from mailbot.store.staff import audit_log

MAX_REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading as a form has it. `sure`: taken though doubtful, for `reason`."""

    serial: str
    value: str
    day: date
    source: str
    reason: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class NewValue:
    """What a row of the ledger should have said, and why. `sure`: though it is doubtful."""

    value: str
    reason: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SavedReading:
    """The month the reading counts for. `closed`: that month was charged already, the next charge corrects it."""

    month: Month
    closed: bool


def add_reading(
    store: Store, tariffs: Tariffs, number: str, form: NewReading, *, by: str, when: PageTime
) -> SavedReading:
    """Take a reading brought or told. DoubtfulReading where it is doubtful and nobody is sure; RequestRefused where it cannot be."""
    value, reason = parse_value(form.value), _plain(form.reason)
    if form.source not in READING_SOURCES_ENTERED:
        raise RequestRefused("Выберите, откуда показание: принесли в офис или сказали по телефону.")
    if form.sure and not reason:
        raise DoubtfulReading("Напишите, почему показание верно: причина останется в книге.")
    with store.write() as transaction:
        record = record_of(transaction, number)
        meter = _meter(record, form.serial)
        check_possible(value, meter, form.day, when.today)
        standing = _standing(meter_readings.of_accounts(transaction, [number]))
        _refuse_second(standing, meter, form.day)
        if not form.sure:
            check_doubt(value, meter, form.day, record.account, standing, tariffs, when.today)
        month = tariffs.terms.month_for(form.day)
        taken = DatedReading(meter.serial, value, form.day, month)
        meter_readings.save_readings(
            transaction,
            [ReadingToStore(number, taken, ReadingSource(form.source), None, reason)],
            by,
            when.now,
        )
        detail = f"{meter.serial}: {value} за {form.day:%d.%m.%Y}" + (f"; {reason}" if reason else "")
        audit_log.log_act(transaction, by, OfficeAct.READING_ADD, number, detail, when.now)
        return SavedReading(month, _closed(transaction, month))


def correct_reading(
    store: Store, tariffs: Tariffs, number: str, row_id: int, form: NewValue, *, by: str, when: PageTime
) -> SavedReading:
    """Put another value in the place of a reading. RequestRefused where a colleague was faster, or nothing would change."""
    value, reason = parse_value(form.value), _mandatory(form.reason)
    with store.write() as transaction:
        record, row, others = _row_and_others(transaction, number, row_id)
        if row.value == value:
            raise RequestRefused("Значение то же, что в книге: исправлять нечего.")
        meter = _meter(record, row.meter)
        check_possible(value, meter, row.day, when.today)
        if not form.sure:
            check_doubt(value, meter, row.day, record.account, others, tariffs, when.today)
        return _replace(transaction, row, value, reason, by, when)


def withdraw_reading(
    store: Store, number: str, row_id: int, reason: str, *, by: str, when: PageTime
) -> SavedReading:
    """Let a reading count no longer; it stays in the book, struck through."""
    why = _mandatory(reason)
    with store.write() as transaction:
        _, row, _ = _row_and_others(transaction, number, row_id)
        if row.value is None:
            raise RequestRefused("Это показание уже отозвано.")
        return _replace(transaction, row, None, why, by, when)


def _row_and_others(
    transaction: StoreTransaction, number: str, row_id: int
) -> tuple[AccountRecord, LedgerReading, tuple[StandingReading, ...]]:
    """The account, its row, and the readings that count beside it."""
    record = record_of(transaction, number)
    rows = meter_readings.of_accounts(transaction, [number])
    row = next((row for row in rows if row.id == row_id), None)
    if row is None:
        raise RequestRefused("Такого показания у этого счёта нет. Обновите страницу.")
    return record, row, tuple(reading for reading in _standing(rows) if reading.id != row_id)


def _standing(rows: Iterable[LedgerReading]) -> tuple[StandingReading, ...]:
    return tuple(
        StandingReading(row.id, DatedReading(row.meter, row.value, row.day, row.month))
        for row in rows
        if not row.replaced and row.value is not None
    )


def _replace(
    transaction: StoreTransaction,
    row: LedgerReading,
    value: Decimal | None,
    reason: str,
    by: str,
    when: PageTime,
) -> SavedReading:
    meter_readings.replace_reading(transaction, row.id, value, by, reason, when.now)
    was, becomes = (_told(figure) for figure in (row.value, value))
    detail = f"{row.meter} за {row.day:%d.%m.%Y}: было {was}, стало {becomes}; {reason}"
    audit_log.log_act(transaction, by, OfficeAct.READING_CORRECT, row.account, detail, when.now)
    return SavedReading(row.month, _closed(transaction, row.month))


def _told(value: Decimal | None) -> str:
    return "отозвано" if value is None else str(value)


def _closed(transaction: StoreTransaction, month: Month) -> bool:
    return any(run.month >= month for run in charges.runs(transaction))


def _meter(record: AccountRecord, serial: str) -> Meter:
    meter = next((meter for meter in record.account.meters if meter.serial == serial), None)
    if meter is None:
        raise RequestRefused("Такого счётчика у этого счёта нет. Выберите счётчик из списка.")
    return meter


def _refuse_second(standing: tuple[StandingReading, ...], meter: Meter, day: date) -> None:
    own = (reading.reading for reading in standing if reading.reading.meter == meter.serial)
    same = next((reading for reading in own if reading.day == day), None)
    if same is not None:
        raise RequestRefused(
            f"За {day:%d.%m.%Y} уже есть показание {same.value}. Если оно неверно, исправьте его."
        )


def _mandatory(reason: str) -> str:
    if not (plain := _plain(reason)):
        raise RequestRefused("Напишите причину исправления: она останется в книге рядом с прежним значением.")
    return plain


def _plain(reason: str) -> str:
    plain = " ".join(reason.split())
    if len(plain) > MAX_REASON_LENGTH:
        raise RequestRefused(f"Причина длиннее {MAX_REASON_LENGTH} знаков; сократите её.")
    return plain
