"""Was the word kept: deadlines of what came, and what waits for an answer still, by age."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from mailbot.model import Rulebook
from mailbot.model.report import Cell, Promise, TopicLine
from mailbot.model.report_titles import AGE_LIMITS, AGES
from mailbot.reporting.arrivals import topic_title
from mailbot.reporting.clocks import CaseOutcome, Kept
from mailbot.reporting.judged import Judged, cell, grouped
from mailbot.reporting.spreads import waits


def promise(owed: Sequence[Judged]) -> Promise:
    """The four outcomes of a deadline; together all cases that are owed an answer."""
    kept = {word: [one for one in owed if one.clock.kept is word] for word in Kept}
    return Promise(
        cell("kept", "В срок", kept[Kept.KEPT]),
        cell("broken", "Срок нарушен", kept[Kept.BROKEN]),
        cell("running", "Срок ещё идёт", kept[Kept.RUNNING]),
        cell("unknown", "Срок не определён", kept[Kept.UNKNOWN]),
    )


def topic_lines(owed: Sequence[Judged], rulebook: Rulebook) -> tuple[TopicLine, ...]:
    """How long each topic waited for its answer, the most frequent first."""
    lines = []
    for name, cases in grouped(owed, lambda one: one.clock.labels.topic or "").items():
        title = topic_title(name, rulebook)
        late = [one for one in cases if one.clock.kept is Kept.BROKEN]
        lines.append(
            TopicLine(
                waits(f"answer:{name}", title, cases, lambda one: one.clock.answer),
                cell(f"late:{name}", title, late),
            )
        )
    return tuple(sorted(lines, key=lambda one: (-one.waits.elapsed.cell.count, one.late.key)))


def still_open(found: Sequence[Judged]) -> tuple[Judged, ...]:
    """Of the cases that were open at that moment those whose clock says so too."""
    return tuple(one for one in found if one.clock.outcome is CaseOutcome.OPEN)


def unanswered(found: Sequence[Judged], as_of: datetime) -> tuple[Cell, ...]:
    """All that wait for an answer, by the days on the wall since the letter came; whenever that was."""
    groups = grouped(found, lambda one: str(_age(as_of - one.clock.received_at)))
    return tuple(cell(f"age:{at}", title, groups.get(str(at), ())) for at, title in enumerate(AGES))


def _age(waited: timedelta) -> int:
    return sum(waited > timedelta(days=limit) for limit in AGE_LIMITS)


def overdue(found: Sequence[Judged]) -> Cell:
    return cell("overdue", "Просрочено", [one for one in found if one.clock.kept is Kept.BROKEN])


def asked(found: Sequence[Judged]) -> Cell:
    return cell("asked", "Ждём ответа клиента", [one for one in found if one.clock.asked])
