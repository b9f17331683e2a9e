"""The bank's register of payments as a table: a row a payment; each fault by row and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger.tables.table_file import TableFileRow, read_table
from mailbot.services.ledger.tables.written_values import parse_amount, parse_day, parse_month
from mailbot.store.ledger.payment_lists import NewPayment

T = TypeVar("T")

DATE, AMOUNT, ACCOUNT, DOCUMENT, PERIOD, PAYER = (
    "Дата",
    "Сумма",
    "Лицевой счёт",
    "Документ",
    "Период",
    "Плательщик",
)
COLUMNS = (DATE, AMOUNT, ACCOUNT, DOCUMENT, PERIOD, PAYER)
MANDATORY = (DATE, AMOUNT, ACCOUNT, DOCUMENT)

MAX_DOCUMENT_LENGTH, MAX_WRITTEN_LENGTH = 100, 120
OLDEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment, and the row of the file where a person finds it."""

    number: int
    payment: NewPayment


def read_payments(path: Path, today: date) -> tuple[PaymentRow, ...]:
    """All payments of the file; RequestRefused tells every fault of every row, and then nothing is taken.

    A payment without an account is none: it is kept and waits for a person. The same payment twice is one, for the
    papers of a bank have numbers of their own.
    """
    faults: list[str] = []
    rows: dict[str, PaymentRow] = {}
    for row in read_table(path, COLUMNS, MANDATORY):
        own: list[tuple[str, str]] = []
        payment = _payment(row, today, own)
        if payment is not None and (first := rows.get(payment.key)) is not None:
            fault = (
                f"такой же платёж стоит в строке {first.number}; уберите лишний, а если платежа два, "
                "уточните в банке номера документов"
            )
            own.append((DOCUMENT, fault))
        elif payment is not None:
            rows[payment.key] = PaymentRow(row.number, payment)
        faults += [f"{path}, строка {row.number}, столбец «{column}»: {what}" for column, what in own]
    if not rows and not faults:
        faults.append(f"{path}: в таблице нет ни одного платежа")
    if faults:
        raise RequestRefused(*faults)
    return tuple(rows.values())


def _payment(row: TableFileRow, today: date, faults: list[tuple[str, str]]) -> NewPayment | None:
    """The payment of a row; None where a fault was added."""
    document, written = _text(row, DOCUMENT), _text(row, ACCOUNT)
    day = _read(row, DATE, parse_day, faults)
    amount = _read(row, AMOUNT, parse_amount, faults)
    month: Month | None = _read(row, PERIOD, parse_month, faults) if _text(row, PERIOD) else None
    faults += payment_faults(document, written, day, month, today)
    if faults or day is None or amount is None:
        return None
    return NewPayment(written, amount, day, document, month, _text(row, PAYER))


def _text(row: TableFileRow, column: str) -> str:
    return " ".join(row.cells.get(column, "").split())


def _read(
    row: TableFileRow, column: str, read: Callable[[str], T], faults: list[tuple[str, str]]
) -> T | None:
    value = _text(row, column)
    if not value:
        faults.append((column, "пусто; впишите значение"))
        return None
    try:
        return read(value)
    except RequestRefused as refused:
        faults += [(column, what) for what in refused.faults]
        return None


def payment_faults(
    document: str, written: str, day: date | None, month: Month | None, today: date
) -> Iterator[tuple[str, str]]:
    """(column, what is wrong) of a payment, whoever enters it: a key that holds, a day and a month that can be."""
    if not document:
        yield DOCUMENT, "пусто; впишите номер документа: по нему узнают платёж, присланный ещё раз"
    for column, value, longest in (
        (DOCUMENT, document, MAX_DOCUMENT_LENGTH),
        (ACCOUNT, written, MAX_WRITTEN_LENGTH),
    ):
        if len(value) > longest:
            yield column, f"длиннее {longest} знаков; сократите"
        if "|" in value:
            yield column, "знака «|» здесь быть не может; уберите его"
    if day is None:
        return
    if day > today:
        yield DATE, f"{day:%d.%m.%Y} ещё не наступило; исправьте дату"
    elif day < OLDEST:
        yield DATE, f"{day:%d.%m.%Y} — слишком давно; исправьте год"
    elif month is not None and not OLDEST <= month.first <= Month.of(day).back(-12).first:
        yield PERIOD, f"{month} — период слишком далёк от даты платежа; исправьте его"


def write_template(path: Path) -> None:
    """Write the empty table that `read_payments` reads (CSV with semicolons, as Excel opens it)."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerow(COLUMNS)
