"""Several values for one dial: of dated ones the newest is the reading, else nobody can tell which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from mailbot.model import Reading
from mailbot.understanding.dial_values.passed_value import PassedValue

_UNSTATED_CONFIDENCE = 0.5  # which of them is meant is a person's to say
_NEWEST = 0.85


def resolve_conflicts(told: list[tuple[Reading, PassedValue]]) -> tuple[Reading, ...]:
    """The readings in their order; where one dial has several values at most the newest is sure."""
    dials: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, (reading, value) in enumerate(told):
        meter = reading.meter or _dated_meter(reading, value, told)
        dials[(reading.account, meter, reading.resource, value.place)].append(position)
    settled: list[Reading | None] = [reading for reading, _ in told]
    for positions in dials.values():
        if len(positions) > 1:
            _settle_dial(positions, told, settled)
    return tuple(reading for reading in settled if reading is not None)


def _dated_meter(reading: Reading, one: PassedValue, told: list[tuple[Reading, PassedValue]]) -> str | None:
    """«счётчик № 5518834, на 01.11: 987, на 24.11: 1029»: the serial stands beside the first day alone."""
    if one.dated is None:
        return None
    meters = {
        other.meter
        for other, its in told
        if other.meter and its.dated is not None and its.dated != one.dated
        if (other.account, other.resource, its.place) == (reading.account, reading.resource, one.place)
    }
    return meters.pop() if len(meters) == 1 else None


def _settle_dial(
    positions: list[int], told: list[tuple[Reading, PassedValue]], settled: list[Reading | None]
) -> None:
    days = {told[position][1].dated for position in positions}
    newest = max((day for day in days if day is not None), default=None)
    for position in positions:
        reading, value = told[position]
        if None in days or len(days) == 1:
            settled[position] = replace(reading, confidence=min(reading.confidence, _UNSTATED_CONFIDENCE))
        elif value.dated == newest:
            settled[position] = replace(reading, confidence=min(reading.confidence, _NEWEST))
        else:
            settled[position] = None
