"""How long cases waited: median, ninth of ten, longest; the unanswered stand among them with their age so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailbot.model.report.report import CaseCount, Wait, WaitFigures, WaitSummary
from mailbot.reporting.case_clocks import WaitDuration
from mailbot.reporting.judged_cases import TimedCase, cell


def waits(
    key: str,
    title: str,
    found: Iterable[TimedCase],
    of: Callable[[TimedCase], WaitDuration],
    shown: CaseCount | None = None,
) -> WaitFigures:
    """The waits of these cases by both clocks; `shown` is the cell where it is not theirs alone."""
    cases = tuple(found)
    counted = shown if shown is not None else cell(key, title, cases)
    timed = [(of(case), case.id) for case in cases]
    return WaitFigures(
        spread(counted, [(waited.elapsed, id) for waited, id in timed]),
        spread(counted, [(waited.working, id) for waited, id in timed]),
    )


def spread(counted: CaseCount, found: list[tuple[Wait, int]]) -> WaitSummary:
    """Nearest-rank percentiles: of n waits in their order the ceil(p · n)-th, so each is the wait of a real case."""
    ordered = sorted(
        found, key=lambda timed_wait: (timed_wait[0].seconds, timed_wait[0].at_least, timed_wait[1])
    )
    if not ordered:
        return WaitSummary(counted, None, None, None, None)
    longest, worst = ordered[-1]
    return WaitSummary(counted, percentile(ordered, 50), percentile(ordered, 90), longest, worst)


def percentile(ordered: list[tuple[Wait, int]], percent: int) -> Wait:
    """The wait of that percentile; the list is in order and not empty."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)][0]
