"""What came in: by kind, topic, channel, hour, weekday; by house; and what came again."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.model import Channel, LetterKind, Rulebook
from mailbot.model.report.report import CaseCount
from mailbot.reporting.judged_cases import TimedCase, cell, group_by
from mailbot.wording.report.cell_titles import CHANNELS, KINDS, NO_TOPIC, UNREAD, WEEKDAYS

_VOWELS = "аеиоуыэюяьй"
MAX_PLACES = 15
FEWEST_AT_A_PLACE = 2
"""Complaints of one house that are worth a line: one is one flat's trouble."""


def by_kind(found: Sequence[TimedCase]) -> tuple[CaseCount, ...]:
    """All kinds, in the order of the model; and what nobody has read yet, where there is any."""
    groups = group_by(found, lambda case: case.clock.labels.kind or "")
    titles: dict[str, str] = {"": UNREAD, **{str(kind): title for kind, title in KINDS.items()}}
    others = sorted(groups.keys() - set(LetterKind), reverse=True)
    return tuple(
        cell(f"kind:{name}", titles.get(name, name), groups.get(name, ())) for name in (*LetterKind, *others)
    )


def by_topic(found: Sequence[TimedCase], rulebook: Rulebook) -> tuple[CaseCount, ...]:
    """The topics that came, the most frequent first."""
    groups = group_by(found, lambda case: case.clock.labels.topic or "")
    cells = [cell(f"topic:{name}", topic_title(name, rulebook), cases) for name, cases in groups.items()]
    return tuple(sorted(cells, key=lambda case_count: (-case_count.count, case_count.key)))


def topic_title(name: str, rulebook: Rulebook) -> str:
    """As staff see it; a topic that the rules no longer hold keeps its name."""
    topic = rulebook.topic(name)
    return topic.title if topic else name or NO_TOPIC


def by_channel(found: Sequence[TimedCase]) -> tuple[CaseCount, ...]:
    """All channels, in the order of the model."""
    groups = group_by(found, lambda timed: timed.case.channel)
    return tuple(
        cell(f"channel:{channel}", CHANNELS[channel], groups.get(channel, ())) for channel in Channel
    )


def by_hour(found: Sequence[TimedCase]) -> tuple[CaseCount, ...]:
    """24 cells, in the company's time zone."""
    groups = group_by(found, lambda case: f"{case.received_at.hour:02}")
    return tuple(cell(f"hour:{at:02}", f"{at}–{at + 1} ч", groups.get(f"{at:02}", ())) for at in range(24))


def by_weekday(found: Sequence[TimedCase]) -> tuple[CaseCount, ...]:
    """7 cells from Monday, in the company's time zone."""
    groups = group_by(found, lambda case: str(case.received_at.isoweekday()))
    return tuple(
        cell(f"weekday:{at}", title, groups.get(str(at), ())) for at, title in enumerate(WEEKDAYS, start=1)
    )


def places(found: Sequence[TimedCase]) -> tuple[CaseCount, ...]:
    """Houses from which several complaints came, and streets of whose houses several complain; the loudest first: the
    echo of an outage."""
    complaints = [
        case for case in found if case.clock.labels.kind == LetterKind.COMPLAINT and case.case.street
    ]
    houses = group_by(complaints, lambda timed: f"{timed.case.street}|{timed.case.house}")
    streets = group_by(complaints, lambda timed: f"{timed.case.street}|")
    wide = {at: cases for at, cases in streets.items() if len({case.case.house for case in cases}) > 1}
    cells = [cell(f"place:{at}", _place(at), cases) for at, cases in (houses | wide).items()]
    loud = [case_count for case_count in cells if case_count.count >= FEWEST_AT_A_PLACE]
    return tuple(sorted(loud, key=lambda case_count: (-case_count.count, case_count.key))[:MAX_PLACES])


def _place(key: str) -> str:
    """«Солнечная, 5» of «солнечн|5»: a street is kept without its ending, for people write it in every case."""
    street, _, house = key.partition("|")
    name = street if street[-1:] in _VOWELS else f"{street}ая"
    return f"{name[:1].upper()}{name[1:]}, {house or 'вся улица'}"
