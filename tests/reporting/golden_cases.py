"""The golden data: 500 cases with clocks that were reckoned without mailbot; 66 by hand, 434 composed of listed days.

`golden/by_hand.toml` holds the ones reckoned with a calendar and a pencil, the arithmetic beside each;
`golden/composed.tsv` those added up from hand-listed working days (`golden/compose.py` says how). Moments are local time of
Asia/Yekaterinburg, waits «h:mm:ss», «>» before a wait that goes on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.model import CaseLabels, CaseState, Channel, ClockMark
from mailbot.model.case.life_cycle import NO_LABELS, CaseEvent
from mailbot.model.case.log import LoggedCase
from mailbot.model.report.report import Wait
from mailbot.model.rules.working_calendar import DaysOff, Timetable, WorkCalendar, WorkingHours

FOLDER = Path(__file__).parent / "golden"
ZONE = ZoneInfo("Asia/Yekaterinburg")
HOURS = WorkingHours((1, 2, 3, 4, 5), time(8), time(17), "Asia/Yekaterinburg")
NONE = "-"


@dataclass(frozen=True, slots=True)
class Golden:
    """A case, and what its clocks must show as of a moment; `response` and `answer` are (elapsed, working).

    `fault`: a line of its log is older than the letter.
    """

    name: str
    case: LoggedCase
    as_of: datetime
    respond_by: datetime | None
    response: tuple[Wait, Wait]
    answer: tuple[Wait, Wait]
    outcome: str
    kept: str
    fault: bool

    @property
    def timetable(self) -> Timetable:
        """The hours, and the days off as they were known at `as_of`."""
        return Timetable(HOURS, calendar(), self.as_of)


@lru_cache(maxsize=1)
def golden() -> tuple[Golden, ...]:
    """All 500, their cases numbered from 1."""
    rows = [*_by_hand(), *_composed()]
    return tuple(_case(id, row) for id, row in enumerate(rows, start=1))


@lru_cache(maxsize=1)
def calendar() -> WorkCalendar:
    """The days off that the data is reckoned by: 2025 to 2027 as they are, 2028 with a decree that came late.

    Of 2024 nothing is said here, so that the `holidays` package must know it.
    """
    text = (FOLDER / "days_off.toml").read_text(encoding="utf-8")
    return WorkCalendar(tuple(_version(row) for row in tomllib.loads(text)["year"]))


def _version(row: dict[str, Any]) -> DaysOff:
    off, working, short = (frozenset(row[key]) for key in ("off", "working", "short"))
    return DaysOff(
        row["year"], datetime.combine(row["known_from"], time(), ZONE), "golden", off, working, short
    )


def _by_hand() -> Iterator[dict[str, str]]:
    for row in tomllib.loads((FOLDER / "by_hand.toml").read_text(encoding="utf-8"))["case"]:
        events = "; ".join(row.pop("events"))
        response, answer = row.pop("response").split(), row.pop("answer").split()
        yield {
            **row,
            "events": events,
            "respond_by": row.get("respond_by", NONE),
            "response": response[0],
            "response_working": response[1],
            "answer": answer[0],
            "answer_working": answer[1],
        }


def _composed() -> Iterator[dict[str, str]]:
    header, *lines = (FOLDER / "composed.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        yield dict(zip(header.split("\t"), line.split("\t"), strict=True))


def _case(id: int, row: dict[str, str]) -> Golden:
    due = None if row["respond_by"] == NONE else _moment(row["respond_by"])
    events = tuple(_events(row["events"], due))
    channel = tuple(Channel)[id % len(Channel)]
    return Golden(
        name=f"{id}: {row['case']}",
        case=LoggedCase(id, f"G-{id:06}", _moment(row["received"]), channel, None, False, "", "", events),
        as_of=_moment(row["as_of"]),
        respond_by=due,
        response=(_wait(row["response"]), _wait(row["response_working"])),
        answer=(_wait(row["answer"]), _wait(row["answer_working"])),
        outcome=row["outcome"],
        kept=row["kept"],
        fault="fault" in row,
    )


def _events(text: str, due: datetime | None) -> Iterator[CaseEvent]:
    """«2026-11-20 16:00:05 awaiting_review mailbot responded» a line; the first decision carries the labels."""
    was = None
    for line in text.split("; "):
        day, clock, state, by, mark = line.split()
        became = CaseState(state)
        decided = was is CaseState.COLLECTED and became is not CaseState.COLLECTED
        clause = "2.2.email.1" if became is CaseState.SILENCED else None
        labels = CaseLabels("question", "debt", clause, due) if decided else CaseLabels(clause=clause)
        yield CaseEvent(
            _moment(f"{day} {clock}"), was, became, by, "golden",
            None if mark == NONE else ClockMark(mark), labels if decided or clause else NO_LABELS,
        )  # fmt: skip
        was = became


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def _wait(text: str) -> Wait:
    hours, minutes, seconds = (int(part) for part in text.removeprefix(">").split(":"))
    return Wait(hours * 3600 + minutes * 60 + seconds, text.startswith(">"))
