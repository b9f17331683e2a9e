"""Was the word kept: deadlines of what came, and what waits for an answer still, by age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from mailbot.model import Rulebook
from mailbot.model.report.report import CaseCount, DeadlineFigures, TopicLine
from mailbot.reporting.arrivals import topic_title
from mailbot.reporting.case_clocks import CaseOutcome, DeadlineStatus
from mailbot.reporting.judged_cases import TimedCase, cell, group_by
from mailbot.reporting.waiting_times import waits
from mailbot.wording.report.cell_titles import AGE_LIMITS, AGES


def promise(owed: Sequence[TimedCase]) -> DeadlineFigures:
    """The four outcomes of a deadline; together all cases that are owed an answer."""
    kept = {word: [case for case in owed if case.clock.kept is word] for word in DeadlineStatus}
    return DeadlineFigures(
        cell("kept", "В срок", kept[DeadlineStatus.KEPT]),
        cell("broken", "Срок нарушен", kept[DeadlineStatus.BROKEN]),
        cell("running", "Срок ещё идёт", kept[DeadlineStatus.RUNNING]),
        cell("unknown", "Срок не определён", kept[DeadlineStatus.UNKNOWN]),
    )


def topic_lines(owed: Sequence[TimedCase], rulebook: Rulebook) -> tuple[TopicLine, ...]:
    """How long each topic waited for its answer, the most frequent first."""
    lines = []
    for name, cases in group_by(owed, lambda case: case.clock.labels.topic or "").items():
        title = topic_title(name, rulebook)
        late = [case for case in cases if case.clock.kept is DeadlineStatus.BROKEN]
        lines.append(
            TopicLine(
                waits(f"answer:{name}", title, cases, lambda case: case.clock.answer),
                cell(f"late:{name}", title, late),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.waits.elapsed.cell.count, line.late.key)))


def still_open(found: Sequence[TimedCase]) -> tuple[TimedCase, ...]:
    """Of the cases that were open at that moment those whose clock says so too."""
    return tuple(case for case in found if case.clock.outcome is CaseOutcome.OPEN)


def unanswered(found: Sequence[TimedCase], as_of: datetime) -> tuple[CaseCount, ...]:
    """All that wait for an answer, by the days on the wall since the letter came; whenever that was."""
    groups = group_by(found, lambda case: str(_age(as_of - case.clock.received_at)))
    return tuple(cell(f"age:{at}", title, groups.get(str(at), ())) for at, title in enumerate(AGES))


def _age(waited: timedelta) -> int:
    return sum(waited > timedelta(days=limit) for limit in AGE_LIMITS)


def overdue(found: Sequence[TimedCase]) -> CaseCount:
    return cell("overdue", "Просрочено", [case for case in found if case.clock.kept is DeadlineStatus.BROKEN])


def asked(found: Sequence[TimedCase]) -> CaseCount:
    return cell("asked", "Ждём ответа клиента", [case for case in found if case.clock.asked])
