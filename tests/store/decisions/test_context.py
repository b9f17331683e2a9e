"""What the company knows when it judges a letter: client, thread, earlier cases, readings, traffic."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from mailbot.model import (
    Action,
    AutomaticTraffic,
    CaseContext,
    Client,
    GateHold,
    LetterPurpose,
    OutgoingLetter,
    Resource,
    SendOutcome,
    SendResult,
    Unit,
)
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.store import Store
from mailbot.store.accounts import client_addresses, register_import
from mailbot.store.bills import monthly_sending
from mailbot.store.casework import moves_and_answers
from mailbot.store.decisions import context as stored_context
from mailbot.store.mail import automatic_traffic, incoming_claims, outbox
from tests.services.ledger.town import flat
from tests.store.material import (
    ANNA,
    NOW,
    ZONE,
    answered,
    decide,
    decision,
    facts,
    letter,
    minutes,
    outgoing,
    reading,
    take_in,
)

BORIS = "boris@mail.example"
REGISTER = (
    Client("Анна К.", ("440215", "440216"), (ANNA,), None),
    Client("Борис Л.", ("550111",), ("Boris@Mail.Example", ""), None),
)


def look(
    store: Store,
    sender: str = ANNA,
    accounts: tuple[str, ...] = (),
    cites: tuple[str, ...] = (),
    at: timedelta = timedelta(hours=1),
) -> CaseContext:
    """The context of a new letter, which stays undecided."""
    now = NOW + at
    letter_id = take_in(store, f"ещё {sender} {accounts} {cites} {at}", sender, now)
    with store.write() as transaction:
        return stored_context.context(
            transaction, letter_id, letter(sender=sender, cites=cites), facts(accounts=accounts), now, ZONE
        )


def test_an_unknown_sender_has_a_number_and_nothing_else(store: Store) -> None:
    assert look(store) == CaseContext(number="26-000001", register_known=True)


def test_a_client_is_known_by_the_address_before_the_account(store: Store) -> None:
    store.do(client_addresses.import_clients, REGISTER)
    by_sender = look(store, ANNA, accounts=("550111",)).client
    assert by_sender == Client("Анна К.", ("440215", "440216"), (ANNA,), ClientProof.SENDER)
    by_account = look(store, "new@mail.example", accounts=("999999", "550111")).client
    assert by_account == Client("Борис Л.", ("550111",), (BORIS,), ClientProof.ACCOUNT)


def test_a_letter_without_a_sender_is_nobodys(store: Store) -> None:
    store.do(client_addresses.import_clients, REGISTER)
    assert look(store, "").client is None


def test_an_answer_to_our_letter_follows_its_case(store: Store) -> None:
    number = answered(store)
    assert look(store, cites=("<foreign@x>", "<mailbot.1@bk.ru>")).follows == number
    assert look(store, cites=("<mailbot.2@bk.ru>",)).follows is None


def test_the_writer_of_the_thread_is_a_participant_whatever_address_we_answered_to(store: Store) -> None:
    reply = outgoing(recipient="Anna.Work@Mail.Example")
    decide(store, take_in(store), decision(), reply)
    for sender in (ANNA, "anna.work@mail.example"):
        assert look(store, sender, cites=("<mailbot.1@bk.ru>",)).follows == "26-000001"


def test_a_stranger_who_cites_our_letter_enters_no_thread(store: Store) -> None:
    answered(store)
    assert look(store, BORIS, cites=("<mailbot.1@bk.ru>",)).follows is None
    assert look(store, "", cites=("<mailbot.1@bk.ru>",)).follows is None


def test_an_earlier_case_tells_the_writers_words_our_answer_and_the_arguments(store: Store) -> None:
    found = facts(accounts=("440215",), arguments=("12.11.2026", "акт № 7"))
    number = answered(store, "Когда вы работаете?", found=found)
    (earlier,) = look(store).earlier
    assert (earlier.number, earlier.received_at, earlier.topics) == (number, NOW, ("no_heating",))
    assert earlier.text == "обращение\nКогда вы работаете?"
    assert (earlier.answered_on_substance, earlier.answered_at) == (True, NOW)
    assert earlier.answer == "Мы работаем с 8 до 17."
    assert earlier.arguments == ("12.11.2026", "акт № 7")


def test_an_answer_counts_from_the_moment_when_it_left(store: Store) -> None:
    answered(store)
    left = NOW + minutes(40)
    claimed = store.do(outbox.claim_outgoing, "d", minutes(1), left)
    assert claimed
    store.do(outbox.record_delivery, claimed.id, SendResult(SendOutcome.SENT, "250"), left, None)
    (earlier,) = look(store).earlier
    assert earlier.answered_at == left


def test_an_acknowledgement_is_no_answer_on_substance(store: Store) -> None:
    decide(store, take_in(store), decision(Action.REVIEW), outgoing())
    (earlier,) = look(store).earlier
    assert (earlier.answered_on_substance, earlier.answered_at, earlier.answer) == (False, None, "")


def test_an_answer_that_the_gate_held_answered_nothing(store: Store) -> None:
    decide(store, take_in(store), decision(on_substance="yes"), outgoing(), held=GateHold("предел"))
    (earlier,) = look(store).earlier
    assert not earlier.answered_on_substance


def test_earlier_cases_are_those_of_the_sender_or_the_account_newest_first(store: Store) -> None:
    anna = answered(store, "от Анны", ANNA, "<1@bk.ru>", NOW)
    same_flat = answered(
        store, "от сына", "son@x", "<2@bk.ru>", NOW + minutes(1), facts(accounts=("440215",))
    )
    answered(store, "от Бориса", BORIS, "<3@bk.ru>", NOW + minutes(2), facts(accounts=("550111",)))
    earlier = look(store, ANNA, accounts=("440215", "440215")).earlier
    assert [case.number for case in earlier] == [same_flat, anna]
    assert [case.number for case in look(store, ANNA).earlier] == [anna]
    assert look(store, "").earlier == ()


def test_what_is_no_clients_letter_or_was_never_understood_is_no_earlier_case(store: Store) -> None:
    decide(store, take_in(store, "реклама"), decision(Action.IGNORE))
    broken = take_in(store, "ломается", at=NOW + minutes(1))
    store.do(incoming_claims.claim, "w", minutes(1), NOW + minutes(2), 1)
    store.do(incoming_claims.fail, broken, "ValueError", NOW, NOW, 1)
    assert look(store).earlier == ()


def test_an_answer_older_than_400_days_is_forgotten_and_fifty_are_enough(store: Store) -> None:
    answered(store, "давно", id="<old@bk.ru>", at=NOW - timedelta(days=400))
    for number in range(55):
        answered(store, f"письмо {number}", id=f"<{number}@bk.ru>", at=NOW + minutes(number))
    earlier = look(store).earlier
    assert len(earlier) == 50
    assert [case.text.split()[-1] for case in earlier[:2]] == ["54", "53"]
    assert look(store, at=timedelta(days=398)).earlier != ()


def test_the_newest_accepted_reading_of_each_meter_of_the_letters_accounts(store: Store) -> None:
    store.do(client_addresses.import_clients, REGISTER)
    for day, value in ((0, "100.10"), (1, "117.50")):
        accepted = (reading(value), reading("98", meter="08123456"))
        decided = decision(Action.READING_ACCEPTED, accepted=accepted)
        at = NOW + timedelta(days=day)
        letter_id = take_in(store, f"гвс {value}", BORIS, at)
        decide(store, letter_id, decided, outgoing(f"<{day}@bk.ru>"), now=at)
    refused = decision(Action.REVIEW)
    decide(store, take_in(store, "гвс 5"), refused)
    for context in (
        look(store, "new@x", accounts=("440215",), at=timedelta(days=2)),
        look(store, ANNA, at=timedelta(days=2)),
    ):
        found = {item.meter: item for item in context.readings}
        assert set(found) == {None, "08123456"}
        assert str(found[None].value) == "117.50"
        assert found["08123456"].value == Decimal(98)
        assert (found[None].resource, found[None].unit) == (Resource.HOT_WATER, Unit.M3)
        assert found[None].received_at == NOW + timedelta(days=1)
    assert look(store, BORIS, at=timedelta(days=3)).readings == ()


def test_traffic_counts_automatic_letters_to_the_address_and_in_all(store: Store) -> None:
    for day in (-8, -6, -2, 0):
        at = NOW + timedelta(days=day)
        answered(store, f"письмо {day}", ANNA, f"<a{day}@bk.ru>", at)
        store.do(automatic_traffic.count_letter, WriterClass.CLIENT, at)
    answered(store, "от Бориса", BORIS, "<b@bk.ru>", NOW + minutes(30))
    store.do(automatic_traffic.count_letter, WriterClass.STRANGER, NOW + minutes(30))
    held = take_in(store, "лишнее", ANNA, NOW)
    decide(store, held, decision(), outgoing("<held@bk.ru>"), held=GateHold("предел"))
    traffic = look(store, ANNA, at=minutes(75)).traffic
    assert traffic.to_address == (NOW - timedelta(days=6), NOW - timedelta(days=2), NOW)
    assert (traffic.all_last_hour, traffic.all_last_day) == (1, 2)
    assert (traffic.strangers_last_hour, traffic.strangers_last_day) == (1, 1)


def test_a_persons_letter_is_no_automatic_traffic(store: Store) -> None:
    decide(store, take_in(store), decision(Action.REVIEW))
    with store.write() as transaction:
        moves_and_answers.queue_answer(
            transaction, "26-000001", outgoing(), "Петрова", "Приходите завтра.", NOW
        )
    claimed = store.do(outbox.claim_outgoing, "d", minutes(1), NOW)
    assert claimed
    store.do(outbox.record_delivery, claimed.id, SendResult(SendOutcome.SENT, "250"), NOW, None)
    context = look(store)
    assert context.traffic.to_address == ()
    assert context.earlier[0].answer == "Приходите завтра."


def test_a_letter_that_names_thousands_of_accounts_and_letters_is_looked_up_all_the_same(
    store: Store,
) -> None:
    many = tuple(str(number) for number in range(100_000, 170_000))
    cites = tuple(f"<{number}@x>" for number in many)
    letter_id = take_in(store)
    context = decide(
        store,
        letter_id,
        decision(Action.REVIEW),
        read=letter(cites=cites),
        found=facts(accounts=many[:3000]),
    )
    assert context.follows is None


def test_bills_take_nothing_from_the_caps_of_answers(store: Store) -> None:
    """A town of bills went out this minute, one to Anna too: her question is answered all the same."""
    with store.write() as transaction:
        register_import.import_register(transaction, [flat("100")])
        for at in range(30):
            bill = OutgoingLetter(
                LetterPurpose.BILL, "bill", ANNA, "Квитанция", f"<mailbot.{at}@bk.ru>", "", b""
            )
            monthly_sending.queue_unasked(transaction, "100", Month(2026, 10), bill, None, NOW.date(), NOW)
    assert look(store, at=timedelta(minutes=1)).traffic == AutomaticTraffic()
