"""Plain SQL and the clocks agree on logs that nobody thought of: any lines in any order, clocks set back among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from mailbot.model import CaseState, ClockMark
from mailbot.model.case.log import LoggedCase
from mailbot.reporting import build_clock
from mailbot.store.case_log.events import events_of
from mailbot.store.database.engine import open_engine, writing
from tests.engines import PostgresServer, SqliteFiles
from tests.reporting.golden_cases import ZONE, Golden, golden
from tests.reporting.material import a_case, line
from tests.reporting.test_clocks_in_sql import agrees, ask, keep
from tests.store.conftest import databases, postgres, sqlite

__all__ = ["databases", "postgres", "sqlite"]

COUNT = 300
AS_OF = datetime(2027, 5, 5, 12, tzinfo=ZONE)
STATES = (CaseState.AWAITING_REVIEW, CaseState.ANSWERED, CaseState.SILENCED, CaseState.IGNORED)
MARKS = (None, *ClockMark, ClockMark.RESPONDED, ClockMark.ASKED, ClockMark.HEARD, ClockMark.UNDELIVERED)
"""Questions, and what comes of them, more often than the rest: there the rules are many."""


def test_both_come_to_the_same_over_any_log(databases: SqliteFiles | PostgresServer) -> None:
    cases = tuple(_judged(_any_log(id, Random(id))) for id in range(1, COUNT + 1))
    engine = open_engine(databases.fresh())
    with writing(engine) as connection:
        keep(connection, cases)
        found = ask(connection, cases)
    engine.dispose()
    wrong = [f"{one}\n{found[one.case.id]}" for one in cases if not agrees(one, found[one.case.id])]
    assert not wrong, wrong[0]


def test_the_database_gives_back_the_log_line_by_line(databases: SqliteFiles | PostgresServer) -> None:
    """Fractions of a second, zones and labels included: else no figure could be reckoned again."""
    engine = open_engine(databases.fresh())
    with writing(engine) as connection:
        keep(connection, golden())
        for one in golden():
            assert events_of(connection, one.case.id) == one.case.events, one.name
    engine.dispose()


def _judged(case: LoggedCase) -> Golden:
    """The case with what the clocks say of it in the place of what a person reckoned."""
    shape = replace(golden()[0], name=str(case.id), case=case, as_of=AS_OF)
    mine = build_clock(case, shape.timetable, AS_OF)
    return replace(
        shape,
        response=(mine.response.elapsed, mine.response.working),
        answer=(mine.answer.elapsed, mine.answer.working),
        outcome=mine.outcome,
        kept=mine.kept,
    )


def _any_log(id: int, chance: Random) -> LoggedCase:
    received = datetime(2025, 1, 1, tzinfo=ZONE) + timedelta(seconds=chance.randrange(2 * 365 * 86_400))
    due = received + timedelta(days=chance.randrange(1, 9)) if chance.random() < 0.8 else None
    found = a_case(id, received, chance.choice(STATES), respond_by=due)
    events = list(found.events)
    for moment in _moments(received, chance):
        state = chance.choice(STATES[:2] * 4 + STATES)
        by = chance.choice(("mailbot", "anna", "клиент"))
        events.append(line(moment, events[-1].became, state, by, chance.choice(MARKS)))
    return replace(found, events=tuple(events))


def _moments(received: datetime, chance: Random) -> Iterator[datetime]:
    """Up to nine; some in one second, some earlier than the one before."""
    now = received
    for _ in range(chance.randrange(10)):
        now += timedelta(
            seconds=chance.choice((0, 0, 1, 600, 40_000, 400_000, -50_000)),
            milliseconds=chance.randrange(900),
        )
        yield now
