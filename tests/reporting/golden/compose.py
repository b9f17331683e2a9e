"""The composed part of the golden data: stories laid over hand-listed working days, their seconds added up from the parts.

`stretches.txt` lists working days by hand with the hours of each. A story is an order of moments on such a stretch; what it
must come to is said beside it (from which moment to which, less which pauses) and added up here: hours of the whole days
between, and of the first and last day what lies between 8:00 and closing. Nothing of mailbot is asked. `composed.tsv`
keeps the result, so that a person can check any line with a calendar and a pencil:

    python tests/reporting/golden/compose.py > tests/reporting/golden/composed.tsv
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.reporting.golden.stories import STORIES, Story

HERE = Path(__file__).parent
COUNT = 434
DAY = 86_400
OPENS = 8 * 3600
TIMES = ("00:00:00", "06:15:00", "08:00:00", "09:41:07", "13:22:18", "15:59:59", "16:30:00", "17:00:00", "21:40:33",
         "23:59:00")  # fmt: skip
"""Moments of a working day at which something happens: before opening, at its edges, in it, at the last minute."""

OFF_TIMES = ("00:00:00", "11:11:11", "23:59:59")
"""The same of a day on which nobody works."""

HEADER = ("case", "received", "as_of", "respond_by", "events", "response", "response_working", "answer",
          "answer_working", "outcome", "kept")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Working days in a row, each with its hours."""

    name: str
    days: tuple[tuple[date, int], ...]

    def worked(self, spot: int) -> int:
        """Seconds worked from the stretch's first midnight to the spot."""
        total = 0
        for day, hours in self.days:
            if day.toordinal() < spot // DAY:
                total += hours * 3600
            elif day.toordinal() == spot // DAY:
                total += min(max(spot % DAY - OPENS, 0), hours * 3600)
        return total

    def spots(self) -> tuple[int, ...]:
        """All moments at which something may happen, as seconds; working days and the days off between them."""
        listed = {day.toordinal() for day, _ in self.days}
        found = []
        for day in range(min(listed), max(listed) + 1):
            times = TIMES if day in listed else OFF_TIMES
            found += [day * DAY + _seconds(time) for time in times]
        return tuple(found)


def stretches() -> tuple[Stretch, ...]:
    """The stretches of the file."""
    found = []
    for block in (HERE / "stretches.txt").read_text(encoding="utf-8").split("\n= ")[1:]:
        name, *lines = block.strip().splitlines()
        days = (line.split() for line in lines if line)
        found.append(Stretch(name, tuple((date.fromisoformat(day), int(hours)) for day, hours in days)))
    return tuple(found)


def composed() -> Iterator[tuple[str, ...]]:
    """The lines of `composed.tsv`, its header first."""
    yield HEADER
    known = stretches()
    for number in range(COUNT):
        story = STORIES[number % len(STORIES)]
        stretch = known[(number // len(STORIES) + number) % len(known)]
        yield _line(number, story, stretch)


def _line(number: int, story: Story, stretch: Stretch) -> tuple[str, ...]:
    spots = _chosen(stretch.spots(), story.moments, number)
    end = spots[story.answered] if story.answered is not None else spots[-1]
    paused = [(spots[start], spots[stop]) for start, stop in story.pauses]
    due, kept = _due(number, end - sum(stop - start for start, stop in paused), story.answered is not None)
    response = spots[story.responded] if story.responded is not None else spots[-1]
    before = paused if story.pauses_before_response else []
    events = "; ".join(
        f"{written(spots[line.at])} {line.state} {line.by} {line.mark}" for line in story.lines
    )
    return (
        f"{story.name} / {stretch.name}",
        written(spots[0]),
        written(spots[-1]),
        written(due) if due is not None else "-",
        events,
        *_wait(stretch, spots[0], response, before, open_=story.responded is None),
        *_wait(stretch, spots[0], end, paused, open_=story.answered is None),
        story.outcome,
        kept,
    )


def _wait(
    stretch: Stretch, start: int, end: int, paused: list[tuple[int, int]], *, open_: bool
) -> tuple[str, str]:
    """«(at least) h:mm:ss» on the wall and in working hours."""
    wall = end - start - sum(stop - begun for begun, stop in paused)
    worked = stretch.worked(end) - stretch.worked(start)
    worked -= sum(stretch.worked(stop) - stretch.worked(begun) for begun, stop in paused)
    sign = ">" if open_ else ""
    return sign + span(wall), sign + span(worked)


def _due(number: int, reckoned: int, answered: bool) -> tuple[int | None, str]:
    """A deadline around the moment that counts: on the second, a second before it, hours to either side, or none."""
    shift = (None, 0, -1, 7200, -7200, 1)[number % 6]
    if shift is None:
        return None, "unknown"
    in_time = shift >= 0
    return reckoned + shift, ("kept" if answered else "running") if in_time else "broken"


def _chosen(spots: tuple[int, ...], count: int, number: int) -> tuple[int, ...]:
    """So many of the spots in their order, spread by a row of remainders: no chance is in it."""
    left = list(spots)
    state, found = number * 7919 + 13, []
    for _ in range(count):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        found.append(left.pop((state >> 8) % len(left)))
    return tuple(sorted(found))


def written(spot: int) -> str:
    day, second = date.fromordinal(spot // DAY), spot % DAY
    return f"{day} {second // 3600:02}:{second % 3600 // 60:02}:{second % 60:02}"


def span(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _seconds(time: str) -> int:
    hours, minutes, seconds = (int(part) for part in time.split(":"))
    return hours * 3600 + minutes * 60 + seconds


if __name__ == "__main__":
    for line in composed():
        print("\t".join(line))
