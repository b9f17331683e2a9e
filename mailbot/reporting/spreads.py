"""How long cases waited: median, ninth of ten, longest; the unanswered stand among them with their age so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailbot.model.report import Cell, Spread, Wait, Waits
from mailbot.reporting.clocks import Waited
from mailbot.reporting.judged import Judged, cell


def waits(
    key: str, title: str, found: Iterable[Judged], of: Callable[[Judged], Waited], shown: Cell | None = None
) -> Waits:
    """The waits of these cases by both clocks; `shown` is the cell where it is not theirs alone."""
    cases = tuple(found)
    counted = shown if shown is not None else cell(key, title, cases)
    timed = [(of(one), one.id) for one in cases]
    return Waits(
        spread(counted, [(waited.elapsed, id) for waited, id in timed]),
        spread(counted, [(waited.working, id) for waited, id in timed]),
    )


def spread(counted: Cell, found: list[tuple[Wait, int]]) -> Spread:
    """Nearest-rank percentiles: of n waits in their order the ceil(p · n)-th, so each is the wait of a real case."""
    ordered = sorted(found, key=lambda one: (one[0].seconds, one[0].at_least, one[1]))
    if not ordered:
        return Spread(counted, None, None, None, None)
    longest, worst = ordered[-1]
    return Spread(counted, ranked(ordered, 50), ranked(ordered, 90), longest, worst)


def ranked(ordered: list[tuple[Wait, int]], percent: int) -> Wait:
    """The wait of that percentile; the list is in order and not empty."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)][0]
