"""Two readers of one letter, the patterns and the model: where they agree the value is sure, where not a person looks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from mailbot.model import Letter, Reading, Span
from mailbot.understanding.dial_values.confidence import GUESSED

SURE = 0.5
"""A model this sure of each value is believed before the patterns; what is read so is still put before a person."""

PLAIN, HESITATES = 0.9, 0.8
"""Patterns this sure of each value are believed before a model less sure than that. Of 418 letters with readings of eight
hands 377 then have all their values, 317 by the patterns alone, 357 by the model alone."""

ALONE = 0.97
"""A value that the model alone found, and is this sure of, may be taken."""

_LETTER = frozenset({"body", "subject"})


_FRACTION = re.compile(
    r"\d\s{1,3}(?:цел\w{2,3}|и)\s.{1,30}(?:десят|сот|тысячн)\w{2,3}", re.IGNORECASE | re.DOTALL
)
"""«39 целых 2 десятых», «280 и семь десятых»: the patterns read the whole number alone."""


def merge_readings(
    patterns: tuple[Reading, ...], model: tuple[Reading, ...], letter: Letter
) -> tuple[Reading, ...]:
    """The readings of a letter that both have read; what is attached the patterns read alone, as tables."""
    written = tuple(pattern for pattern in patterns if any(span.part in _LETTER for span in pattern.spans))
    attached = tuple(pattern for pattern in patterns if pattern not in written)
    model = _once(model)
    readings = _agreed(tuple(_with_fraction(reading, model, letter) for reading in _once(written)), model)
    values = {reading.value for reading in readings}
    return (*readings, *(reading for reading in attached if reading.value not in values))


def _once(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """A value that is said twice, in digits and in words or «как было, так и есть», is one reading."""
    distinct: dict[tuple[object, ...], Reading] = {}
    for reading in readings:
        key = (reading.account, reading.meter, reading.resource, reading.place, reading.value)
        before = distinct.get(key)
        distinct[key] = replace(before, spans=(*before.spans, *reading.spans)) if before else reading
    return tuple(distinct.values())


def _with_fraction(one: Reading, model: tuple[Reading, ...], letter: Letter) -> Reading:
    """The patterns' reading with the fraction that the model sees said in words around it."""
    for other in model:
        fine = other.value != one.value and more_precise(one, other) is other
        if fine and any(_FRACTION.search(letter.quote(span)) for span in other.spans if _holds(span, one)):
            return replace(one, value=other.value, spans=other.spans)
    return one


def _holds(around: Span, one: Reading) -> bool:
    return any(
        span.part == around.part and around.start <= span.start and span.start < around.end
        for span in one.spans
    )


def more_precise(one: Reading, other: Reading) -> Reading | None:
    """«77 с хвостиком (77,6)»: of two that differ in the fraction alone, the one that has it; None where they differ."""
    coarse, fine = sorted((one, other), key=lambda reading: reading.value)
    is_whole = coarse.value == coarse.value.to_integral_value()
    return fine if is_whole and fine.value.to_integral_value(rounding="ROUND_FLOOR") == coarse.value else None


def _agreed(patterns: tuple[Reading, ...], model: tuple[Reading, ...]) -> tuple[Reading, ...]:
    if _values(patterns) == _values(model):
        return (
            tuple(
                _joined(reading, other)
                for reading, other in zip(_by_value(patterns, model), model, strict=True)
            )
            if patterns
            else ()
        )
    if not model:
        return tuple(_doubted(pattern) for pattern in patterns)
    least = _least(model)
    if not patterns:
        return (
            tuple(reading if least >= ALONE else _doubted(reading) for reading in model)
            if least >= SURE
            else ()
        )
    plain = _least(patterns) >= PLAIN and least < HESITATES
    return tuple(_doubted(pattern) for pattern in (patterns if plain or least < SURE else model))


def _least(readings: tuple[Reading, ...]) -> float:
    return min(reading.confidence for reading in readings)


def _values(readings: tuple[Reading, ...]) -> Counter[Decimal]:
    return Counter(reading.value for reading in readings)


def _by_value(patterns: tuple[Reading, ...], model: tuple[Reading, ...]) -> list[Reading]:
    """The patterns' readings in the order of the model's."""
    left = list(patterns)
    ordered = []
    for reading in model:
        same = [other for other in left if other.value == reading.value]
        best = next((other for other in same if other.resource == reading.resource), same[0])
        left.remove(best)
        ordered.append(best)
    return ordered


def _joined(one: Reading, other: Reading) -> Reading:
    """What the patterns say, the model's words where they say nothing; doubted where the two differ."""
    differ = any(
        mine is not None and theirs is not None and mine != theirs
        for mine, theirs in (
            (one.account, other.account), (one.resource, other.resource), (one.unit, other.unit),
        )
    )  # fmt: skip
    reading = replace(
        one,
        account=one.account or other.account,
        meter=one.meter or other.meter,
        resource=one.resource or other.resource,
        unit=one.unit or other.unit,
        confidence=max(one.confidence, min(other.confidence, 0.9)),
    )
    return _doubted(reading) if differ else reading


def _doubted(one: Reading) -> Reading:
    return replace(one, confidence=min(one.confidence, GUESSED))
