"""A number of a text: where it is, how it is written, and what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class NumberForm(StrEnum):
    """How a number is written."""

    PLAIN = "plain"  # 345
    DECIMAL = "decimal"  # 345,12; 345 целых 2 десятых; триста сорок пять запятая два
    GROUPED = "grouped"  # 12 345; 12 345,6
    JOINED = "joined"  # 47 103 25; 8 (912) 345-67-89; 5 8 0 0 1
    SAID = "said"  # триста сорок пять
    SAID_JOINED = "said_joined"  # сорок семь ноль ноль три
    DATE = "date"  # 24.11.2026
    CLOCK = "clock"  # 19:30
    MIXED = "mixed"  # 12 тысяч 300
    CODE = "code"  # ТС-0391, 15-тсн, 12а, 8/1


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """Characters `start`..`end` may be the number that `digits` writes: a plain decimal, leading noughts kept.

    `groups` are the lengths of its pieces, `joint` what stands between them, one sign for each sort. `certain` is
    less than 1 where letters stand for digits or a word was mistyped. `named`: the writer says where the fraction begins,
    or two signs do («1.877,30»), so that none of its pieces is a number of its own.
    """

    start: int
    end: int
    form: NumberForm
    digits: str
    groups: tuple[int, ...] = ()
    joint: str = ""
    ordinal: bool = False
    certain: bool = True
    named: bool = False

    @property
    def value(self) -> Decimal:
        """The number, ≥ 0; of a date, an hour or a code the first that stands in it."""
        first = _FIRST.search(self.digits) if self.form in _MANY else None
        return Decimal(first[0] if first else self.digits or "0")


_MANY = frozenset({NumberForm.DATE, NumberForm.CLOCK, NumberForm.CODE})
_FIRST = re.compile(r"\d+(?:\.\d+)?")
