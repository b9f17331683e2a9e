"""Figures that were reckoned already: those of a finished period never change, those of a running one hold a minute."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from mailbot import reporting
from mailbot.model.report.period import Period
from mailbot.model.report.report import CaseCount, PeriodFigures, Report
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.reporting.reports import Reckon, as_of, figures_of, report_of
from mailbot.store import Store

MAX_REPORTS = 24
"""Periods that are kept: each some hundred kilobytes for ten thousand cases."""

FRESH = timedelta(minutes=1)
"""How old the figures of a running period may be: the page tells as of when they are, and a number that was clicked
is then the number of the list behind it."""

_Key = tuple[Period, str]


class ReportCache:
    """The figures of a process, by period and version of the rules; safe for several threads, bounded."""

    def __init__(self, reckon: Reckon = figures_of) -> None:
        self._reckon = reckon
        self._kept: OrderedDict[_Key, PeriodFigures] = OrderedDict()
        self._lock = threading.Lock()
        self._reckoning = threading.Lock()

    def figures(self, store: Store, rules: ActiveRules, period: Period, now: datetime) -> PeriodFigures:
        """As `reports.figures_of`."""
        if (kept_figures := self._fresh(rules, period, now)) is not None:
            return kept_figures
        with self._reckoning:  # one at a time: two who ask for the same week do not reckon it twice
            if (kept_figures := self._fresh(rules, period, now)) is not None:
                return kept_figures
            made = self._reckon(store, rules, period, now)
        with self._lock:
            self._kept[(period, rules.rulebook.version)] = made
            while len(self._kept) > MAX_REPORTS:
                self._kept.popitem(last=False)
        return made

    def report(self, store: Store, rules: ActiveRules, period: Period, now: datetime) -> Report:
        """As `reports.report_of`."""
        return report_of(store, rules, period, now, self.figures)

    def cell(
        self, store: Store, rules: ActiveRules, period: Period, key: str, now: datetime
    ) -> CaseCount | None:
        """The figure of that key with its cases; None where there is none. The number that was clicked is that of the list
        behind it."""
        return reporting.find_cell(self.figures(store, rules, period, now), key)

    def _fresh(self, rules: ActiveRules, period: Period, now: datetime) -> PeriodFigures | None:
        key = (period, rules.rulebook.version)
        with self._lock:
            kept_figures = self._kept.get(key)
            if kept_figures is None or not _holds(kept_figures, as_of(rules, period, now), now):
                return None
            self._kept.move_to_end(key)
            return kept_figures


def _holds(found: PeriodFigures, moment: datetime, now: datetime) -> bool:
    """Reckoned as of the moment that would be reckoned now; or, while that is `now` itself, a little before it."""
    if found.as_of == moment:
        return True
    return moment == now and timedelta() <= now - found.as_of < FRESH
