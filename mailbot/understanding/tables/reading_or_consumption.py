"""Is a number of a record what a dial shows, or the use of a day or a month? Its neighbours in time tell.

A dial never runs backwards and grows by little from one day to the next; uses go up and down. The hours of
work beside the number tell too: a day has 24 of them, a month 744, a dial thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from mailbot.understanding.dial_values.passed_value import PassedValue

_UNSTATED_CONFIDENCE = 0.55  # what a dial shows, or the use of a month?
_MONTH_OF_HOURS = Decimal(745)
_MAX_GROWTH = Decimal("0.3")  # of a dial over a table; a new dial may grow faster, then a person looks
_DAYS = 32  # `dates.Day.order` counts months of so many days; the months themselves have day nought

Told = tuple[int, Decimal]
"""A day (its order) and the value told of it."""


class NumberMeaning(Enum):
    """What a number is known to be."""

    DIAL = "dial"
    USE = "use"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class ValueCandidate:
    """A value of a table. `shows` is what its heading tells; `column` counts the columns of the table.

    `integrator`: its row or the title above names an integrator at the end. `earlier` are the values of other
    days in its own row; `hours` the hours of work told in it.
    """

    one: PassedValue
    shows: NumberMeaning
    column: int
    integrator: bool
    earlier: tuple[Told, ...] = ()
    hours: Decimal | None = None


def choose_dials(found: list[ValueCandidate]) -> tuple[PassedValue, ...]:
    """Integrators where the record has them, else what a dial shows; of days and months the newest."""
    if any(candidate.integrator for candidate in found):
        found = [candidate for candidate in found if candidate.integrator or candidate.one.dated is None]
        found = [
            candidate for candidate in found if candidate.integrator or candidate.shows is NumberMeaning.DIAL
        ]
    else:
        found = list(_judged(found))
    return tuple(candidate.one for candidate in found)


def _judged(found: list[ValueCandidate]) -> Iterable[ValueCandidate]:
    series: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for candidate in found:
        if candidate.one.dated is not None:
            series[_dial(candidate)].append((candidate.one.dated, candidate.one.value))
    shown = [_shows(candidate, series[_dial(candidate)]) for candidate in found]
    dials = any(shows is NumberMeaning.DIAL for shows in shown)
    for candidate, shows in zip(found, shown, strict=True):
        days = [day for day, _ in series[_dial(candidate)]]
        if shows is NumberMeaning.DIAL:
            yield candidate
        elif (
            shows is NumberMeaning.EITHER
            and not dials
            and (candidate.one.dated is None or candidate.one.dated == max(days))
        ):
            yield replace(
                candidate,
                one=replace(candidate.one, confidence=min(candidate.one.confidence, _UNSTATED_CONFIDENCE)),
            )


def _dial(one: ValueCandidate) -> tuple[object, ...]:
    return one.column, one.one.account, one.one.meter, one.one.place


def _shows(one: ValueCandidate, of_rows: list[Told]) -> NumberMeaning:
    if one.shows is not NumberMeaning.EITHER:
        return one.shows
    if one.hours is not None and one.hours > 0:
        return NumberMeaning.DIAL if one.hours > _MONTH_OF_HOURS else NumberMeaning.USE
    return classify_values(sorted(one.earlier or of_rows))


def classify_values(values: list[Told]) -> NumberMeaning:
    """What values of several days are, in the order of the days; EITHER where they could be both."""
    if len(values) < 2:
        return NumberMeaning.EITHER
    if any(later < earlier for (_, earlier), (_, later) in pairwise(values)):
        return NumberMeaning.USE
    (first_day, first), (last_day, last) = values[0], values[-1]
    steps = [later - earlier for (earlier, _), (later, _) in pairwise(values)]
    told_of_days = first_day % _DAYS > 0 and last_day % _DAYS > 0 and min(steps) > 1
    return NumberMeaning.DIAL if told_of_days and last - first <= last * _MAX_GROWTH else NumberMeaning.EITHER
