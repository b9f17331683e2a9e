"""From the log to a report: clocks of the cases, figures of a period, three sentences, the report.

Logged ─► clock of each case ─► figures (each a cell with its cases) ─► report (compared, with its sentences)
"""

from mailbot.reporting.cells import cell
from mailbot.reporting.clocks import CaseClock, CaseOutcome, Kept, Waited, clock
from mailbot.reporting.figures import figures
from mailbot.reporting.moments import as_of, due_at, empty_logged
from mailbot.reporting.report import report
from mailbot.reporting.second_looks import sample, second_looks

__all__ = [
    "CaseClock",
    "CaseOutcome",
    "Kept",
    "Waited",
    "as_of",
    "cell",
    "clock",
    "due_at",
    "empty_logged",
    "figures",
    "report",
    "sample",
    "second_looks",
]
