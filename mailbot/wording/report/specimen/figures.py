"""The figures of the specimen's fictional cases: each cell holds its cases, and all of them fit one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailbot.model.letter.channel import Channel
from mailbot.model.report.period import Period
from mailbot.model.report.report import (
    CaseCount,
    DeadlineFigures,
    SilencedFigures,
    TopicLine,
    Wait,
    WaitFigures,
    WaitSummary,
)
from mailbot.wording.report.cell_titles import AGES, CHANNELS, KINDS, WEEKDAYS
from mailbot.wording.report.specimen.cases import HOUR, TOPICS, SpecimenCase, moment


def cell(key: str, title: str, found: Iterable[SpecimenCase]) -> CaseCount:
    """The cell of these cases."""
    return CaseCount(key, title, tuple(case.id for case in found))


def flows(came: tuple[SpecimenCase, ...]) -> dict[str, tuple[CaseCount, ...]]:
    """The cells of kinds, topics, channels, hours and weekdays."""
    channels = tuple(Channel)
    topics = [
        cell(f"topic:{topic.name}", topic.title, [c for c in came if c.topic is topic]) for topic in TOPICS
    ]
    return {
        "by_kind": tuple(
            cell(f"kind:{kind}", title, [case for case in came if case.topic.kind is kind])
            for kind, title in KINDS.items()
        ),
        "by_topic": tuple(
            sorted(
                (topic for topic in topics if topic.cases),
                key=lambda case_count: (-case_count.count, case_count.key),
            )
        ),
        "by_channel": tuple(
            cell(
                f"channel:{name}",
                CHANNELS[name],
                [case for case in came if channels[max(case.id % 10 - 5, 0)] is name],
            )
            for name in channels
        ),
        "by_hour": tuple(
            cell(f"hour:{at:02}", f"{at}–{at + 1} ч", [case for case in came if case.received.hour == at])
            for at in range(24)
        ),
        "by_weekday": tuple(
            cell(f"weekday:{at}", title, [case for case in came if case.received.isoweekday() == at])
            for at, title in enumerate(WEEKDAYS, start=1)
        ),
    }


def waited(
    key: str, title: str, of: Iterable[SpecimenCase], seconds: Callable[[SpecimenCase], int]
) -> WaitFigures:
    """The waits of these cases; of each hour on the wall three eighths are worked."""
    cases = tuple(of)
    whole = spread(cell(key, title, cases), cases, seconds)
    return WaitFigures(whole, spread(whole.cell, cases, lambda case: seconds(case) * 3 // 8))


def spread(
    cell: CaseCount, found: tuple[SpecimenCase, ...], seconds: Callable[[SpecimenCase], int]
) -> WaitSummary:
    """Nearest-rank percentiles of so many seconds a case."""
    waits = sorted((seconds(case), case.open, case.id) for case in found)
    if not waits:
        return WaitSummary(cell, None, None, None, None)

    def at(percent: int) -> Wait:
        waited, open_, _ = waits[max(0, -(-percent * len(waits) // 100) - 1)]
        return Wait(waited, open_)

    return WaitSummary(cell, at(50), at(90), at(100), waits[-1][2])


def topic_lines(owed: tuple[SpecimenCase, ...]) -> tuple[TopicLine, ...]:
    """A line for each topic, the busiest first."""
    lines = []
    for topic in TOPICS:
        own = [case for case in owed if case.topic is topic]
        if own:
            waits = waited(f"answer:{topic.name}", topic.title, own, lambda case: case.answer)
            late = cell(f"late:{topic.name}", topic.title, [case for case in own if case.late])
            lines.append(TopicLine(waits, late))
    return tuple(sorted(lines, key=lambda line: -line.waits.elapsed.cell.count))


def promise(owed: tuple[SpecimenCase, ...]) -> DeadlineFigures:
    """What came of the deadlines."""
    unknown = [case for case in owed if case.open and case.id % 17 == 3]
    known = [case for case in owed if case not in unknown]
    return DeadlineFigures(
        cell("kept", "В срок", [case for case in known if not case.open and not case.late]),
        cell("broken", "Срок нарушен", [case for case in known if case.late]),
        cell("running", "Срок ещё идёт", [case for case in known if case.open and not case.late]),
        cell("unknown", "Срок не определён", unknown),
    )


def ages(owed: tuple[SpecimenCase, ...], period: Period, older: tuple[int, ...]) -> tuple[CaseCount, ...]:
    """The unanswered by age; `older` came before the period."""
    limits = (24 * HOUR, 72 * HOUR, 240 * HOUR, 720 * HOUR)
    found: list[list[int]] = [[], [], [], list(older[:5]), list(older[5:])]
    for case in owed:
        if case.open:
            age = int((moment(period) - case.received).total_seconds())
            found[sum(age > limit for limit in limits)].append(case.id)
    return tuple(CaseCount(f"age:{at}", AGES[at], tuple(ids)) for at, ids in enumerate(found))


def silenced_by(clause: str, title: str, came: tuple[SpecimenCase, ...]) -> SilencedFigures:
    """What that clause silenced."""
    own = [case for case in came if case.clause == clause]
    back = [case for case in own if case.id % 5 == 1]
    return SilencedFigures(
        clause, cell(f"silenced:{clause}", title, own), cell(f"taken_back:{clause}", title, back)
    )
