"""A month's bills leave: each account's once, to its own client, with the figures of the moment the sending began."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import insert

from mailbot.config import resource_folder
from mailbot.model import CaseState, RequestRefused, SendOutcome
from mailbot.model import SendResult as Delivered
from mailbot.model.bill.sending import BillState
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.model.outgoing.sending_pace import BillLimits
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.month_sending import try_sending
from mailbot.services.ledger.bills.sending_again import send_again
from mailbot.store import Store
from mailbot.store.accounts import timeline
from mailbot.store.accounts.register_record import record
from mailbot.store.bills import monthly_sending, sending_status
from mailbot.store.cases import summaries
from mailbot.store.mail import outbox, sending_pace
from mailbot.store.schema.ledger import payment
from tests.scale import scale
from tests.services.conftest import House as Desk
from tests.services.ledger.billing_office import (
    NOW,
    accounts_in,
    charged,
    confirmed_rules,
    example_rules,
    later,
    letters,
    pdf_of,
    resident,
    send,
    text_of,
)
from tests.services.ledger.town import NOVEMBER, OCTOBER, close, settle


def pay(store: Store, number: str, amount: str, day: date) -> None:
    values = {
        "account": number,
        "amount": amount,
        "paid_on": day,
        "source": "office",
        "document": f"чек {number} {day} {amount}",
        "entered_at": later(1),
        "by": "Зуева",
    }
    with store.write() as transaction:
        transaction.execute(insert(payment).values(**values))


def state(store: Store, number: str) -> BillState:
    (found,) = store.ask(sending_status.of_account, number)
    return found.state


def told(store: Store, number: str) -> list[str]:
    return [one.detail for one in store.ask(timeline.events, number, NOW.replace(year=2020), None, 99)]


def test_each_client_gets_one_mail_with_the_bill_of_the_very_account(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"), resident("440002", "pavel@ya.ru"))
    outcome = send(store)
    assert (outcome.ways, outcome.finished) == ({DeliveryMethod.EMAIL: 2}, True)
    found = {to: text_of(pdf_of(content)) for to, _, content in letters(store)}
    assert accounts_in(found["anna@bk.ru"], ("440001", "440002")) == {"440001"}
    assert accounts_in(found["pavel@ya.ru"], ("440001", "440002")) == {"440002"}
    assert state(store, "440001") is BillState.QUEUED
    assert {one.provider for one in store.ask(sending_pace.paces)} == {"*", "mail.ru", "yandex.ru"}


def test_a_month_sent_twice_sends_nothing_twice(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"), resident("440002", delivery=DeliveryMethod.PAPER))
    send(store)
    again = send(store, at=later(2))
    assert (again.ways, again.finished) == ({}, True)
    assert len(letters(store)) == 1


def test_an_interrupted_sending_goes_on_to_the_same_bytes(store: Store) -> None:
    """Between the two halves money comes in and days pass: the second half still shows the moment of the first."""
    people = [resident(f"{440000 + at}", f"k{at}@bk.ru") for at in range(1, 31)]
    charged(store, *people)

    class Killed(Exception):
        pass

    def die(_: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        send(store, told=die)
    half = letters(store)
    assert 0 < len(half) < 30
    for one in people:
        pay(store, one.account.number, "100.00", date(2026, 11, 3))
    assert send(store, at=later(4)).finished
    whole = letters(store)
    assert whole[: len(half)] == half
    assert len({to for to, _, _ in whole}) == len(whole) == 30
    assert {message_from_bytes(content)["Date"] for _, _, content in whole} == {
        message_from_bytes(half[0][2])["Date"]
    }
    assert not any("100,00" in text_of(pdf_of(content)) for _, _, content in whole[-3:])


def test_paper_and_edo_get_no_mail_but_a_row_that_waits(store: Store) -> None:
    charged(
        store,
        resident("440001", "anna@bk.ru", delivery=DeliveryMethod.PAPER),
        resident("440002", "zavod@bk.ru", delivery=DeliveryMethod.EDO),
    )
    send(store)
    assert letters(store) == []
    assert (state(store, "440001"), state(store, "440002")) == (BillState.TO_PRINT, BillState.TO_EXPORT)


def test_who_wants_mail_but_has_no_address_gets_paper_and_is_listed(store: Store) -> None:
    charged(store, resident("440001"), resident("440002", "кошкина анна@bk.ru"))
    outcome = send(store)
    assert letters(store) == []
    assert [number for number, _ in outcome.on_paper] == ["440001", "440002"]
    assert state(store, "440001") is BillState.TO_PRINT
    assert "адреса в реестре нет" in told(store, "440001")[0]
    assert "отправить нельзя" in told(store, "440002")[0]
    assert [one.account for one in store.ask(sending_status.trouble, OCTOBER)] == ["440001", "440002"]


def test_a_client_of_several_addresses_gets_one_mail_and_every_month_the_same(store: Store) -> None:
    """Two mails would be two bills, and people pay twice."""
    charged(store, resident("440001", "zoya@bk.ru", "anna@bk.ru", "noreply@bk.ru"))
    send(store)
    assert [to for to, _, _ in letters(store)] == ["anna@bk.ru"]


def test_one_client_of_two_flats_gets_two_mails_one_an_account(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"), resident("440002", "anna@bk.ru"))
    send(store)
    found = [accounts_in(text_of(pdf_of(content)), ("440001", "440002")) for _, _, content in letters(store)]
    assert found == [{"440001"}, {"440002"}]


@pytest.mark.parametrize("address", ["no-reply@bk.ru", "OUR"])
def test_what_the_gate_stops_is_held_and_shown(address: str, store: Store) -> None:
    rules = confirmed_rules()
    to = rules.rulebook.channels.own_addresses[0] if address == "OUR" else address
    charged(store, resident("440001", to))
    outcome = send(store)
    ((recipient, letter_state, _),) = letters(store)
    assert (recipient, letter_state, state(store, "440001")) == (to, "held", BillState.HELD)
    assert [number for number, _ in outcome.held] == ["440001"]
    assert "задержана" in told(store, "440001")[0]
    assert store.ask(summaries.pending) == 0


def test_the_cap_of_an_address_holds_the_bill_above_it(store: Store) -> None:
    charged(store, *(resident(f"44000{at}", "anna@bk.ru") for at in range(1, 5)))
    outcome = send(store, rules=confirmed_rules(BillLimits(address_per_day=3)))
    assert [letter_state for _, letter_state, _ in letters(store)] == ["ready"] * 3 + ["held"]
    assert [number for number, _ in outcome.held] == ["440004"]


def test_an_open_month_and_examples_in_the_rules_are_refused_with_what_to_do(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    with pytest.raises(RequestRefused, match=r"bank\.toml.*\n.*channels\.toml"):
        send(store, rules=example_rules())
    assert letters(store) == []
    settle(store, resident("440002", "pavel@bk.ru"))
    close(store, NOVEMBER, "440001")
    from mailbot.services.ledger.bills.month_sending import send_month

    with pytest.raises(RequestRefused, match=r"не закрыт.*bill run --month 2026-11"):
        send_month(store, NOVEMBER, confirmed_rules(), by="Зуева", clock=lambda: NOW)
    assert store.ask(monthly_sending.sending, NOVEMBER) is None


def test_a_trial_counts_and_keeps_nothing(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"), resident("440002"))
    outcome = try_sending(store, OCTOBER, confirmed_rules())
    assert outcome.ways == {DeliveryMethod.EMAIL: 1, DeliveryMethod.PAPER: 1}
    assert letters(store) == []
    assert store.ask(monthly_sending.sending, OCTOBER) is None


def test_only_the_accounts_named_are_sent_and_the_rest_stays(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"), resident("440002", "pavel@bk.ru"))
    outcome = send(store, "440002")
    assert [to for to, _, _ in letters(store)] == ["pavel@bk.ru"]
    assert not outcome.finished
    assert send(store).finished


def sent(store: Store) -> None:
    """The server takes all that waits."""
    from mailbot.services.letters.deliver import pacing

    rulebook = confirmed_rules().rulebook
    while claimed := store.do(outbox.claim_outgoing, "d", later(1) - NOW, NOW, pacing(rulebook, NOW)):
        store.do(outbox.record_delivery, claimed.id, Delivered(SendOutcome.SENT, "250"), NOW, None)


def test_a_bill_sent_again_is_the_same_bill_in_a_new_letter(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    send(store)
    sent(store)
    pay(store, "440001", "100.00", date(2026, 11, 4))
    letter = send_again(store, "440001", OCTOBER, confirmed_rules(), by="Зуева", now=later(5))
    (first, second) = letters(store)
    assert pdf_of(second[2]) == pdf_of(first[2])
    ids = {message_from_bytes(content)["Message-ID"] for _, _, content in (first, second)}
    assert len(ids) == 2
    assert (letter.recipient, state(store, "440001")) == ("anna@bk.ru", BillState.QUEUED)
    history = store.ask(sending_status.letters, "440001", OCTOBER)
    assert [one.again_by for one in history] == [None, "Зуева"]
    assert "ещё раз" in told(store, "440001")[0]


def test_a_bill_is_sent_again_only_to_the_address_that_the_register_holds_now(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    send(store)
    sent(store)
    settle(store, resident("440001", "novaya@bk.ru"))
    held = store.ask(record, "440001")
    assert held is not None
    assert [one.value for one in held.emails] == ["novaya@bk.ru"]
    assert send_again(store, "440001", OCTOBER, confirmed_rules(), by="Зуева", now=later(5)).recipient == (
        "novaya@bk.ru"
    )


def test_a_bill_still_on_its_way_is_not_sent_again(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    send(store)
    with pytest.raises(RequestRefused, match="уже в очереди"):
        send_again(store, "440001", OCTOBER, confirmed_rules(), by="Зуева", now=NOW)
    assert len(letters(store)) == 1


def test_a_bill_that_was_never_sent_and_an_account_without_address_are_refused(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"), resident("440002"))
    with pytest.raises(RequestRefused, match="ещё не было"):
        send_again(store, "440001", OCTOBER, confirmed_rules(), by="Зуева", now=NOW)
    send(store)
    with pytest.raises(RequestRefused, match="адреса в реестре нет"):
        send_again(store, "440002", OCTOBER, confirmed_rules(), by="Зуева", now=NOW)


@pytest.mark.timeout(400)
def test_of_many_bills_each_goes_to_whom_the_register_ties_to_the_account_in_its_paper(
    tmp_path: Path,
) -> None:
    """Every seventh client has two flats, every fifth two addresses, every ninth wants paper."""
    store = Store(f"sqlite:///{tmp_path / 'mailbot.db'}", resource_folder("db"))
    store.migrate()
    people = []
    for at in range(scale(60, 1000)):
        owner = at - 1 if at % 7 == 1 else at
        emails = [f"k{owner}@bk.ru"] + ([f"other{owner}@ya.ru"] if owner % 5 == 0 else [])
        delivery = DeliveryMethod.PAPER if at % 9 == 0 else DeliveryMethod.EMAIL
        people.append(resident(f"{440000 + at}", *emails, delivery=delivery))
    charged(store, *people)
    send(store)
    numbers = [one.account.number for one in people]
    registered = {one.account.number: one.emails for one in people}
    seen: dict[str, set[str]] = {}
    for to, _, content in letters(store):
        mail = message_from_bytes(content)
        assert (mail["To"], mail["Cc"], mail["Bcc"]) == (to, None, None)
        (number,) = accounts_in(text_of(pdf_of(content)), numbers)
        assert to in registered[number]
        body = "".join(
            part.get_payload(decode=True).decode()  # type: ignore[union-attr]
            for part in mail.walk()
            if part.get_content_maintype() == "text"
        )
        assert set(re.findall(r"\b44\d{4}\b", body)) <= {number}, "another client's account in the mail"
        assert number not in seen.get(to, set())
        seen.setdefault(to, set()).add(number)
    wanted = {one.account.number for one in people if one.delivery is DeliveryMethod.EMAIL}
    assert set().union(*seen.values()) == wanted
    assert len(wanted) == sum(len(many) for many in seen.values())
    store.close()


def test_a_bill_that_comes_back_stands_on_its_account_and_can_be_sent_again(
    store: Store, rules: ActiveRules
) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    send(store)
    sent(store)
    ours = message_from_bytes(letters(store)[0][2])["Message-ID"]
    bounce = (
        "From: MAILER-DAEMON@mail.example\nReturn-Path: <>\nSubject: Undelivered Mail\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nno such user\n--b\nContent-Type: message/delivery-status\n\n"
        f"Final-Recipient: rfc822; anna@bk.ru\nAction: failed\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {ours}\n\n--b--\n"
    )
    assert Desk(store, rules).receive(bounce).state is CaseState.IGNORED
    assert state(store, "440001") is BillState.RETURNED
    assert "вернулось" in told(store, "440001")[0]
    assert [one.account for one in store.ask(sending_status.trouble, OCTOBER)] == ["440001"]
    send_again(store, "440001", OCTOBER, confirmed_rules(), by="Зуева", now=later(5))
    assert state(store, "440001") is BillState.QUEUED
