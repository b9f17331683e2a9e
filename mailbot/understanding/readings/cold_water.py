"""Values of cold water beside the readings that are charged for: found by the patterns, unknown to the trained models."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.model import Letter, Reading, Resource

Readings = tuple[Reading, ...]


def without_cold_water(readings: Readings) -> tuple[Readings, Readings]:
    """Those of anything else, and those of cold water."""
    return (
        tuple(reading for reading in readings if reading.resource is not Resource.COLD_WATER),
        tuple(reading for reading in readings if reading.resource is Resource.COLD_WATER),
    )


def besides(cold: Readings, readings: Readings) -> Readings:
    """The values of cold water that stand where no other reading does: two readers may differ over one number."""
    taken = [span for reading in readings for span in reading.spans]
    return tuple(
        one
        for one in cold
        if not any(
            span.part == other.part and span.start < other.end and other.start < span.end
            for span in one.spans
            for other in taken
        )
    )


def in_order(letter: Letter, readings: Iterable[Reading]) -> Readings:
    """As they stand in the letter: its body, its subject, what is attached."""
    known = tuple(readings)
    if all(reading.resource is not Resource.COLD_WATER for reading in known):
        return known
    parts = {part.name: at for at, part in enumerate(letter.parts)} | {"body": -2, "subject": -1}
    return tuple(sorted(known, key=lambda one: (parts[one.spans[0].part], one.spans[0].start)))
