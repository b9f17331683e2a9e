"""Correspondents in the report: a table of their own, and in none of the clients' figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.model import CaseLabels, CaseState, ClockMark
from mailbot.model.case.log import LoggedCase, LoggedReading
from mailbot.model.report.report import Report
from mailbot.reporting import figures, report
from mailbot.wording.report.tables.all_tables import build_tables
from tests.reporting.material import (
    WEEK,
    a_case,
    answered,
    at,
    figures_of,
    ids,
    logged_of,
    rulebook,
    trend_of,
)

MONDAY = at("11-16 09:00")
CLIENTS = (
    answered(1, MONDAY, timedelta(hours=5)),
    answered(2, MONDAY, timedelta(hours=1), machine=True, topic="office_hours", kind="question"),
    a_case(3, MONDAY, respond_by=MONDAY + timedelta(days=1), house="5"),
    a_case(4, MONDAY, CaseState.SILENCED, clause="2.2.email.1"),
    a_case(5, MONDAY, CaseState.IGNORED),
)


def written(
    id: int, group: str = "authority", *, due: timedelta = timedelta(days=3), **more: object
) -> LoggedCase:
    """A correspondent's letter that waits."""
    return a_case(id, MONDAY, kind=None, topic="", respond_by=MONDAY + due, correspondent=group, **more)  # type: ignore[arg-type]


def replied(id: int, group: str, after: timedelta) -> LoggedCase:
    one = written(id, group)
    told = a_case(
        id,
        MONDAY,
        CaseState.AWAITING_REVIEW,
        (MONDAY + after, CaseState.ANSWERED, "anna", ClockMark.ANSWERED),
    ).events[-1]
    return replace(one, events=(*one.events, told))


THEIRS = (
    replied(11, "authority", timedelta(days=2)),
    replied(12, "authority", timedelta(days=5)),
    written(13, "authority"),
    written(14, "bank", due=timedelta(days=9)),
)


def test_the_clients_figures_are_the_same_with_and_without_them() -> None:
    alone, both = figures_of(CLIENTS), figures_of((*CLIENTS, *THEIRS))
    assert both.correspondents != ()
    assert replace(both, correspondents=()) == alone


def test_they_stand_by_group_and_all_together() -> None:
    found = figures_of((*CLIENTS, *THEIRS))
    assert [line.group for line in found.correspondents] == ["authority", "bank", ""]
    assert ids(found, "correspondents:authority") == (11, 12, 13)
    assert ids(found, "correspondents_answered:authority") == (11, 12)
    assert ids(found, "correspondents_kept:authority") == (11,)
    assert ids(found, "correspondents_open:") == (13, 14)
    assert ids(found, "correspondents_overdue:") == (13,)


def test_what_is_open_from_before_the_week_is_open_still() -> None:
    old = replace(written(20), received_at=MONDAY - timedelta(days=30))
    found = figures_of((), older=(old,))
    assert ids(found, "correspondents_open:authority") == (20,)
    assert ids(found, "correspondents:authority") == ()


def test_whom_a_person_calls_a_client_counts_as_one_from_then_on() -> None:
    client = CaseLabels("complaint", "cold_radiators", correspondent="")
    told = (MONDAY + timedelta(hours=2), CaseState.AWAITING_REVIEW, "anna", ClockMark.CORRECTED, client)
    found = figures_of((a_case(30, MONDAY, CaseState.AWAITING_REVIEW, told, correspondent="authority"),))
    assert ids(found, "received") == (30,)
    assert found.correspondents == ()
    before = figures_of(
        (a_case(30, MONDAY, CaseState.AWAITING_REVIEW, told, correspondent="authority"),), as_of=MONDAY
    )
    assert ids(before, "received") == (), "a report of an earlier moment comes out as it did then"


def test_their_readings_are_nobodys() -> None:
    readings = (LoggedReading(11, accepted=True, reason=""), LoggedReading(1, accepted=True, reason=""))
    found = figures(WEEK, logged_of((*CLIENTS, *THEIRS), readings=readings), rulebook())
    assert found.readings.accepted == 1


def test_the_report_has_a_table_of_them_and_tells_what_is_overdue() -> None:
    found = report(figures_of((*CLIENTS, *THEIRS)), None, None, trend_of(1, 2), rulebook())
    assert isinstance(found, Report)
    table = next(one for one in build_tables(found) if one.key == "correspondents")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["authority", "3", "2", "1", "1", "1"],
        ["bank", "1", "0", "0", "1", "0"],
        ["Всего", "4", "2", "1", "2", "1"],
    ]
    assert "просрочен ответ ведомствам и контрагентам: 1" in found.sentences[2]
    without = report(figures_of(CLIENTS), None, None, trend_of(1, 2), rulebook())
    assert all(one.key != "correspondents" for one in build_tables(without))
