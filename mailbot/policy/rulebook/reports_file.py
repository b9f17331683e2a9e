"""`rules/reports.toml`: who reads the reports, and who hears of deadlines."""

from __future__ import annotations

import re

from mailbot.model.rules.report_readers import ReportRules
from mailbot.toml import TableFields

FILE = "reports.toml"
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


def report_rules(row: TableFields) -> ReportRules:
    """The rules; a fault is told with its line."""
    rules = ReportRules(
        readers=addresses(row, "readers"),
        weekday=row.whole("weekday", 1),
        at=row.moment("at"),
        warned=addresses(row, "warned"),
        warn_hours=row.whole("warn_hours", 1),
        escalated=addresses(row, "escalated"),
    )
    if rules.weekday > 7:
        row.fault("weekday", "поле «weekday»: день недели от 1 (понедельник) до 7")
    if rules.warn_hours > 80:
        row.fault("warn_hours", "поле «warn_hours»: рабочих часов от 1 до 80")
    return rules


def addresses(row: TableFields, key: str) -> tuple[str, ...]:
    """The addresses of that field, each once; a fault where one is none."""
    written = tuple(text.strip() for text in row.texts(key))
    for address in written:
        if not _ADDRESS.fullmatch(address):
            row.fault(key, f"«{address}» — не адрес почты; исправьте его")
    return tuple(dict.fromkeys(written))
