"""Letters without a case: answers go before them, they keep their provider's pace, and their fate stands on the account."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from mailbot.model import LetterPurpose, OutgoingLetter, SendOutcome, SendResult
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.outgoing.sending_pace import BillLimits, Pacing
from mailbot.store import ClaimedOutgoing, Store
from mailbot.store.accounts import register_import
from mailbot.store.bills import monthly_sending
from mailbot.store.cases import summaries
from mailbot.store.database.engine import reading
from mailbot.store.mail import bounces, sending_pace, uncertain_deliveries
from mailbot.store.mail.outbox import begin_text, claim_outgoing, record_delivery, to_copy
from mailbot.store.schema.ledger import account_event
from mailbot.store.schema.letters_and_cases import outbox
from tests.services.ledger.town import flat
from tests.store.material import NOW, answered, minutes, returned

DAY = date(2026, 11, 23)
MONTH = Month(2026, 10)
SLOW = BillLimits(per_minute=6, per_day=100, all_per_minute=60, all_per_day=1000, ramp=(), pause_hours=6)
"""A letter in ten seconds to one provider, one a second to all."""


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def bill(store: Store, account: str, to: str, at: datetime = NOW, again_by: str | None = None) -> None:
    """A bill of the account, ready to leave to that address."""
    message_id = f"<mailbot.{account}.{to}.{again_by or ''}@bk.ru>"
    letter = OutgoingLetter(LetterPurpose.BILL, "bill", to, "Квитанция", message_id, "Текст", b"bytes")
    with store.write() as transaction:
        monthly_sending.queue_unasked(transaction, account, MONTH, letter, None, DAY, at, again_by=again_by)


def settle(store: Store, *numbers: str) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, [flat(number) for number in numbers])


def claim(
    store: Store, at: datetime, limits: BillLimits = SLOW, *, day: date = DAY, night: bool = False
) -> ClaimedOutgoing | None:
    return store.do(claim_outgoing, "d", minutes(1), at, Pacing(limits, day, night))


def tell(
    store: Store, claimed: ClaimedOutgoing | None, outcome: SendOutcome, at: datetime, words: str = "550"
) -> None:
    assert claimed is not None
    pacing = Pacing(SLOW, DAY, quiet=False)
    store.do(record_delivery, claimed.id, SendResult(outcome, words), at, at + minutes(1), pacing)


def told(engine: Engine, account: str) -> list[str]:
    with reading(engine) as connection:
        query = select(account_event.c.detail).where(account_event.c.account == account)
        return list(connection.scalars(query.order_by(account_event.c.id)))


def states(engine: Engine) -> dict[str, tuple[str, int]]:
    with reading(engine) as connection:
        rows = connection.execute(select(outbox.c.recipient, outbox.c.state, outbox.c.attempts))
        return {row.recipient: (row.state, row.attempts) for row in rows}


def test_an_answer_overtakes_every_bill_that_waits(store: Store) -> None:
    settle(store, "100", "200")
    bill(store, "100", "k100@mail.ru", NOW - minutes(60))
    bill(store, "200", "k200@yandex.ru", NOW - minutes(60))
    answered(store)
    first, second = claim(store, NOW), claim(store, NOW)
    assert first is not None
    assert second is not None
    assert (first.recipient, first.provider) == ("anna@mail.example", None)
    assert second.provider is not None


def test_without_a_pace_no_bill_leaves_and_answers_do(store: Store) -> None:
    settle(store, "100")
    bill(store, "100", "k100@mail.ru")
    assert store.do(claim_outgoing, "d", minutes(1), NOW) is None
    answered(store)
    assert store.do(claim_outgoing, "d", minutes(1), NOW) is not None


def test_one_provider_waits_ten_seconds_while_another_gets_its_letter(store: Store) -> None:
    """bk.ru is Mail.ru: the two share one pace; Yandex has its own, and all together a second."""
    settle(store, "100", "200", "300")
    bill(store, "100", "k100@mail.ru")
    bill(store, "200", "k200@bk.ru")
    bill(store, "300", "k300@yandex.ru")
    went = {at: found.recipient for at in range(21) if (found := claim(store, NOW + seconds(at))) is not None}
    assert list(went) == [0, 1, 10]
    assert set(went.values()) == {"k100@mail.ru", "k200@bk.ru", "k300@yandex.ru"}
    assert went[1] == "k300@yandex.ru"


def test_a_day_without_sending_is_not_made_up_for_in_a_burst(store: Store) -> None:
    settle(store, *(f"{at}" for at in range(100, 120)))
    for at in range(100, 120):
        bill(store, f"{at}", f"k{at}@mail.ru", NOW - timedelta(days=1))
    went = [at for at in range(60) if claim(store, NOW + seconds(at)) is not None]
    assert went == [0, 10, 20, 30, 40, 50]


def test_the_first_days_are_slower_and_have_fewer_letters(store: Store) -> None:
    """Ten a day at full pace; 30 % of it on the first day, all on the second."""
    limits = BillLimits(per_minute=60, per_day=10, all_per_minute=600, all_per_day=100, ramp=(30,))
    settle(store, *(f"{at}" for at in range(100, 120)))
    for at in range(100, 120):
        bill(store, f"{at}", f"k{at}@mail.ru")
    first = [at for at in range(120) if claim(store, NOW + seconds(at), limits) is not None]
    assert first == [0, 4, 8], "a letter in 3⅓ seconds, three in all"
    later, next_day = NOW + timedelta(days=1), DAY + timedelta(days=1)
    second = [at for at in range(60) if claim(store, later + seconds(at), limits, day=next_day) is not None]
    assert second == list(range(10))


def test_at_night_bills_stay_and_answers_leave(store: Store) -> None:
    settle(store, "100")
    bill(store, "100", "k100@mail.ru")
    assert claim(store, NOW, night=True) is None
    answered(store)
    assert claim(store, NOW, night=True) is not None
    assert claim(store, NOW) is not None


def test_a_bill_that_a_person_sends_again_goes_before_the_machines(store: Store) -> None:
    settle(store, "100", "200")
    bill(store, "100", "k100@mail.ru", NOW - minutes(9))
    bill(store, "200", "k200@mail.ru", again_by="Зуева")
    found = claim(store, NOW)
    assert found is not None
    assert found.recipient == "k200@mail.ru"


def test_spam_refusal_pauses_the_provider_and_refuses_no_bill(store: Store, engine: Engine) -> None:
    settle(store, "100", "200", "300")
    bill(store, "100", "k100@mail.ru")
    bill(store, "200", "k200@list.ru")
    words = "550 spam message rejected"
    tell(store, claim(store, NOW), SendOutcome.THROTTLED, NOW, words)
    bill(store, "300", "k300@yandex.ru")
    assert list(states(engine).values()) == [("ready", 0)] * 3
    yandex = claim(store, NOW + seconds(1))
    assert yandex is not None
    assert yandex.recipient == "k300@yandex.ru"
    assert claim(store, NOW + timedelta(hours=5, minutes=59)) is None
    (paused,) = [one for one in store.ask(sending_pace.paces) if one.paused_until is not None]
    assert (paused.provider, paused.why, paused.paused_until) == ("mail.ru", words, NOW + timedelta(hours=6))
    assert told(engine, "100") == [], "nothing has befallen the bill itself"
    went = [claim(store, NOW + timedelta(hours=6, seconds=at)) is not None for at in (0, 5, 10)]
    assert went == [True, False, True]


def test_after_a_spam_refusal_the_pace_grows_anew(store: Store) -> None:
    limits = BillLimits(per_minute=60, per_day=10, all_per_minute=600, all_per_day=100, ramp=(10, 50))
    settle(store, "100", "200", "300")
    for number in ("100", "200", "300"):
        bill(store, number, f"k{number}@mail.ru")
    third = DAY + timedelta(days=2)
    pacing = Pacing(limits, third, quiet=False)
    claimed = store.do(claim_outgoing, "d", minutes(1), NOW, pacing)
    assert claimed is not None
    store.do(record_delivery, claimed.id, SendResult(SendOutcome.THROTTLED, "550 spam"), NOW, NOW, pacing)
    later = NOW + timedelta(hours=7)
    assert claim(store, later, limits, day=third) is not None
    assert claim(store, later + seconds(59), limits, day=third) is None, "one of ten on a first day"


def test_a_person_may_end_a_pause(store: Store) -> None:
    settle(store, "100")
    bill(store, "100", "k100@mail.ru")
    tell(store, claim(store, NOW), SendOutcome.THROTTLED, NOW)
    assert claim(store, NOW + minutes(1)) is None
    with store.write() as transaction:
        assert sending_pace.resume(transaction, "mail.ru")
        assert not sending_pace.resume(transaction, "yandex.ru")
    assert claim(store, NOW + minutes(1)) is not None


def test_an_answer_that_is_taken_for_spam_makes_the_bills_wait_too(store: Store) -> None:
    settle(store, "100")
    answered(store)
    tell(store, claim(store, NOW), SendOutcome.THROTTLED, NOW)
    bill(store, "100", "k100@mail.example")
    assert claim(store, NOW + seconds(30)) is None, (
        "its own domain is paused, the answer itself waits a minute"
    )
    answer = claim(store, NOW + minutes(1))
    assert answer is not None
    assert (answer.provider, answer.attempts) == (None, 2)


@pytest.mark.parametrize("way", ["refused", "bounced", "uncertain"])
def test_what_befell_a_bill_stands_on_its_account(way: str, store: Store, engine: Engine) -> None:
    settle(store, "100", "200")
    bill(store, "100", "k100@mail.ru")
    claimed = claim(store, NOW)
    assert claimed is not None
    match way:
        case "refused":
            tell(store, claimed, SendOutcome.REFUSED, NOW, "550 no such user")
        case "bounced":
            tell(store, claimed, SendOutcome.SENT, NOW)
            with store.write() as transaction:
                assert (
                    bounces.record_bounces(
                        transaction, returned(claimed.message_id, to="k100@mail.ru"), "ящик переполнен", NOW
                    )
                    == 1
                )
        case _:
            tell(store, claimed, SendOutcome.UNCERTAIN, NOW)
            (lost,) = store.ask(uncertain_deliveries.uncertain)
            store.do(uncertain_deliveries.give_to_person, lost.id, NOW)
    (line,) = told(engine, "100")
    assert "квитанция за октябрь 2026 на k100@mail.ru" in line
    assert {"refused": "no such user", "bounced": "вернулось", "uncertain": "неизвестно"}[way] in line
    assert told(engine, "200") == []
    assert store.ask(summaries.pending) == 0


def test_a_bill_whose_sender_died_is_never_sent_again_blindly(store: Store) -> None:
    settle(store, "100")
    bill(store, "100", "k100@mail.ru")
    claimed = claim(store, NOW)
    assert claimed is not None
    store.do(begin_text, claimed)
    assert claim(store, NOW + minutes(60)) is None
    (lost,) = store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(60))
    store.do(uncertain_deliveries.mark_found_in_sent, lost.id, NOW + minutes(60))
    assert store.ask(summaries.pending) == 0


def test_bills_take_no_room_in_the_mailbox(store: Store) -> None:
    settle(store, "100")
    bill(store, "100", "k100@mail.ru")
    tell(store, claim(store, NOW), SendOutcome.SENT, NOW)
    assert store.ask(to_copy, 10) == ()


def test_the_same_letter_is_not_put_into_the_outbox_twice(store: Store) -> None:
    from sqlalchemy.exc import IntegrityError

    settle(store, "100")
    bill(store, "100", "k100@mail.ru")
    with pytest.raises(IntegrityError):
        bill(store, "100", "k100@mail.ru")
    assert store.ask(summaries.pending) == 1
