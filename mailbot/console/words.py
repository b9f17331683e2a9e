"""A reading in words for a terminal."""

from __future__ import annotations

from mailbot.model import Reading

RESOURCES = {"heating": "отопление", "hot_water": "горячая вода"}


def format_reading(reading: Reading) -> str:
    """One reading in words: «горячая вода 148 м3, л/с 440215, прибор 5501»."""
    words = [RESOURCES.get(str(reading.resource or ""), "ресурс не назван"), str(reading.value)]
    words += [str(reading.unit)] if reading.unit else []
    account = f", л/с {reading.account}" if reading.account else ""
    meter = f", прибор {reading.meter}" if reading.meter else ""
    return " ".join(words) + account + meter
