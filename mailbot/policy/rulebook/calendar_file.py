"""`rules/calendar.toml`: the versions of the working calendar, checked."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.model.rules.working_calendar import DaysOff
from mailbot.policy.rulebook.cross_references import SourcedRow
from mailbot.toml import TableFields

FILE = "calendar.toml"
MOSCOW = ZoneInfo("Europe/Moscow")
"""Where decrees are published: a version is known from the first moment of its day there."""


def days_off(row: TableFields) -> DaysOff:
    """A version; a fault is told with its line."""
    year = row.whole("year", 2000)
    known = row.day("known_from")
    published = DaysOff(
        year=year,
        known_from=datetime(known.year, known.month, known.day, tzinfo=MOSCOW),
        source=row.text("source"),
        off=_days(row, "off", year),
        working=_days(row, "working", year),
        short=_days(row, "short", year),
    )
    for day in sorted(published.off):
        if day.isoweekday() > 5:
            row.fault("off", f"{day:%Y-%m-%d} — суббота или воскресенье, она выходная и так; уберите её")
    for day in sorted(published.working):
        if day.isoweekday() < 6:
            row.fault("working", f"{day:%Y-%m-%d} — будний день, он рабочий и так; уберите его")
    for day in sorted(published.short & published.off):
        row.fault("short", f"{day:%Y-%m-%d} стоит и в off: выходной не бывает коротким; уберите его")
    return published


def check_versions(rows: tuple[SourcedRow[DaysOff], ...]) -> None:
    """Of two versions that are known from the same day nobody could say which holds."""
    seen: set[tuple[int, datetime]] = set()
    for row in rows:
        key = (row.value.year, row.value.known_from)
        if key in seen:
            row.fields.fault(
                "known_from",
                f"календарь {row.value.year} года с этого дня уже записан выше; укажите более позднюю дату или уберите его",
            )
        seen.add(key)


def _days(row: TableFields, key: str, year: int) -> frozenset[date]:
    days = row.days(key)
    for day in days:
        if day.year != year:
            row.fault(key, f"{day:%Y-%m-%d} — день другого года, а здесь {year}")
    return frozenset(days)
