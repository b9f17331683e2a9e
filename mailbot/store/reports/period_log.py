"""What the log knows of a period, as of a moment: each part by an index, so that it grows with the period alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal, or_, select
from sqlalchemy import case as when

from mailbot.model import CaseState, Channel
from mailbot.model.case.life_cycle import CaseEvent
from mailbot.model.case.log import CaseFlow, LoggedCase, LoggedReading, PeriodLog
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.report.period import Period
from mailbot.store.case_log.events import event_of
from mailbot.store.mail.duplicates import is_no_copy
from mailbot.store.schema.column_types import AwareDateTime
from mailbot.store.schema.letters_and_cases import case, case_event, case_open, case_place, reading
from mailbot.store.staff import members_and_sessions

PORTION = 500
"""Cases of one statement: SQLite takes no longer lists everywhere."""

REPEAT = timedelta(days=30)
"""Within so many days the same writer's same topic is a repeated contact."""

_LINE = (
    case_event.c.case_id, case_event.c.at, case_event.c.was, case_event.c.became, case_event.c.by, literal("").label("why"),
    case_event.c.mark, case_event.c.kind, case_event.c.topic, case_event.c.clause, case_event.c.respond_by,
    case_event.c.correspondent,
)  # fmt: skip


def logged(connection: Connection, period: Period, as_of: datetime, zone: ZoneInfo) -> PeriodLog:
    """The cases that came in the period, had a mark in it, or were open at `as_of`, with their lines up to then."""
    begins, ends = period.begins(zone), min(period.ends(zone), as_of)
    received = _ids(connection, case.c.id, case.c.received_at >= begins, case.c.received_at < ends)
    marked = _ids(
        connection,
        case_event.c.case_id,
        case_event.c.mark.is_not(None),
        case_event.c.at >= begins,
        case_event.c.at < ends,
    )
    waiting = _ids(connection, case_open.c.case_id, *_open_at(as_of))
    again = _repeats(connection, begins, ends)
    cases = _cases(connection, sorted({*received, *marked, *waiting}), as_of, again)
    return PeriodLog(
        as_of,
        tuple(cases[id] for id in received if id in cases),
        tuple(cases[id] for id in marked if id in cases),
        tuple(cases[id] for id in waiting if id in cases),
        tuple(_readings(connection, begins, ends)),
        members_and_sessions.names(connection),
    )


def cases_of(connection: Connection, ids: Sequence[int], as_of: datetime) -> tuple[LoggedCase, ...]:
    """These cases with their lines up to that moment; whether they are repeats is not asked."""
    return tuple(_cases(connection, ids, as_of, frozenset()).values())


def _ids(connection: Connection, column: ColumnElement[int], *conditions: ColumnElement[bool]) -> list[int]:
    return sorted(set(connection.scalars(select(column).where(*conditions))))


def _open_at(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        case_open.c.opened_at <= moment,
        or_(case_open.c.closed_at.is_(None), case_open.c.closed_at > moment),
    )


def _cases(
    connection: Connection, ids: Sequence[int], as_of: datetime, again: Set[int]
) -> dict[int, LoggedCase]:
    cases: dict[int, LoggedCase] = {}
    for portion in _portions(ids):
        lines = _lines(connection, portion, as_of)
        query = (
            select(
                case.c.id,
                case.c.number,
                case.c.received_at,
                case.c.channel,
                case.c.follows,
                case_place.c.street,
                case_place.c.house,
            )
            .join(case_place, case_place.c.case_id == case.c.id, isouter=True)
            .where(case.c.id.in_(portion), is_no_copy())
        )
        for row in connection.execute(query):
            cases[row.id] = _case(row, lines.get(row.id, []), again)
    return cases


def _case(row: Any, lines: list[CaseEvent], again: Set[int]) -> LoggedCase:
    return LoggedCase(
        row.id,
        row.number,
        row.received_at,
        Channel(row.channel),
        row.follows,
        row.follows is not None or row.id in again,
        row.street or "",
        row.house or "",
        tuple(lines),
    )


def _repeats(connection: Connection, begins: datetime, ends: datetime) -> set[int]:
    """Cases of the period whose writer had asked about the same topic shortly before, by what each was first decided to be."""
    before = func.lag(case.c.received_at, type_=AwareDateTime()).over(
        partition_by=(case.c.sender, case_event.c.topic), order_by=(case.c.received_at, case.c.id)
    )
    asked = (
        select(case.c.id, case.c.received_at, before.label("before"))
        .join(case_event, case_event.c.case_id == case.c.id)
        .where(
            case.c.received_at >= begins - REPEAT,
            case.c.received_at < ends,
            case.c.sender != "",
            case_event.c.was == CaseState.COLLECTED,
            case_event.c.topic != "",
            case_event.c.correspondent.is_(None),
        )
        .subquery()
    )
    query = select(asked).where(asked.c.received_at >= begins, asked.c.before.is_not(None))
    return {row.id for row in connection.execute(query) if row.received_at - row.before <= REPEAT}


def _lines(connection: Connection, ids: Sequence[int], as_of: datetime) -> dict[int, list[CaseEvent]]:
    query = (
        select(*_LINE)
        # the line of receipt tells nothing that the case does not tell: a fifth of all lines
        .where(case_event.c.case_id.in_(ids), case_event.c.at <= as_of, case_event.c.was.is_not(None))
        .order_by(case_event.c.id)
    )
    events: dict[int, list[CaseEvent]] = {}
    for row in connection.execute(query):
        events.setdefault(row.case_id, []).append(event_of(row))
    return events


def _readings(connection: Connection, begins: datetime, ends: datetime) -> Iterator[LoggedReading]:
    """Of the letters that came in the period; the machine's first word is never changed by what people make of it."""
    query = (
        select(reading.c.case_id, reading.c.first_state, reading.c.first_reason)
        .join(case, case.c.id == reading.c.case_id)
        .where(case.c.received_at >= begins, case.c.received_at < ends, reading.c.first_state.is_not(None))
        .order_by(reading.c.id)
    )
    for row in connection.execute(query):
        yield LoggedReading(row.case_id, row.first_state == ReadingState.ACCEPTED, row.first_reason or "")


def first_letter(connection: Connection) -> datetime | None:
    """When the oldest letter was received; None before the first."""
    return connection.scalar(select(case.c.received_at).order_by(case.c.received_at, case.c.id).limit(1))


def flow(
    connection: Connection, periods: Sequence[Period], as_of: datetime, zone: ZoneInfo
) -> tuple[CaseFlow, ...]:
    """Of each period (in their order, without gaps) how many clients' cases became owed an answer, how many were closed,
    how many were open at its end."""
    spans = [
        (period.begins(zone), max(period.begins(zone), min(period.ends(zone), as_of))) for period in periods
    ]
    # what turned out to be no client's letter never counted; what had not turned out yet did
    appeal = or_(case_open.c.ignored.is_(False), case_open.c.closed_at > as_of)
    sums = [sum_ for begins, ends in spans for sum_ in _sums(begins, ends)]
    first = spans[0][0]
    parts = (case_open.c.closed_at >= first, case_open.c.closed_at.is_(None))
    rows = [
        connection.execute(
            select(*sums).where(
                part, appeal, ~_of_correspondents(as_of), case_open.c.opened_at < spans[-1][1]
            )
        ).one()
        for part in parts
    ]
    counts = [sum(value or 0 for value in values) for values in zip(*rows, strict=True)]
    return tuple(CaseFlow(*counts[at : at + 3]) for at in range(0, len(counts), 3))


def _of_correspondents(as_of: datetime) -> ColumnElement[bool]:
    """Is the case a correspondent's, as the log said last at that moment?"""
    later = case_event.alias("later")
    said = (case_event.c.correspondent.is_not(None), case_event.c.at <= as_of)
    again = exists().where(
        later.c.case_id == case_event.c.case_id,
        later.c.correspondent.is_not(None),
        later.c.id > case_event.c.id,
        later.c.at <= as_of,
    )
    newest = select(case_event.c.case_id).where(*said, case_event.c.correspondent != "", ~again)
    return case_open.c.case_id.in_(newest)


def _sums(begins: datetime, ends: datetime) -> tuple[ColumnElement[int], ...]:
    opened, closed = case_open.c.opened_at, case_open.c.closed_at
    still = or_(closed.is_(None), closed >= ends)
    conditions = (
        and_(opened >= begins, opened < ends),
        and_(closed >= begins, closed < ends),
        and_(opened < ends, still),
    )
    return tuple(func.sum(when((condition, 1), else_=0)) for condition in conditions)


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]
