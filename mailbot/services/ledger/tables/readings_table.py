"""Readings as a table (a walk through a house, another program's list): all are taken or none, each fault by row and column."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from mailbot.model import KnownAccount, LedgerRules, RequestRefused, Unit
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.model.ledger.sources import ReadingSource
from mailbot.policy.readings.meter_match import SEVERAL, find_meter
from mailbot.policy.readings.meter_plausibility import UsualConsumption, find_meter_doubt
from mailbot.policy.readings.usual_consumption import usual_consumption
from mailbot.services.ledger.tables.row_reader import UNITS, RowReader
from mailbot.services.ledger.tables.table_file import read_table
from mailbot.store import StoreTransaction
from mailbot.store.accounts.known_accounts import known_accounts
from mailbot.store.ledger.meter_readings import ReadingToStore, save_readings

ACCOUNT, SERIAL, VALUE, DAY, UNIT = "Лицевой счёт", "Номер прибора", "Показание", "Дата", "Единица"
COLUMNS = (ACCOUNT, SERIAL, VALUE, DAY, UNIT)
MANDATORY = (ACCOUNT, VALUE, DAY)
YEAR = 12
"""Months of earlier readings that a row is compared with."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table; an empty `serial` is a meter that need not be named."""

    reader: RowReader
    account: str
    serial: str
    value: Decimal
    day: date
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class ReadingTable:
    """What could be read of the file, in the order of days; `faults` by number of the row."""

    path: Path
    lines: tuple[_Line, ...]
    faults: dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class ReadingImportResult:
    """How many readings were new, and how many stood in the ledger already."""

    added: int
    same: int


def read_readings(path: Path) -> ReadingTable:
    """The rows of a CSV or Excel file; RequestRefused where it is no such table. Faults of rows are told by `import_readings`."""
    faults: dict[int, list[str]] = defaultdict(list)
    lines, rows = [], 0
    for row in read_table(path, COLUMNS, MANDATORY):
        rows += 1
        reader = RowReader(path, row, faults[row.number])
        account, serial = reader.text(ACCOUNT, needed=True), reader.text(SERIAL)
        value = reader.number(VALUE, _reading, "показание, например 123,4")
        day = reader.day(DAY, needed=True)
        unit = reader.one_of(UNIT, UNITS) if reader.text(UNIT) else None
        if not reader.bad and value is not None and day is not None:
            lines.append(_Line(reader, account, serial, value, day, unit))
    if not rows:
        raise RequestRefused(f"{path}: в таблице нет ни одной строки с показанием")
    lines.sort(key=lambda line: (line.day, line.reader.row.number))
    return ReadingTable(path, tuple(lines), faults)


def _reading(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or number < 0:
        raise ValueError
    return number


def import_readings(
    transaction: StoreTransaction,
    table: ReadingTable,
    rules: LedgerRules,
    by: str,
    now: datetime,
    today: date,
    *,
    any_growth: bool = False,
) -> ReadingImportResult:
    """Take all readings of the table, or (RequestRefused) none, with every fault of every row.

    What stands in the ledger already is not taken twice. `any_growth`: a person vouches for what looks too much.
    """
    first = min((line.day for line in table.lines), default=today)
    numbers = {line.account for line in table.lines}
    known = {
        account.account.number: account
        for account in known_accounts(transaction, numbers, Month.of(first).back(YEAR))
    }
    books = _Books(known, rules, today, any_growth=any_growth)
    for line in table.lines:
        books.add(line)
    faults = [fault for number in sorted(table.faults) for fault in table.faults[number]]
    if faults:
        raise RequestRefused(*faults)
    added = save_readings(transaction, books.fresh, by, now)
    return ReadingImportResult(added, len(table.lines) - added)


class _Books:
    """The meters' readings as they grow by the rows of the table, day by day."""

    def __init__(
        self, known: Mapping[str, KnownAccount], rules: LedgerRules, today: date, *, any_growth: bool
    ) -> None:
        self.fresh: list[ReadingToStore] = []
        self._known, self._rules, self._today, self._any_growth = known, rules, today, any_growth
        self._standing: dict[tuple[str, str], list[DatedReading]] = defaultdict(list)
        for number, account in known.items():
            for standing in account.readings:
                self._standing[number, standing.reading.meter].append(standing.reading)

    def add(self, line: _Line) -> None:
        """Take a row, or tell its fault."""
        known = self._known.get(line.account)
        if known is None:
            line.reader.fault(ACCOUNT, f"счёта {line.account} в реестре нет")
            return
        meter = find_meter(known.account, line.serial or None, None, line.day)
        if isinstance(meter, str):
            line.reader.fault(SERIAL, _no_meter(meter, known, line))
            return
        standing = self._standing[line.account, meter.serial]
        same_day = {known_reading.value for known_reading in standing if known_reading.day == line.day}
        if line.value in same_day:
            return
        if same_day:
            line.reader.fault(
                VALUE, f"за этот день уже есть другое показание прибора: {', '.join(map(str, same_day))}"
            )
            return
        expected = (
            UsualConsumption(None, None)
            if self._any_growth
            else usual_consumption(meter, known, self._rules, line.day)
        )
        doubt = find_meter_doubt(
            line.value, line.unit, line.day, meter, tuple(standing), expected, self._today
        )
        if doubt:
            line.reader.fault(_column(line, meter, self._today), _for_staff(doubt, standing, line.day))
            return
        reading = DatedReading(meter.serial, line.value, line.day, self._rules.terms.month_for(line.day))
        standing.append(reading)
        self.fresh.append(ReadingToStore(line.account, reading, ReadingSource.TABLE))


def _no_meter(why: str, known: KnownAccount, line: _Line) -> str:
    serials = ", ".join(meter.serial for meter in known.account.meters)
    if not serials:
        return f"у счёта {line.account} приборов в реестре нет"
    if why == SEVERAL or not line.serial:
        return f"у счёта {line.account} несколько приборов ({serials}); впишите номер"
    return f"прибора {line.serial} у счёта {line.account} нет; есть: {serials}"


def _column(line: _Line, meter: Meter, today: date) -> str:
    """Where the fault is to be mended."""
    if line.unit is not None and line.unit is not meter.unit:
        return UNIT
    return DAY if line.day > today or not meter.in_order(line.day) else VALUE


def _for_staff(doubt: str, standing: list[DatedReading], day: date) -> str:
    """The doubt without its request to the client, with the reading it is compared with."""
    before = [reading for reading in standing if reading.day <= day]
    last = max(before, key=lambda reading: reading.day, default=None)
    former = f" (прежнее {last.value} от {last.day:%d.%m.%Y})" if last else ""
    return doubt.partition(";")[0] + former


def write_template(path: Path) -> None:
    """An empty table, as Excel opens it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerow(COLUMNS)
