"""Figures of a week that one can count on one's fingers; each is named by its key and holds its cases."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from mailbot.model import CaseLabels, CaseState, Channel, ClockMark
from mailbot.model.case.log import LoggedReading
from mailbot.model.report.period import Period
from mailbot.model.report.report import Wait
from mailbot.model.rules.report_readers import ReportRules
from mailbot.reporting import as_of, due_at, figures, report
from tests.reporting.material import (
    DUE,
    WEEK,
    ZONE,
    a_case,
    answered,
    at,
    figures_of,
    ids,
    logged_of,
    rulebook,
    trend_of,
)

HOUR = timedelta(hours=1)
WAITING, CLOSED = CaseState.AWAITING_REVIEW, CaseState.ANSWERED


def test_the_unanswered_stand_in_the_percentiles_with_their_age_so_far() -> None:
    """Nine answered within an hour and one nobody has answered: the slowest is the one without answer."""
    quick = [answered(id, at("11-16 09:00"), timedelta(minutes=id)) for id in range(1, 10)]
    found = figures_of([*quick, a_case(10, at("11-16 09:00"))])
    assert found.answer.elapsed.median == Wait(5 * 60)
    assert found.answer.elapsed.p90 == Wait(9 * 60)
    assert found.answer.elapsed.longest == Wait(6 * 86_400 + 23 * 3600, at_least=True)
    assert found.answer.elapsed.worst == 10
    assert found.answer.working.longest == Wait((8 + 4 * 9) * 3600, at_least=True)


def test_nearest_rank_takes_the_wait_of_a_real_case() -> None:
    """Of two the median is the shorter, the ninth of ten the longer."""
    found = figures_of([answered(1, at("11-16 09:00"), HOUR), answered(2, at("11-16 09:00"), 3 * HOUR)])
    assert (found.answer.elapsed.median, found.answer.elapsed.p90) == (Wait(3600), Wait(3 * 3600))


def test_deadlines_have_four_outcomes_that_add_up_to_all_that_are_owed_an_answer() -> None:
    due = at("11-17 17:00")
    found = figures_of(
        [
            answered(1, at("11-16 09:00"), HOUR, respond_by=due),
            answered(2, at("11-16 09:00"), timedelta(days=3), respond_by=due),
            a_case(3, at("11-16 09:00"), respond_by=due),
            a_case(4, at("11-22 09:00"), respond_by=at("11-25 17:00")),
            a_case(5, at("11-22 09:00"), kind=None, topic=None),
            a_case(6, at("11-22 09:00"), CaseState.SILENCED, clause="2.2.email.1"),
            a_case(7, at("11-22 09:00"), CaseState.IGNORED),
        ]
    )
    keys = ("kept", "broken", "running", "unknown")
    assert [ids(found, key) for key in keys] == [(1,), (2, 3), (4,), (5,)]
    assert (found.received.count, ids(found, "not_appeals"), found.promise.judged) == (6, (7,), 3)
    assert ids(found, "late:cold_radiators") == (2, 3)


def test_what_waits_for_an_answer_is_counted_by_age_whenever_it_came() -> None:
    days = (0.5, 1.0, 2, 9, 29, 31)
    open_ = [a_case(id, DUE - timedelta(days=age), respond_by=DUE) for id, age in enumerate(days, start=1)]
    found = figures_of(open_[:3], open_[3:])
    assert [one.cases for one in found.unanswered] == [(1, 2), (3,), (4,), (5,), (6,)]
    assert found.open == 6
    late = figures_of([], [a_case(9, at("10-01 09:00"), respond_by=at("10-06 17:00"))])
    assert ids(late, "overdue") == (9,)
    assert late.received.count == 0


def test_who_waits_for_the_client_is_told_apart() -> None:
    asked = (at("11-16 10:00"), WAITING, "anna", ClockMark.ASKED)
    found = figures_of([a_case(1, at("11-16 09:00"), WAITING, asked, respond_by=at("11-17 17:00"))])
    assert ids(found, "asked") == (1,)
    assert (ids(found, "running"), ids(found, "overdue")) == ((1,), ())


def test_letters_stand_by_kind_topic_channel_hour_and_day_of_the_company() -> None:
    evening_in_utc = at("11-17 00:30").astimezone(UTC)
    found = figures_of(
        [
            a_case(1, evening_in_utc),
            a_case(2, at("11-21 23:59"), kind="question", topic="penalty", channel=Channel.PHONE),
            a_case(3, at("11-21 23:59"), kind=None, topic=None),
        ]
    )
    assert (ids(found, "weekday:2"), ids(found, "hour:00")) == ((1,), (1,))
    assert (ids(found, "weekday:6"), ids(found, "hour:23")) == ((2, 3), (2, 3))
    assert (ids(found, "kind:complaint"), ids(found, "kind:question"), ids(found, "kind:")) == (
        (1,),
        (2,),
        (3,),
    )
    assert (ids(found, "topic:penalty"), ids(found, "topic:"), ids(found, "channel:phone")) == (
        (2,),
        (3,),
        (2,),
    )


def test_a_person_who_corrects_a_case_moves_it_to_its_topic() -> None:
    said = (at("11-16 10:00"), WAITING, "anna", None, CaseLabels("question", "penalty"))
    found = figures_of([a_case(1, at("11-16 09:00"), WAITING, said)])
    assert (ids(found, "kind:question"), ids(found, "topic:penalty")) == ((1,), (1,))


def test_the_same_thread_and_the_same_matter_again_are_repeats() -> None:
    monday = at("11-16 09:00")
    found = figures_of(
        [a_case(1, monday), a_case(2, monday, follows="26-000001"), a_case(3, monday, repeat=True)]
    )
    assert ids(found, "repeats") == (2, 3)


def test_complaints_of_one_house_stand_together_and_a_street_beside_its_houses() -> None:
    monday = at("11-16 09:00")
    houses = ("5", "5", "5", "7", "9а", "")
    found = figures_of([a_case(id, monday, house=house) for id, house in enumerate(houses, start=1)])
    assert [(one.key, one.title, one.count) for one in found.places] == [
        ("place:мира|", "Мира, вся улица", 5),
        ("place:мира|5", "Мира, 5", 3),
    ]
    questions = figures_of([a_case(id, monday, kind="question", house="5") for id in range(4)])
    assert questions.places == ()


def test_reasons_of_refusal_are_one_where_only_their_numbers_differ() -> None:
    reasons = (
        "единица измерения не та, что у счётчика: 12,5 Гкал — это 52 ГДж; проверит сотрудник",
        "единица измерения не та, что у счётчика: он считает в 7 м3; проверит сотрудник",
        "счёта 440215 нет в реестре",
        "счёта 99 нет в реестре",
        "счёта 12 нет в реестре",
        "",
    )
    read = [LoggedReading(id, accepted=False, reason=reason) for id, reason in enumerate(reasons)]
    read.append(LoggedReading(0, accepted=True, reason=""))
    found = figures(WEEK, logged_of([], readings=tuple(read)), rulebook()).readings
    assert (found.accepted, found.refused, found.letters.count) == (1, 6, 6)
    assert [(count, one.key, one.title) for count, one in found.reasons] == [
        (3, "refused:0", "счёта … нет в реестре"),
        (2, "refused:1", "единица измерения не та, что у счётчика"),
        (1, "refused:2", "причина не записана"),
    ]


def test_a_case_of_a_clock_that_was_wrong_is_shown_and_waits_no_less_than_nothing() -> None:
    set_back = a_case(
        1, at("11-16 09:00"), CLOSED, (at("11-16 08:00"), CLOSED, "mailbot", ClockMark.ANSWERED)
    )
    found = figures_of([set_back])
    assert (ids(found, "clock_faults"), found.answer.elapsed.longest) == ((1,), Wait(0))


def test_an_empty_week_has_figures_of_nothing() -> None:
    found = figures_of([])
    assert (found.received.count, found.open, found.answer.elapsed.median) == (0, 0, None)
    assert (found.topics, found.operators, found.places) == ((), (), ())
    assert (len(found.by_hour), len(found.by_weekday)) == (24, 7)


def test_a_week_to_come_has_no_figures_whatever_is_open_now() -> None:
    now = at("11-10 12:00")
    found = figures_of([], [a_case(1, at("11-09 09:00"))], as_of=now)
    assert found.open == 0
    told = report(found, None, None, trend_of(1, 1), rulebook())
    assert not told.complete
    assert told.sentences[2] == "Решений не требуется."


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2026-W47", "2026-11-23 08:00"),
        ("2026-10", "2026-11-02 08:00"),  # the month ends on a Saturday: the Monday after
        ("2026-11", "2026-12-07 08:00"),  # 1 December is a Tuesday
        ("2026-08", "2026-09-07 08:00"),
        ("2026-Q4", "2027-01-04 08:00"),
    ],
)
def test_a_report_is_as_of_the_monday_at_or_after_its_end(period: str, due: str) -> None:
    one, rules = Period.read(period), ReportRules()
    assert f"{due_at(one, rules, ZONE):%Y-%m-%d %H:%M}" == due
    years_later = at("01-01 00:00", 2031)
    assert as_of(one, rules, ZONE, years_later) == due_at(one, rules, ZONE)
    early = one.begins(ZONE)
    assert as_of(one, rules, ZONE, early) == early
