"""Values of what is not charged for (cold water) beside the readings that are: found by the patterns, unknown to the models."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.model import Letter, Reading
from mailbot.model.resource import may_be_charged

Readings = tuple[Reading, ...]


def apart_uncharged(readings: Readings) -> tuple[Readings, Readings]:
    """Those that are charged for or may be, and the others."""
    return (
        tuple(reading for reading in readings if may_be_charged(reading.resource)),
        tuple(reading for reading in readings if not may_be_charged(reading.resource)),
    )


def besides(uncharged: Readings, readings: Readings) -> Readings:
    """The uncharged values that stand where no other reading does: two readers may differ over one number."""
    taken = [span for reading in readings for span in reading.spans]
    return tuple(
        reading
        for reading in uncharged
        if not any(
            span.part == other.part and span.start < other.end and other.start < span.end
            for span in reading.spans
            for other in taken
        )
    )


def in_order(letter: Letter, readings: Iterable[Reading]) -> Readings:
    """As they stand in the letter: its body, its subject, what is attached."""
    known = tuple(readings)
    if all(may_be_charged(reading.resource) for reading in known):
        return known
    parts = {part.name: at for at, part in enumerate(letter.parts)} | {"body": -2, "subject": -1}
    return tuple(sorted(known, key=lambda reading: (parts[reading.spans[0].part], reading.spans[0].start)))
