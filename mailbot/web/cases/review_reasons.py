"""Why a case lies before a person, each reason said once."""

from __future__ import annotations

from mailbot.services.desk.case_file.possible_repeat import RepeatComparison
from mailbot.services.desk.case_lists import QueueLine

ABOVE = "похоже на повторный вопрос: письма и наш ответ рядом, выше"


def reasons(line: QueueLine, repeat: RepeatComparison | None) -> tuple[str, tuple[str, ...]]:
    """(because, doubts) of the page; the doubt that decided the case stands in `because` already, or holds it, and what
    is compared above (`repeat`) is not told a second time."""
    because, doubts = line.because, line.doubts
    if repeat is not None and any(repeat.because in doubt for doubt in (because, *doubts)):
        return ABOVE, tuple(doubt for doubt in doubts if repeat.because not in doubt)
    if doubts and doubts[0] in because:
        return because, doubts[1:]
    return ("" if doubts and because in doubts[0] else because), doubts
