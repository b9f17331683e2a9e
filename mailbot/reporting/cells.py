"""Any figure of a report by its key, so that it can be opened down to its letters."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.model.report.report import CaseCount, PeriodFigures


def find_cell(figures: PeriodFigures, key: str) -> CaseCount | None:
    """The cell of that key; None where the period has none."""
    return next((cell for cell in all_cells(figures) if cell.key == key), None)


def all_cells(of: PeriodFigures) -> Iterator[CaseCount]:
    """Every cell, each key once."""
    yield from (of.received, of.not_appeals, of.overdue, of.asked, of.repeats, of.reopened, of.clock_faults)
    for group in (
        of.by_kind,
        of.by_topic,
        of.by_channel,
        of.by_hour,
        of.by_weekday,
        of.unanswered,
        of.places,
    ):
        yield from group
    yield from (of.first_response.elapsed.cell, of.answer.elapsed.cell)
    yield from (of.promise.kept, of.promise.broken, of.promise.running, of.promise.unknown)
    for topic in of.topics:
        yield from (topic.waits.elapsed.cell, topic.late)
    for figures in of.silenced:
        yield from (figures.cell, figures.taken_back)
    for look in of.second_looks:
        yield from (look.checked, look.wrong, look.waiting)
    machine = of.automation
    yield from (machine.by_machine, machine.by_people, machine.silenced, machine.ignored)
    yield from (machine.alone, machine.corrected, machine.wrong)
    yield of.readings.letters
    yield from (reason for _, reason in of.readings.reasons)
    for line in of.correspondents:
        yield from (line.came, line.answered, line.kept, line.open, line.overdue)
    for person in of.operators:
        yield from (person.answered.elapsed.cell, person.reopened)
