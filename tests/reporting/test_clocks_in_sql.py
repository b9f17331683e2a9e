"""Two computations that share nothing agree on all golden cases, to the second: ours, and plain SQL over the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import holidays
from sqlalchemy import Connection, insert, text

from mailbot.model import CaseEvent, CaseLabels
from mailbot.model.report.report import Wait
from mailbot.model.rules.working_calendar import DaysOff, WorkCalendar
from mailbot.reporting.case_clocks import labels_of
from mailbot.store.database.engine import open_engine, writing
from mailbot.store.schema.letters_and_cases import case, case_event, letter
from tests.engines import PostgresServer, SqliteFiles
from tests.reporting import clock_sql
from tests.reporting.golden_cases import HOURS, ZONE, Golden, calendar, golden
from tests.store.conftest import databases, postgres, sqlite

__all__ = ["databases", "postgres", "sqlite"]


def keep(connection: Connection, cases: tuple[Golden, ...]) -> None:
    """The cases and their log as they stand in a database."""
    for one in cases:
        at, id = one.case.received_at, one.case.id
        connection.execute(
            insert(letter).values(
                id=id,
                sha256=f"{id:064}",
                received_at=at,
                collected_at=at,
                source="golden",
                sender="",
                message_id="",
            )
        )
        connection.execute(
            insert(case).values(
                id=id,
                letter_id=id,
                state=one.case.events[-1].became,
                sender="",
                received_at=at,
                channel=one.case.channel,
            )
        )
        for line in one.case.events:
            said = line.labels
            connection.execute(
                insert(case_event).values(
                    case_id=id, at=line.at, was=line.was, became=line.became, by=line.by, why=line.why, mark=line.mark,
                    kind=said.kind, topic=said.topic, clause=said.clause, respond_by=said.respond_by,
                    correspondent=said.correspondent,
                )
            )  # fmt: skip


def open_days(known_at: datetime, calendar: WorkCalendar) -> tuple[tuple[int, int], ...]:
    """When the company is open from 2024 to 2029, day by day, as seconds since 1970."""
    years = range(2024, 2030)
    return tuple(one for year in years for one in open_in(year, newest_of(year, known_at, calendar)))


@lru_cache
def open_in(year: int, newest: DaysOff | None) -> tuple[tuple[int, int], ...]:
    known = holidays.country_holidays("RU", years=year, expand=False)
    found, day = [], date(year, 1, 1)
    while day.year == year:
        if known.is_working_day(day) if newest is None else is_worked(day, newest):
            closes = datetime.combine(day, HOURS.closes, ZONE)
            if newest is not None and day in newest.short:
                closes -= timedelta(hours=1)
            found.append((int(datetime.combine(day, HOURS.opens, ZONE).timestamp()), int(closes.timestamp())))
        day += timedelta(days=1)
    return tuple(found)


def newest_of(year: int, known_at: datetime, calendar: WorkCalendar) -> DaysOff | None:
    known = sorted(
        (one for one in calendar.versions if one.year == year and one.known_from <= known_at),
        key=lambda one: one.known_from,
    )
    return known[-1] if known else None


def is_worked(day: date, version: DaysOff) -> bool:
    return day in version.working or (day.weekday() < 5 and day not in version.off)


def ask(connection: Connection, cases: tuple[Golden, ...]) -> dict[int, Any]:
    """What plain SQL says of each case."""
    for statement in clock_sql.TABLES:
        connection.execute(text(statement))
    versions: dict[tuple[tuple[int, int], ...], int] = {}
    for one in cases:
        days = open_days(one.as_of, calendar())
        version = versions.setdefault(days, len(versions))
        connection.execute(
            text("INSERT INTO wanted VALUES (:id, :as_of, :version)"),
            {"id": one.case.id, "as_of": int(one.as_of.timestamp()), "version": version},
        )
    for days, version in versions.items():
        connection.execute(
            text("INSERT INTO span VALUES (:version, :opens, :closes)"),
            [{"version": version, "opens": opens, "closes": closes} for opens, closes in days],
        )
    rows = connection.execute(text(clock_sql.query(connection.dialect.name)))
    return {row.case_id: row for row in rows}


def test_plain_sql_over_the_log_comes_to_the_same_seconds(databases: SqliteFiles | PostgresServer) -> None:
    engine = open_engine(databases.fresh())
    with writing(engine) as connection:
        keep(connection, golden())
        found = ask(connection, golden())
    engine.dispose()
    assert len(found) == 500
    wrong = [f"{one.name}: {found[one.case.id]}" for one in golden() if not agrees(one, found[one.case.id])]
    assert not wrong, "\n".join(wrong[:20])


def agrees(one: Golden, row: Any) -> bool:
    response = tuple(
        Wait(int(of), bool(row.no_response)) for of in (row.response_elapsed, row.response_working)
    )
    answer = tuple(Wait(int(of), bool(row.no_answer)) for of in (row.answer_elapsed, row.answer_working))
    return (response, answer, row.outcome, row.kept) == (one.response, one.answer, one.outcome, one.kept)


def test_the_second_computation_would_notice_a_second(databases: SqliteFiles | PostgresServer) -> None:
    """A letter that came a second earlier waits a second longer by both."""
    engine = open_engine(databases.fresh())
    with writing(engine) as connection:
        keep(connection, golden()[:1])
        connection.execute(
            text("UPDATE case_ SET received_at = :at"),
            {"at": moved(golden()[0].case.received_at, connection.dialect.name)},
        )
        (row,) = ask(connection, golden()[:1]).values()
    engine.dispose()
    assert not agrees(golden()[0], row)
    assert row.answer_elapsed == golden()[0].answer[0].seconds + 1


def moved(at: datetime, dialect: str) -> object:
    earlier = at - timedelta(seconds=1)
    written = earlier.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return earlier if dialect == "postgresql" else written


def test_who_writes_is_the_same_by_both(databases: SqliteFiles | PostgresServer) -> None:
    """A third of the cases are correspondents', and of half of those a person says later that a client wrote."""
    cases = tuple(written_by(one, at) for at, one in enumerate(golden()[:60]))
    engine = open_engine(databases.fresh())
    with writing(engine) as connection:
        keep(connection, cases)
        found = ask(connection, cases)
    engine.dispose()
    by_log = {one.case.id: labels_of(of_moment(one)).correspondent for one in cases}
    assert {id: row.correspondent for id, row in found.items()} == by_log
    assert {None, "", "authority"} == set(by_log.values())


def of_moment(one: Golden) -> list[CaseEvent]:
    return [line for line in one.case.events if line.at <= one.as_of]


def written_by(one: Golden, at: int) -> Golden:
    if at % 3:
        return one
    first = one.case.events[0]
    said = [replace(first, labels=CaseLabels(correspondent="authority"))]
    if at % 2:
        said.append(replace(first, labels=CaseLabels(correspondent="")))
    return replace(one, case=replace(one.case, events=(*said, *one.case.events[1:])))
