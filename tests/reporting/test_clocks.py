"""Each rule of the clocks with its story: November 2026, Monday the 16th to Monday the 23rd, open 8:00 to 17:00."""

from __future__ import annotations

import pytest

from mailbot.model import CaseLabels, CaseState, ClockMark
from mailbot.model.report.report import Wait
from mailbot.reporting import CaseClock, CaseOutcome, DeadlineStatus, WaitDuration
from tests.reporting.logs import DAY, HOUR, clocked, line, local, step

ASKED, ANSWERED, HEARD, RESPONDED = ClockMark.ASKED, ClockMark.ANSWERED, ClockMark.HEARD, ClockMark.RESPONDED
UNDELIVERED, WITHDRAWN = ClockMark.UNDELIVERED, ClockMark.WITHDRAWN
MONDAY = "2026-11-16 10:00"


def waited(elapsed: int, working: int) -> WaitDuration:
    return WaitDuration(Wait(elapsed), Wait(working))


def waits(elapsed: int, working: int) -> WaitDuration:
    """Not over yet."""
    return WaitDuration(Wait(elapsed, at_least=True), Wait(working, at_least=True))


def due(by: str) -> CaseLabels:
    return CaseLabels(respond_by=local(by))


def test_the_answer_is_waited_for_from_receipt_by_both_clocks() -> None:
    found = clocked(MONDAY, line("2026-11-17 11:30:15", ANSWERED, by="ivanova"))
    assert found.answered_at == local("2026-11-17 11:30:15")
    assert found.answered_by == "ivanova"
    # Monday 10:00–17:00 is 7 hours, Tuesday 8:00–11:30:15 three and a half and 15 seconds
    assert found.answer == waited(DAY + HOUR + 1815, 7 * HOUR + 3 * HOUR + 1815)
    assert found.response == found.answer
    assert found.outcome is CaseOutcome.ANSWERED


def test_an_acknowledgement_is_a_response_and_no_answer() -> None:
    found = clocked(
        MONDAY, line("2026-11-16 10:02", RESPONDED), line("2026-11-18 10:00", ANSWERED, by="ivanova")
    )
    assert found.response == waited(120, 120)
    assert found.answer == waited(2 * DAY, 18 * HOUR)


def test_a_case_without_an_answer_has_waited_until_the_report() -> None:
    found = clocked("2026-11-20 16:00")
    assert found.answered_at is None
    # Friday 16:00–17:00; the report is of Monday 8:00
    assert found.answer == waits(2 * DAY + 16 * HOUR, HOUR)
    assert found.outcome is CaseOutcome.OPEN


def test_what_was_written_after_the_report_is_not_read() -> None:
    log = (line("2026-11-18 10:00", ANSWERED, by="ivanova"), line("2026-11-19 10:00", WITHDRAWN, by="petrov"))
    assert clocked(MONDAY, *log, as_of="2026-11-18 09:59:59").outcome is CaseOutcome.OPEN
    assert clocked(MONDAY, *log, as_of="2026-11-18 10:00").outcome is CaseOutcome.ANSWERED
    assert clocked(MONDAY, *log, as_of="2026-11-23 08:00").outcome is CaseOutcome.OPEN


def test_the_clock_is_paused_while_the_client_is_asked() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 12:00", ASKED, by="ivanova"),
        line("2026-11-18 09:00", HEARD, by="клиент"),
        line("2026-11-18 11:00", ANSWERED, by="ivanova"),
    )
    assert found.pauses == ((local("2026-11-16 12:00"), local("2026-11-18 09:00")),)
    assert not found.asked
    assert found.response == waited(2 * HOUR, 2 * HOUR)
    # Monday 10–12, Wednesday 9–11
    assert found.answer == waited(4 * HOUR, 4 * HOUR)


def test_a_pause_over_the_weekend_takes_away_only_what_was_worked_in_it() -> None:
    found = clocked(
        "2026-11-20 10:00",
        line("2026-11-20 16:00", ASKED, by="ivanova"),
        line("2026-11-22 20:00", HEARD, by="клиент"),
        line("2026-11-23 09:00", ANSWERED, by="ivanova"),
        as_of="2026-11-30 08:00",
    )
    # six hours on Friday, four on Sunday evening and nine until Monday 9:00; worked: six on Friday and one on Monday
    assert found.answer == waited(6 * HOUR + 13 * HOUR, 6 * HOUR + HOUR)


def test_a_pause_runs_until_the_report_where_the_client_is_silent() -> None:
    found = clocked(MONDAY, line("2026-11-16 12:00", ASKED, by="ivanova"))
    assert found.asked
    assert found.pauses == ((local("2026-11-16 12:00"), local("2026-11-23 08:00")),)
    assert found.answer == waits(2 * HOUR, 2 * HOUR)
    assert found.outcome is CaseOutcome.OPEN


def test_asking_again_in_a_pause_changes_nothing() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 12:00", ASKED, by="ivanova"),
        line("2026-11-17 12:00", ASKED, by="ivanova"),
        line("2026-11-18 12:00", HEARD, by="клиент"),
        line("2026-11-18 13:00", ANSWERED, by="ivanova"),
    )
    assert found.pauses == ((local("2026-11-16 12:00"), local("2026-11-18 12:00")),)
    assert found.answer == waited(3 * HOUR, 3 * HOUR)


def test_two_questions_with_an_answer_between_are_two_pauses() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ASKED, by="ivanova"),
        line("2026-11-16 12:00", HEARD, by="клиент"),
        line("2026-11-16 14:00", ASKED, by="ivanova"),
        line("2026-11-17 08:00", HEARD, by="клиент"),
        line("2026-11-17 08:30", ANSWERED, by="ivanova"),
    )
    # 10–11, 12–14, and half an hour
    assert found.answer == waited(3 * HOUR + 1800, 3 * HOUR + 1800)


def test_what_the_client_says_unasked_pauses_nothing() -> None:
    found = clocked(MONDAY, line("2026-11-16 11:00", HEARD, by="клиент"))
    assert found.pauses == ()


def test_the_answer_ends_a_pause_though_the_client_was_silent() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ASKED, by="ivanova"),
        line("2026-11-18 11:00", ANSWERED, by="ivanova"),
    )
    assert not found.asked
    assert found.answer == waited(HOUR, HOUR)


def test_a_question_after_the_answer_pauses_nothing() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ANSWERED, by="ivanova"),
        line("2026-11-16 12:00", ASKED, by="ivanova"),
    )
    assert found.pauses == ()
    assert found.outcome is CaseOutcome.ANSWERED


def test_a_question_that_came_back_never_paused_and_was_no_response() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 12:00", ASKED),
        line("2026-11-16 12:05", UNDELIVERED),
        as_of="2026-11-16 13:00",
    )
    assert found.pauses == ()
    assert found.responded_at is None
    assert found.response == waits(3 * HOUR, 3 * HOUR)


def test_the_newest_letter_is_the_one_that_came_back() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 10:01", RESPONDED),
        line("2026-11-16 12:00", ASKED, by="ivanova"),
        line("2026-11-16 12:05", UNDELIVERED),
    )
    assert found.responded_at == local("2026-11-16 10:01")
    assert found.pauses == ()


def test_both_letters_came_back_one_after_the_other() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 10:01", RESPONDED),
        line("2026-11-16 12:00", ASKED, by="ivanova"),
        line("2026-11-16 12:05", UNDELIVERED),
        line("2026-11-16 12:06", UNDELIVERED),
    )
    assert found.responded_at is None


def test_an_acknowledgement_that_came_back_leaves_the_answer_alone() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 10:01", RESPONDED),
        line("2026-11-16 11:00", ANSWERED, by="ivanova"),
        line("2026-11-16 11:05", UNDELIVERED),
    )
    assert found.responded_at == found.answered_at == local("2026-11-16 11:00")


def test_an_answer_that_bounced_was_none_and_no_response_either() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ANSWERED),
        line("2026-11-16 11:10", WITHDRAWN),
        line("2026-11-17 10:00", ANSWERED, by="ivanova"),
    )
    assert found.responded_at == found.answered_at == local("2026-11-17 10:00")


def test_an_answer_that_a_person_took_back_had_been_a_response() -> None:
    found = clocked(
        MONDAY, line("2026-11-16 11:00", ANSWERED), line("2026-11-17 09:00", WITHDRAWN, by="petrov")
    )
    assert found.responded_at == local("2026-11-16 11:00")
    assert found.answered_at is None
    assert found.outcome is CaseOutcome.OPEN


def test_a_second_answer_does_not_move_the_first() -> None:
    found = clocked(
        MONDAY, line("2026-11-16 11:00", ANSWERED), line("2026-11-17 11:00", ANSWERED, by="ivanova")
    )
    assert found.answered_at == local("2026-11-16 11:00")
    assert found.answered_by == "mailbot"


def test_a_bounce_voids_every_answer_since_the_last() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ANSWERED),
        line("2026-11-16 11:30", RESPONDED),
        line("2026-11-16 12:00", ANSWERED),
        line("2026-11-16 12:10", WITHDRAWN),
    )
    assert found.answered_at is None
    assert found.responded_at == local("2026-11-16 11:30")  # the acknowledgement stands
    assert found.response == waited(HOUR + 1800, HOUR + 1800)


def test_taking_back_ends_a_pause() -> None:
    found = clocked(MONDAY, line("2026-11-16 11:00", ASKED), line("2026-11-16 12:00", WITHDRAWN, by="petrov"))
    assert found.pauses == ((local("2026-11-16 11:00"), local("2026-11-16 12:00")),)
    assert not found.asked


def test_a_pause_before_an_answer_that_was_void_still_counts() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ASKED, by="ivanova"),
        line("2026-11-16 13:00", ANSWERED, by="ivanova"),
        line("2026-11-16 14:00", WITHDRAWN, by="petrov"),
        line("2026-11-16 15:00", ANSWERED, by="ivanova"),
    )
    assert found.answer == waited(3 * HOUR, 3 * HOUR)


def test_a_question_that_came_back_late_leaves_the_pause_that_the_client_has_ended() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ASKED, by="ivanova"),
        line("2026-11-16 12:00", HEARD, by="клиент"),
        line("2026-11-16 13:00", UNDELIVERED),
        line("2026-11-16 15:00", ANSWERED, by="ivanova"),
    )
    assert found.answer == waited(4 * HOUR, 4 * HOUR)


def test_of_two_letters_of_one_second_the_later_came_back() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 12:00", ASKED, by="ivanova"),
        line("2026-11-16 12:00", RESPONDED, by="ivanova"),
        line("2026-11-16 12:05", UNDELIVERED),
    )
    assert found.asked
    assert found.responded_at == local("2026-11-16 12:00")


def test_a_bounce_leaves_the_response_of_an_earlier_answer_that_a_person_took_back() -> None:
    found = clocked(
        MONDAY,
        line("2026-11-16 11:00", ANSWERED, by="ivanova"),
        line("2026-11-16 12:00", WITHDRAWN, by="petrov"),
        line("2026-11-16 13:00", ANSWERED, by="petrov"),
        line("2026-11-16 13:05", WITHDRAWN),
    )
    assert found.responded_at == local("2026-11-16 11:00")
    assert found.outcome is CaseOutcome.OPEN


# ── moments ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_clock_set_back_cannot_unhappen() -> None:
    found = clocked(MONDAY, line("2026-11-16 12:00"), line("2026-11-16 11:00", ANSWERED, by="ivanova"))
    assert found.answered_at == local("2026-11-16 12:00")
    assert not found.fault


def test_a_line_before_the_letter_is_a_fault_and_no_negative_wait() -> None:
    found = clocked(MONDAY, line("2026-11-16 09:00", ANSWERED))
    assert found.fault
    assert found.answered_at == local(MONDAY)
    assert found.answer == waited(0, 0)


def test_moments_are_cut_to_the_second() -> None:
    found = clocked("2026-11-16 10:00:00.900", line("2026-11-16 10:00:02.100", ANSWERED))
    assert found.answer == waited(2, 2)


def test_a_letter_late_on_30_december_waits_by_the_working_clock_from_12_january() -> None:
    found = clocked(
        "2026-12-30 23:59", line("2027-01-11 08:30", ANSWERED, by="ivanova"), as_of="2027-01-18 08:00"
    )
    # 31 December is off by decree, 1 to 10 January are holidays: Monday the 11th is the first working day
    assert found.answer == waited(11 * DAY + 8 * HOUR + 1860, 1800)


# ── what has become of it ────────────────────────────────────────────────────────────────────────────────────────────

COLLECTED, DONE, REVIEW = CaseState.COLLECTED, CaseState.ANSWERED, CaseState.AWAITING_REVIEW
SILENCED, IGNORED = CaseState.SILENCED, CaseState.IGNORED


def test_a_case_whose_letter_has_not_left_is_open_whatever_its_state_says() -> None:
    assert clocked(MONDAY, step(MONDAY, COLLECTED, DONE)).outcome is CaseOutcome.OPEN


def test_a_case_that_the_machine_asked_and_closed_waits_for_the_client() -> None:
    asked = line("2026-11-16 10:02", ASKED, was=DONE, became=DONE)
    found = clocked(MONDAY, step(MONDAY, COLLECTED, DONE), asked)
    assert found.outcome is CaseOutcome.ASKED
    heard = line("2026-11-17 10:00", HEARD, was=DONE, became=DONE, by="клиент")
    followed = clocked(MONDAY, step(MONDAY, COLLECTED, DONE), asked, heard)
    assert followed.outcome is CaseOutcome.ASKED, "what its writer says next is a case that follows"
    assert followed.asked


def test_silenced_and_ignored_owe_nothing_until_a_person_takes_them_back() -> None:
    silence = step(MONDAY, COLLECTED, SILENCED, clause="2.2.email.4")
    back = step("2026-11-17 10:00", SILENCED, REVIEW, by="petrov")
    found = clocked(MONDAY, silence)
    assert found.outcome is CaseOutcome.SILENCED
    again = clocked(MONDAY, silence, back)
    assert again.outcome is CaseOutcome.OPEN
    assert clocked(MONDAY, step(MONDAY, COLLECTED, IGNORED)).outcome is CaseOutcome.NO_APPEAL


def test_labels_are_the_newest_of_each_kind() -> None:
    first = step(MONDAY, COLLECTED, REVIEW, kind="question", topic="charge")
    second = step("2026-11-17 10:00", REVIEW, REVIEW, by="petrov", topic="", kind="complaint")
    labels = clocked(MONDAY, first, second).labels
    assert (labels.kind, labels.topic, labels.clause) == ("complaint", "", None)
    assert clocked(MONDAY, first, second, as_of="2026-11-17 09:00").labels.topic == "charge"


# ── deadlines ────────────────────────────────────────────────────────────────────────────────────────────────────────


def answered_at(moment: str) -> CaseClock:
    return clocked(MONDAY, line(MONDAY, labels=due("2026-11-19 17:00")), line(moment, ANSWERED, by="ivanova"))


@pytest.mark.parametrize(
    ("answered", "kept"),
    [
        ("2026-11-19 17:00:00", DeadlineStatus.KEPT),
        ("2026-11-19 17:00:01", DeadlineStatus.BROKEN),
        ("2026-11-20 09:00", DeadlineStatus.BROKEN),
    ],
)
def test_a_deadline_is_kept_up_to_its_very_second(answered: str, kept: DeadlineStatus) -> None:
    assert answered_at(answered).kept is kept


@pytest.mark.parametrize(
    ("as_of", "kept"),
    [("2026-11-19 17:00:00", DeadlineStatus.RUNNING), ("2026-11-19 17:00:01", DeadlineStatus.BROKEN)],
)
def test_a_deadline_that_passed_without_an_answer_is_broken(as_of: str, kept: DeadlineStatus) -> None:
    assert clocked(MONDAY, line(MONDAY, labels=due("2026-11-19 17:00")), as_of=as_of).kept is kept


def test_the_deadline_waits_while_the_client_is_asked() -> None:
    log = (
        line(MONDAY, labels=due("2026-11-19 17:00")),
        line("2026-11-17 17:00", ASKED, by="ivanova"),
        line("2026-11-19 17:00", HEARD, by="клиент"),  # asked for two days
    )
    assert clocked(MONDAY, *log, line("2026-11-21 17:00", ANSWERED, by="ivanova")).kept is DeadlineStatus.KEPT
    assert (
        clocked(MONDAY, *log, line("2026-11-21 17:00:01", ANSWERED, by="ivanova")).kept
        is DeadlineStatus.BROKEN
    )
    assert clocked(MONDAY, *log, as_of="2026-11-21 17:00").kept is DeadlineStatus.RUNNING
    assert clocked(MONDAY, *log[:2], as_of="2027-06-01 08:00").kept is DeadlineStatus.RUNNING


def test_without_a_deadline_nothing_is_known() -> None:
    assert clocked(MONDAY, line("2026-11-16 11:00", ANSWERED)).kept is DeadlineStatus.UNKNOWN


def test_a_corrected_deadline_is_the_one_that_counts() -> None:
    log = (
        line(MONDAY, labels=due("2026-11-19 17:00")),
        line("2026-11-17 10:00", labels=due("2026-11-16 12:00")),
    )
    assert clocked(MONDAY, *log, as_of="2026-11-17 12:00").kept is DeadlineStatus.BROKEN
    assert clocked(MONDAY, *log, as_of="2026-11-17 09:00").kept is DeadlineStatus.RUNNING
