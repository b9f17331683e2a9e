"""The bill of a closed month, on both engines: its figures are the ledger's, as they stood at one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mailbot.command_setup import load_files
from mailbot.config import Settings
from mailbot.model.bill.bill import BillNotice
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import LineKind
from mailbot.model.ledger.sources import PaymentSource
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.ledger.accounts.account_summary import account_card
from mailbot.services.ledger.accounts.client_card import NoSuchAccount
from mailbot.services.ledger.bills.month_bills import NoSuchBill, bill_of, bills_of
from mailbot.store import Store
from mailbot.store.ledger import payments
from mailbot.store.ledger.payment_lists import NewPayment
from tests.services.ledger.town import NOVEMBER, OCTOBER, SEPTEMBER, close, flat, read, settle, without_meters

ISSUED = date(2026, 11, 4)


@pytest.fixture(scope="module")
def rules() -> ActiveRules:
    return load_checked_rules(0, load_files(Settings()))


def pay(store: Store, amount: str, day: date, entered: datetime | None = None) -> None:
    paid = NewPayment("1", Decimal(amount), day, f"{amount} {day}")
    with store.write() as transaction:
        payments.save_payments(
            transaction,
            [paid],
            PaymentSource.BANK,
            "банк",
            entered or datetime(2026, 11, 1, tzinfo=UTC),
        )


def town(store: Store) -> None:
    """Two flats; hot water of the first read in August, September and October; two months closed."""
    settle(store, flat("1"), without_meters(flat("2")))
    for month, value in ((8, "100"), (9, "104"), (10, "110.5")):
        day = date(2026, month, 20)
        read(store, "1", value, day, entered=datetime(2026, month, 20, tzinfo=UTC))
    close(store, SEPTEMBER)
    close(store, OCTOBER)


def test_a_bill_shows_the_charge_and_the_readings_it_was_made_of(store: Store, rules: ActiveRules) -> None:
    town(store)
    bill = bill_of(store, "1", OCTOBER, rules, ISSUED)
    assert (bill.number, bill.name, bill.due) == ("1-1026", "Кошкина Анна", date(2026, 11, 15))
    assert bill.previous is not None
    assert bill.previous.month == SEPTEMBER
    assert bill.year_ago is None
    (use,) = bill.meters
    assert use.first is not None
    assert use.last is not None
    assert (use.first.value, use.last.value) == (Decimal(104), Decimal("110.5"))
    assert [bar.volume for bar in use.bars[-3:]] == [None, Decimal(4), Decimal("6.5")]
    assert len(use.bars) == 13


def test_the_balance_is_the_reconciliation_statements_own(store: Store, rules: ActiveRules) -> None:
    town(store)
    september = bill_of(store, "1", SEPTEMBER, rules, date(2026, 10, 4)).charge.total
    pay(store, "100.00", date(2026, 9, 30))
    pay(store, "200.00", date(2026, 10, 1))
    pay(store, "300.00", ISSUED)
    pay(store, "400.00", date(2026, 11, 5))
    bill = bill_of(store, "1", OCTOBER, rules, ISSUED)
    assert bill.opening == september - 100 == account_card(
        store, "1", today=ISSUED, since=OCTOBER, until=OCTOBER
    ).statement.opening  # fmt: skip
    assert [one.amount for one in bill.payments] == [200, 300], "up to and with the day of issue"
    assert bill.to_pay == september - 100 - 500 + bill.charge.total


def test_the_same_moment_gives_the_same_bill_whatever_comes_in_later(
    store: Store, rules: ActiveRules
) -> None:
    town(store)
    moment = datetime(2026, 11, 4, 9, tzinfo=UTC)
    before = bill_of(store, "1", OCTOBER, rules, ISSUED, moment)
    pay(store, "500.00", date(2026, 11, 3), entered=datetime(2026, 11, 4, 10, tzinfo=UTC))
    read(store, "1", "104.5", date(2026, 9, 24), entered=datetime(2026, 11, 4, 10, tzinfo=UTC))
    assert bill_of(store, "1", OCTOBER, rules, ISSUED, moment) == before
    assert bill_of(store, "1", OCTOBER, rules, ISSUED).paid == 500


def test_an_estimated_month_shows_no_readings(store: Store, rules: ActiveRules) -> None:
    town(store)
    close(store, NOVEMBER)
    bill = bill_of(store, "1", NOVEMBER, rules, date(2026, 12, 4))
    (use,) = bill.meters
    assert (use.first, use.last) == (None, None)
    assert use.bars[-1].estimated


def test_a_correction_later_shows_its_own_month_nothing_new(store: Store, rules: ActiveRules) -> None:
    town(store)
    october = bill_of(store, "1", OCTOBER, rules, ISSUED)
    read(store, "1", "112", date(2026, 10, 24), entered=datetime(2026, 11, 20, tzinfo=UTC))
    close(store, NOVEMBER)
    assert bill_of(store, "1", OCTOBER, rules, ISSUED) == october
    november = bill_of(store, "1", NOVEMBER, rules, date(2026, 12, 4))
    assert any(line.kind is LineKind.CORRECTION for line in november.charge.lines)


def test_notices_of_the_day_and_area_stand_on_it(store: Store, rules: ActiveRules) -> None:
    town(store)
    notices = (
        BillNotice("Отключение.", date(2026, 11, 1), date(2026, 11, 4), ("Прикамский",)),
        BillNotice("Не здесь.", date(2026, 11, 1), None, ("Завод",)),
        BillNotice("Ещё рано.", date(2026, 11, 5), None, ()),
    )
    bill = bill_of(store, "1", OCTOBER, replace(rules, notices=notices), ISSUED)
    assert bill.notices == ("Отключение.",)


def test_many_at_once_are_the_same_as_one_by_one(store: Store, rules: ActiveRules) -> None:
    town(store)
    many = store.ask(bills_of, ["2", "1", "404"], OCTOBER, rules, ISSUED)
    assert many == tuple(bill_of(store, number, OCTOBER, rules, ISSUED) for number in ("1", "2"))
    assert many[1].meters == ()


def test_no_bill_without_account_or_charge(store: Store, rules: ActiveRules) -> None:
    town(store)
    with pytest.raises(NoSuchAccount, match="404 в реестре нет"):
        bill_of(store, "404", OCTOBER, rules, ISSUED)
    with pytest.raises(NoSuchBill, match="за 2026-12 ничего не начислено"):
        bill_of(store, "1", Month(2026, 12), rules, ISSUED)
