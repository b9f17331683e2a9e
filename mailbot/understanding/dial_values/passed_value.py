"""A value found in a text as one the writer passes on, before it becomes a `Reading`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailbot.model import Resource, Unit


@dataclass(frozen=True, slots=True)
class PassedValue:
    """`start`..`end` span the value and its unit; `line` bounds the line it stands on.

    `account` is set where the form itself names it (a table row, a machine line). `corrects` marks
    the value a writer puts in another's place; `listed` one of a list, where equal values may stand.
    `place` is the room or the ordinal that tells two meters of a flat apart; `dated` grows with the day
    the value is told of, None where none is told.
    """

    start: int
    end: int
    line: tuple[int, int]
    value: Decimal
    unit: Unit | None
    resource: Resource | None
    meter: str | None
    confidence: float
    account: str | None = None
    corrects: bool = False
    listed: bool = False
    place: str = ""
    dated: int | None = None


def lone_unit(measured: Resource | None) -> Unit | None:
    """The unit that a value of the resource has though none is written; None where a dial may count in several."""
    units = measured.dial_units if measured else frozenset[Unit]()
    return next(iter(units)) if len(units) == 1 else None


def line_around(text: str, position: int) -> tuple[int, int]:
    """Bounds of the line that holds `position`."""
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, end if end >= 0 else len(text)
