"""How the value of a cell is written: numbers without float noise, dates as in Russian papers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

CellValue = int | float | str | bool | time | date | datetime | timedelta


def format_cell(value: CellValue) -> str:
    """«440215» for 440215.0, «77.3» for 77.30000000000001, «20.11.2026», «09:30», «ИСТИНА»."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, datetime):
        bare = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime("%d.%m.%Y" if bare else "%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _number(value: float) -> str:
    """Fifteen significant digits are all that a sheet keeps; never an exponent where digits can stand."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if abs(value) >= 1e15:
        return f"{value:.0f}" if abs(value) < 1e21 else repr(value)
    if value == int(value):
        return str(int(value))
    text = repr(float(f"{value:.15g}"))
    return text if "e" not in text else f"{value:.15f}".rstrip("0").rstrip(".")
