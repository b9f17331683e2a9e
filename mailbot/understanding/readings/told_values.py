"""Values that a letter has told so far: is the next one the same again, or another?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from mailbot.model import Reading
from mailbot.understanding.dial_values.passed_value import PassedValue

_Key = tuple[object, ...]

_ANY = object()
"""Stands in a key for a field that may hold whatever."""


class ToldValues:
    """The readings in their order; a value is looked for among them in constant time, however many there are."""

    def __init__(self) -> None:
        self.readings: list[tuple[Reading, PassedValue]] = []
        self._first: dict[_Key, int] = {}

    def add(self, reading: Reading, value: PassedValue) -> None:
        """One more value that nothing has said before."""
        self.readings.append((reading, value))
        self._index(len(self.readings) - 1)

    def repeats(self, reading: Reading, value: PassedValue) -> bool:
        """The subject repeats the body, a summary repeats the list: same value, nothing against it."""
        position = self._same(reading)
        if position is None:
            return False
        other, its = self.readings[position]
        if reading.spans[0].part != other.spans[0].part or not value.listed:
            joined = replace(
                other,
                meter=other.meter or reading.meter,
                resource=other.resource or reading.resource,
                unit=other.unit or reading.unit,
                spans=(*other.spans, *reading.spans),
                confidence=max(other.confidence, reading.confidence),
            )
            self.readings[position] = (joined, its)
            self._index(position)
        return True

    def _same(self, reading: Reading) -> int | None:
        """The first that has the value and agrees in account, meter and resource."""
        choices = ((_ANY,) if mine is None else (mine, None) for mine in _dial(reading))
        keys = ((reading.value, *fields) for fields in product(*choices))
        position = min((self._first[key] for key in keys if key in self._first), default=None)
        if position is None or _agree(reading, self.readings[position][0]):
            return position
        for later, (other, _) in enumerate(self.readings):  # what was joined since has become another
            if other.value == reading.value and _agree(reading, other):
                return later
        return None

    def _index(self, position: int) -> None:
        reading = self.readings[position][0]
        for fields in product(*((mine, _ANY) for mine in _dial(reading))):
            key = (reading.value, *fields)
            self._first[key] = min(position, self._first.get(key, position))


def _dial(reading: Reading) -> Iterator[object]:
    yield from (reading.account, reading.meter, reading.resource)


def _agree(reading: Reading, other: Reading) -> bool:
    return all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in zip(_dial(reading), _dial(other), strict=True)
    )
