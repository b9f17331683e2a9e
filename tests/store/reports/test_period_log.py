"""What the log knows of a week: exactly the cases that came in it, moved in it, or were open at its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import Action, ClockMark, LetterPurpose, SendOutcome, SendResult
from mailbot.model.case.log import CaseFlow, LoggedCase
from mailbot.model.report.period import Period
from mailbot.store import Store
from mailbot.store.mail import outbox
from mailbot.store.reports.period_log import first_letter, flow, logged
from tests.store.material import decide, decision, outgoing, take_in

ZONE = ZoneInfo("Asia/Yekaterinburg")
W47 = Period.read("2026-W47")
BEGINS, ENDS = W47.begins(ZONE), W47.ends(ZONE)
DUE = datetime(2026, 11, 23, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def came(store: Store, at: datetime, answered: datetime | None = None, sender: str = "a@bk.ru") -> str:
    """A case of that moment, acknowledged by nobody; answered by the machine's letter that left then."""
    letter_id = take_in(store, f"вопрос {at.isoformat()} {sender}", sender, at)
    if answered is None:
        return decide(store, letter_id, decision(Action.REVIEW), now=at).number
    reply = outgoing(f"<{letter_id}@bk.ru>", LetterPurpose.ANSWER, sender)
    number = decide(store, letter_id, decision(on_substance="yes"), reply, now=at).number
    found = store.do(outbox.claim_outgoing, "d", timedelta(minutes=1), answered)
    assert found is not None
    store.do(outbox.record_delivery, found.id, SendResult(SendOutcome.SENT, "250"), answered, None)
    return number


def numbers(found: tuple[LoggedCase, ...]) -> set[str | None]:
    return {one.number for one in found}


def test_a_week_begins_and_ends_where_the_company_is(store: Store) -> None:
    """Monday begins at 19:00 UTC of Sunday."""
    before = came(store, BEGINS - SECOND)
    first, last = came(store, BEGINS), came(store, ENDS - SECOND)
    after = came(store, ENDS)
    found = store.ask(logged, W47, DUE, ZONE)
    assert numbers(found.received) == {first, last}
    assert numbers(found.open) == {before, first, last, after}


def test_what_came_before_and_was_answered_in_the_week_moved_in_it(store: Store) -> None:
    old = came(store, BEGINS - timedelta(days=9), BEGINS + timedelta(days=1))
    later = came(store, BEGINS + timedelta(days=1), ENDS + timedelta(hours=1))
    found = store.ask(logged, W47, DUE, ZONE)
    assert numbers(found.answered) == {old}, "the other left after the week, though before the report"
    assert numbers(found.received) == {later}
    assert found.open == (), "both are answered by Monday, eight o'clock"


def test_lines_after_the_report_are_left_out(store: Store) -> None:
    number = came(store, BEGINS + timedelta(days=1), DUE + SECOND)
    found = store.ask(logged, W47, DUE, ZONE)
    assert numbers(found.open) == {number}
    assert [line.mark for line in found.received[0].events if line.mark] == []
    later = store.ask(logged, W47, DUE + 2 * SECOND, ZONE)
    assert [line.mark for line in later.received[0].events if line.mark] == [ClockMark.ANSWERED]


def test_the_same_writer_of_the_same_topic_within_thirty_days_is_a_repeat(store: Store) -> None:
    at = BEGINS + timedelta(days=3)
    came(store, at - timedelta(days=30), sender="again@bk.ru")
    again = came(store, at, sender="again@bk.ru")
    came(store, at - timedelta(days=30, seconds=1), sender="late@bk.ru")
    late = came(store, at, sender="late@bk.ru")
    repeats = {one.number: one.repeat for one in store.ask(logged, W47, DUE, ZONE).received}
    assert repeats == {again: True, late: False}


def test_the_flow_of_three_weeks(store: Store) -> None:
    """Before: one open for good, one answered in W46. W46: two came, one answered at once. W47: one came, stays."""
    weeks = W47.back(3)
    start = weeks[0].begins(ZONE)
    came(store, start - timedelta(days=3))
    came(store, start - timedelta(days=2), weeks[1].begins(ZONE) + timedelta(days=1))
    came(
        store, weeks[1].begins(ZONE) + timedelta(days=2), weeks[1].begins(ZONE) + timedelta(days=2, minutes=1)
    )
    came(store, weeks[1].begins(ZONE) + timedelta(days=3))
    came(store, BEGINS + timedelta(days=1))
    assert store.ask(flow, weeks, DUE, ZONE) == (CaseFlow(0, 0, 2), CaseFlow(2, 2, 2), CaseFlow(1, 0, 3))


def test_what_was_no_clients_letter_is_not_in_the_flow(store: Store) -> None:
    letter_id = take_in(store, "реклама", "shop@bk.ru", BEGINS + timedelta(days=1))
    decide(store, letter_id, decision(Action.IGNORE), now=BEGINS + timedelta(days=1, minutes=1))
    assert store.ask(flow, (W47,), DUE, ZONE) == (CaseFlow(0, 0, 0),)
    as_of = BEGINS + timedelta(days=1, seconds=30)
    assert store.ask(flow, (W47,), as_of, ZONE) == (CaseFlow(1, 0, 1),), "nobody knew yet"


def test_an_empty_database_knows_of_nothing(store: Store) -> None:
    found = store.ask(logged, W47, DUE, ZONE)
    assert (found.received, found.answered, found.open, found.readings) == ((), (), (), ())
    assert store.ask(flow, (W47,), DUE, ZONE) == (CaseFlow(0, 0, 0),)
    assert store.ask(first_letter) is None
