"""Who did what in a week: the machine and people, what was taken back, and where the machine was wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.model import CaseLabels, CaseState, ClockMark
from mailbot.model.report.report import Wait
from tests.reporting.material import a_case, answered, at, figures_of, ids

HOUR = timedelta(hours=1)
WAITING, CLOSED = CaseState.AWAITING_REVIEW, CaseState.ANSWERED


def test_the_machine_and_people_are_counted_by_the_answers_that_stand() -> None:
    monday = at("11-16 09:00")
    back = [(at("11-16 11:00"), WAITING, "anna", ClockMark.WITHDRAWN)]
    taken_back = a_case(3, monday, CLOSED, (at("11-16 10:00"), CLOSED, "mailbot", ClockMark.ANSWERED), *back)
    older = answered(4, at("11-02 09:00"), timedelta(days=14), by="boris")
    found = figures_of(
        [answered(1, monday, HOUR, machine=True), answered(2, monday, HOUR), taken_back], [older]
    )
    assert (ids(found, "by_machine"), ids(found, "by_people")) == ((1,), (2, 4))
    assert (ids(found, "reopened"), ids(found, "wrong")) == ((3,), (3,))
    assert [(one.login, one.answered.elapsed.cell.title) for one in found.operators] == [
        ("anna", "Анна Зуева"),
        ("boris", "Борис Лунин"),
    ]
    assert found.operators[1].answered.elapsed.longest == Wait(14 * 86_400)


def test_an_answer_that_bounced_is_nobodys_and_not_taken_back() -> None:
    bounced = a_case(
        1,
        at("11-16 09:00"),
        WAITING,
        (at("11-16 10:00"), CLOSED, "anna", ClockMark.ANSWERED),
        (at("11-16 11:00"), WAITING, "mailbot", ClockMark.WITHDRAWN),
    )
    found = figures_of([bounced])
    assert (ids(found, "by_people"), ids(found, "reopened"), found.operators) == ((), (), ())


def test_an_answer_taken_back_is_told_beside_who_gave_it() -> None:
    case = a_case(
        1,
        at("11-16 09:00"),
        WAITING,
        (at("11-16 10:00"), CLOSED, "boris", ClockMark.ANSWERED),
        (at("11-17 10:00"), WAITING, "anna", ClockMark.WITHDRAWN),
    )
    assert ids(figures_of([case]), "operator_reopened:boris") == (1,)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ((), False),
        (((at("11-17 09:00"), WAITING, "anna", None),), True),  # taken back by a person
        (((at("11-17 09:00"), WAITING, "mailbot", None),), False),  # by the machine: an earlier answer failed
        (((at("11-17 09:00"), CaseState.SILENCED, "anna", None, CaseLabels("question", "penalty")),), True),
        (
            (
                (
                    at("11-17 09:00"),
                    CaseState.SILENCED,
                    "anna",
                    None,
                    CaseLabels("complaint", "cold_radiators"),
                ),
            ),
            False,
        ),
    ],
    ids=["stands", "taken back", "by the machine", "another thing", "the same again"],
)
def test_the_machine_was_wrong_where_a_person_says_so(told: tuple[object, ...], wrong: bool) -> None:
    case = a_case(1, at("11-16 09:00"), CaseState.SILENCED, *told, clause="2.2.email.1")  # type: ignore[arg-type]
    found = figures_of([case])
    assert ids(found, "wrong") == ((1,) if wrong else ())
    assert ids(found, "auto_silenced") == (1,)
    assert ids(found, "silenced:2.2.email.1") == (1,)


def test_a_share_is_of_the_letters_it_counts_and_a_fault_found_later_is_counted_when_found() -> None:
    """Of what the machine finished alone, people corrected so many: letters of the period, both. Faults found in the
    period may be of older letters, and have no share of these."""
    back = (at("11-17 09:00"), WAITING, "anna", None)
    alone = a_case(1, at("11-16 09:00"), CaseState.SILENCED, clause="2.2.email.1")
    wrong = a_case(2, at("11-16 10:00"), CaseState.SILENCED, back, clause="2.2.email.1")
    older = a_case(3, at("11-02 10:00"), CaseState.SILENCED, back, clause="2.2.email.1")
    found = figures_of([alone, wrong], [older])
    assert (ids(found, "alone"), ids(found, "corrected"), ids(found, "wrong")) == ((1, 2), (2,), (2, 3))


def test_what_was_silenced_by_a_clause_and_taken_back_by_people() -> None:
    monday = at("11-16 09:00")
    silenced = [
        a_case(1, monday, CaseState.SILENCED, clause="2.2.email.1"),
        a_case(2, monday, CaseState.SILENCED, (monday + HOUR, WAITING, "anna", None), clause="2.2.email.1"),
        a_case(
            3, monday, CaseState.SILENCED, (monday + HOUR, WAITING, "mailbot", None), clause="2.2.email.4"
        ),
    ]
    found = figures_of(silenced)
    assert (ids(found, "silenced:2.2.email.1"), ids(found, "taken_back:2.2.email.1")) == ((1, 2), (2,))
    assert (ids(found, "silenced:2.2.email.4"), ids(found, "taken_back:2.2.email.4")) == ((3,), ())
