"""From the log to a report: clocks of the cases, figures of a period, three sentences, the report.

Logged ─► clock of each case ─► figures (each a cell with its cases) ─► report (compared, with its sentences)
"""

from mailbot.reporting.case_clocks import CaseClock, CaseOutcome, DeadlineStatus, WaitDuration, build_clock
from mailbot.reporting.cells import find_cell
from mailbot.reporting.figures import figures
from mailbot.reporting.report import report
from mailbot.reporting.report_moments import as_of, due_at, empty_logged
from mailbot.reporting.second_looks import sample, second_looks

__all__ = [
    "CaseClock",
    "CaseOutcome",
    "DeadlineStatus",
    "WaitDuration",
    "as_of",
    "build_clock",
    "due_at",
    "empty_logged",
    "figures",
    "find_cell",
    "report",
    "sample",
    "second_looks",
]
