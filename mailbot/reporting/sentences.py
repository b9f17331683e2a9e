"""What a report says in three sentences: what changed, where it is slow, what needs a decision.

Only what the figures show: no cause that they do not hold, and no change where there are too few cases for one.
"""

from __future__ import annotations

from mailbot.model.report.report import PeriodFigures, TrendPoint
from mailbot.model.rules.working_calendar import WorkingHours
from mailbot.reporting.change_sentence import summarize_changes
from mailbot.reporting.decision_sentence import NONE, summarize_decisions
from mailbot.reporting.slowness_sentence import summarize_slowness

FUTURE = ("Период ещё не начался, обращений в нём нет.", "Сравнивать пока нечего.", NONE)


def build_sentences(
    of: PeriodFigures,
    before: PeriodFigures | None,
    year_ago: PeriodFigures | None,
    trend: tuple[TrendPoint, ...],
    hours: WorkingHours,
    *,
    complete: bool,
    future: bool,
) -> tuple[str, str, str]:
    """The three sentences, in Russian. `hours` are the company's; `before` and `year_ago` None where nothing is known."""
    if future:
        return FUTURE
    if not complete:  # a part of a week is not compared with a whole one
        before = year_ago = None
    return (
        summarize_changes(of, before, year_ago, complete=complete),
        summarize_slowness(of, hours),
        summarize_decisions(of, trend),
    )
