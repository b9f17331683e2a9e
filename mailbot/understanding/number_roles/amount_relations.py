"""What the amounts of a letter have to do with one another: was + used = now; a little more than its neighbour."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mailbot.understanding.numbers.number import NumberForm, WrittenNumber

_AMOUNTS = frozenset(
    {
        NumberForm.PLAIN,
        NumberForm.DECIMAL,
        NumberForm.GROUPED,
        NumberForm.SAID,
        NumberForm.SAID_JOINED,
        NumberForm.MIXED,
    }
)
_MAX_AMOUNTS = 40
"""Amounts of a part that are compared; a longer list is a table, whose headings say what is what."""
_MIN_VALUE = 32
"""Smaller whole numbers add up by chance: days, flats, houses."""
_BESIDE = 80
"""Characters between two amounts that are compared."""
_SLIGHT = 0.25
"""A dial grows by less than this within a month, mostly."""


def relations(numbers: Sequence[WrittenNumber]) -> dict[tuple[int, int, str], tuple[str, ...]]:
    """For the place and digits of a number: what it is to others. O(n²) for at most `_MAX_AMOUNTS` amounts."""
    amounts = [(float(number.value), number) for number in numbers if _is_amount(number)]
    if not 2 <= len(amounts) <= _MAX_AMOUNTS:
        return {}
    relations_of: dict[tuple[int, int, str], list[str]] = {}
    for key, name in (*_sums(amounts), *_slightly_more(amounts)):
        names = relations_of.setdefault(key, [])
        if name not in names:
            names.append(name)
    return {key: tuple(names) for key, names in relations_of.items()}


def _is_amount(number: WrittenNumber) -> bool:
    return (
        number.form in _AMOUNTS
        and len(number.digits) <= 12
        and ("." in number.digits or number.value >= _MIN_VALUE or number.form is NumberForm.DECIMAL)
    )


def _key(number: WrittenNumber) -> tuple[int, int, str]:
    return number.start, number.end, number.digits


def _apart(*numbers: WrittenNumber) -> bool:
    ordered = sorted(numbers, key=lambda number: number.start)
    return all(number.end <= other.start for number, other in pairwise(ordered))


def _sums(amounts: Sequence[tuple[float, WrittenNumber]]) -> Iterator[tuple[tuple[int, int, str], str]]:
    """Now − was = used, where all three are written."""
    ordered = sorted(amounts, key=lambda pair: pair[0])
    values = [value for value, _ in ordered]
    for now, total in amounts:
        for was, base in amounts:
            if not was < now or not _apart(total, base):
                continue
            used = now - was
            near = bisect_left(values, used - 0.0006), bisect_right(values, used + 0.0006)
            for value, difference in ordered[slice(*near)]:
                if value and value < was and _apart(total, base, difference):
                    yield _key(total), "sum=now"
                    yield _key(base), "sum=was"
                    yield _key(difference), "sum=used"


def _slightly_more(
    amounts: Sequence[tuple[float, WrittenNumber]],
) -> Iterator[tuple[tuple[int, int, str], str]]:
    """Of two amounts side by side one is a little more than the other."""
    for at, (amount, first) in enumerate(amounts):
        after = [pair for pair in amounts[at + 1 : at + 8] if pair[1].start >= first.end]
        for other, second in after:
            if (
                second.start > after[0][1].start
                or second.start - first.end > _BESIDE
                or not amount
                or not other
            ):
                continue
            if amount == other:
                yield _key(first), "same as next"
                yield _key(second), "same as last"
            elif max(amount, other) < min(amount, other) * (1 + _SLIGHT):
                yield _key(first), "less than next" if amount < other else "more than next"
                yield _key(second), "more than last" if amount < other else "less than last"
