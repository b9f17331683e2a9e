"""The cells of a row as values; a fault is told by row and column and read on, so that one run tells them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import InvalidOperation
from pathlib import Path
from typing import TypeVar

from mailbot.model import Unit
from mailbot.services.ledger.tables.table_file import TableFileRow

T = TypeVar("T")

UNITS = {
    "гкал": Unit.GCAL,
    "гдж": Unit.GJ,
    "мвт·ч": Unit.MWH,
    "мвтч": Unit.MWH,
    "квт·ч": Unit.KWH,
    "квтч": Unit.KWH,
    "м3": Unit.M3,
    "м³": Unit.M3,
}
"""How tables write the units, in lower case."""


@dataclass
class RowReader:
    """Reads one row of the table at `path`; `bad` once it has told a fault."""

    path: Path
    row: TableFileRow
    faults: list[str]
    bad: bool = field(default=False)

    def fault(self, column: str, what: str) -> None:
        self.bad = True
        self.faults.append(f"{self.path}, строка {self.row.number}, столбец «{column}»: {what}")

    def text(self, column: str, *, needed: bool = False) -> str:
        value = " ".join(self.row.cells.get(column, "").split())
        if needed and not value:
            self.fault(column, "пусто; впишите значение")
        return value

    def one_of(self, column: str, words: dict[str, T], default: T | None = None) -> T | None:
        value = self.text(column)
        if not value and default is not None:
            return default
        meant = words.get(value.lower())
        if meant is None:
            self.fault(column, f"«{value}» не понято; можно: {', '.join(words)}")
        return meant

    def number(self, column: str, read: Callable[[str], T], what: str, default: T | None = None) -> T | None:
        value = self.text(column)
        if not value and default is not None:
            return default
        try:
            return read(value.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        except (ValueError, InvalidOperation):
            self.fault(column, f"«{value}» — не {what}")
            return None

    def day(self, column: str, *, needed: bool = False) -> date | None:
        value = self.text(column, needed=needed)
        if not value:
            return None
        for form in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(value, form).date()  # noqa: DTZ007
            except ValueError:
                continue
        self.fault(column, f"«{value}» — не дата; напишите, например, 31.12.2027")
        return None
