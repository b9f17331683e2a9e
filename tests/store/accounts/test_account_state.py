"""How an account stands, on both engines; and the way of getting the bill, changed with its proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, select

from mailbot.model import AccountState
from mailbot.model.ledger.accounts_and_meters import BillingTerms, DeliveryMethod
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.accounts import account_state
from mailbot.store.cases import summaries
from mailbot.store.database.json_codec import decision_from_json, decision_to_json
from mailbot.store.ledger import payment_lists, payments
from mailbot.store.schema.ledger import account, account_event
from tests.services.conftest import House
from tests.services.ledger.neighbours import (
    NEIGHBOURS,
    OCTOBER,
    OWN,
    PASS,
    SEPTEMBER,
    deliver,
    letter,
    settle,
)
from tests.store.material import NOW, decision

TODAY = date(2026, 11, 10)


def state(store: Store, number: str = OWN, today: date = TODAY) -> AccountState:
    (found,) = store.ask(account_state.states, [number], today, BillingTerms())
    return found


def test_the_balance_is_all_charges_less_all_payments(store: Store) -> None:
    settle(store, NOW)
    found = state(store)
    assert found.balance == Decimal("1993.76") + Decimal("1641.92") - Decimal("1791.92")
    assert (found.due, found.as_of) == (date(2026, 11, 15), TODAY)
    assert [one.month if one else None for one in (found.last, found.before)] == [OCTOBER, SEPTEMBER]
    assert [str(one.amount) for one in found.payments] == ["1791.92"]
    assert [(one.meter.serial, one.last.value if one.last else None) for one in found.meters] == [
        ("77123", Decimal("13.35"))
    ]


def test_a_cancelled_payment_is_owed_again(store: Store) -> None:
    settle(store, NOW)
    with store.write() as transaction:
        (paid,) = payment_lists.of_account(transaction, OWN)
        payments.cancel(transaction, paid.id, "ошибка банка", "Ольга", NOW)
    found = state(store)
    assert (found.balance, found.payments) == (Decimal("3635.68"), ())


def test_an_account_without_charges_and_one_that_there_is_not(store: Store) -> None:
    assert not store.ask(account_state.in_use)
    assert store.ask(account_state.states, [OWN], TODAY, BillingTerms()) == ()
    settle(store, NOW)
    assert store.ask(account_state.in_use)
    assert store.ask(account_state.states, ["999999"], TODAY, BillingTerms()) == ()
    assert state(store, NEIGHBOURS).balance == Decimal("9999.00")


def test_readings_sent_for_the_account_by_a_stranger_are_not_the_clients_to_see(
    store: Store, rules: ActiveRules
) -> None:
    settle(store, NOW)
    house = House(store, rules)
    house.receive(letter(f"л/с {OWN}, отопление 14,2 Гкал", subject="Показания"))
    house.receive(letter(f"л/с {OWN}, отопление 15,9 Гкал, Петров", sender="x@other.example", headers=""))
    sent = state(store, today=house.now.date()).sent
    assert [(str(one.value), one.accepted) for one in sent] == [("14.2", True)]
    later = state(store, today=house.now.date() + timedelta(days=100))
    assert later.sent == ()


def events(connection: Connection) -> list[tuple[str, str, datetime]]:
    return [(row.account, row.what, row.at) for row in connection.execute(select(account_event))]


def test_a_confirmed_change_of_delivery_is_carried_out_with_its_answer(
    store: Store, rules: ActiveRules
) -> None:
    settle(store, NOW)
    house = House(store, rules)
    asked = house.receive(letter("Присылайте, пожалуйста, квитанцию на почту"))
    (ours,) = store.ask(summaries.outgoing_of, store.ask(summaries.case_of, asked.number or "").id)
    deliver(house)
    done = house.receive(letter("да", headers=f"{PASS}In-Reply-To: {ours.message_id}\n"))
    assert done.template == "e_bill_done"
    assert store.ask(events) == [(OWN, "delivery", house.now)]
    assert state(store).delivery is DeliveryMethod.EMAIL
    ways = store.ask(
        lambda connection: list(connection.execute(select(account.c.number, account.c.delivery)))
    )
    assert {row.number: row.delivery for row in ways} == {OWN: "email", NEIGHBOURS: "paper"}


def test_a_decision_kept_before_there_was_a_ledger_still_loads() -> None:
    """The JSON of an older version has neither accounts nor a change."""
    now = decision_to_json(decision())
    assert '"accounts":[],"change":null' in now
    older = now.replace(',"accounts":[],"change":null', "")
    assert "accounts" not in older
    assert decision_from_json(older) == replace(decision_from_json(now))
