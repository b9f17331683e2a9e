"""The card of an account: what is owed and why, from months really charged and money really taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger import payments
from mailbot.services.ledger.accounts.account_summary import AccountCard, account_card
from mailbot.store import Store
from mailbot.store.accounts import accounts
from mailbot.store.ledger import charges
from tests.services.ledger.town import NOVEMBER, OCTOBER, SEPTEMBER, close, flat, read, settle

NOW, TODAY = datetime(2026, 12, 23, 6, 0, tzinfo=UTC), date(2026, 12, 23)
D = Decimal


def pay(store: Store, amount: str, day: date, document: str) -> int:
    row = payments.add(store, "440215", D(amount), day, document, by="Анна", now=NOW, today=TODAY)
    return row.id


def card(store: Store, since: Month | None = None, until: Month | None = None) -> AccountCard:
    return account_card(store, "440215", today=TODAY, since=since, until=until)


def billed(store: Store) -> dict[Month, Decimal]:
    return {one.month: one.total for one in store.ask(charges.charges, ["440215"])["440215"]}


@pytest.fixture
def town(store: Store) -> Store:
    """Three months charged; one and a half of them paid, and a payment that was a mistake."""
    settle(store, flat("440215"), flat("440216", "5502"))
    for day, value in (
        (date(2026, 9, 20), "100"),
        (date(2026, 10, 20), "105"),
        (date(2026, 11, 20), "108.5"),
    ):
        read(store, "440215", value, day, entered=datetime(day.year, day.month, day.day, tzinfo=UTC))
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(store, month)
    pay(store, str(billed(store)[SEPTEMBER]), date(2026, 10, 14), "ПКО 1")
    pay(store, "1000.00", date(2026, 11, 14), "ПКО 2")
    payments.cancel(store, pay(store, "777.00", date(2026, 11, 15), "ПКО 3"), by="Анна", why="чужой", now=NOW)
    return store


def test_the_statement_says_month_by_month_what_was_charged_and_paid(town: Store) -> None:
    total = billed(town)
    found = card(town)
    assert [str(one.month) for one in found.statement.months] == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert [one.charged for one in found.statement.months] == [
        total[SEPTEMBER], total[OCTOBER], total[NOVEMBER], D("0.00"),
    ]  # fmt: skip
    assert [one.paid for one in found.statement.months] == [
        D("0.00"), total[SEPTEMBER], D("1000.00"), D("0.00"),
    ]  # fmt: skip
    assert found.balance == found.statement.closing == sum(total.values()) - total[SEPTEMBER] - 1000


def test_the_statement_of_some_months_begins_with_what_was_owed_before_and_the_balance_stays(
    town: Store,
) -> None:
    found = card(town, OCTOBER, OCTOBER)
    assert found.statement.opening == billed(town)[SEPTEMBER]
    assert found.statement.closing == billed(town)[OCTOBER]
    assert found.last is not None
    assert found.last.month == OCTOBER
    assert found.balance == card(town).balance


def test_the_last_charge_and_the_last_reading_are_the_newest(town: Store) -> None:
    found = card(town)
    assert found.last is not None
    assert (found.last.month, found.last.total) == (NOVEMBER, billed(town)[NOVEMBER])
    (meter,) = found.meters
    assert meter.last is not None
    assert (meter.last.value, meter.last.day, meter.in_order) == (D("108.5"), date(2026, 11, 20), True)


def test_a_meter_whose_verification_has_run_out_is_not_in_order(store: Store) -> None:
    one = flat("440215")
    old = replace(one.account.meters[0], verified_until=date(2026, 12, 22))
    settle(store, replace(one, account=replace(one.account, meters=(old,))))
    (meter,) = card(store).meters
    assert (meter.last, meter.in_order) == (None, False)


def test_an_account_without_a_story_has_this_month_and_owes_nothing(store: Store) -> None:
    settle(store, flat("440215"))
    found = card(store)
    assert [str(one.month) for one in found.statement.months] == ["2026-12"]
    assert (found.balance, found.last) == (Decimal(0), None)


def test_a_long_story_is_shown_for_a_year_and_whole_where_asked(store: Store) -> None:
    settle(store, flat("440215"))
    pay(store, "50.00", date(2024, 1, 10), "ПКО 9")
    found = card(store)
    assert (len(found.statement.months), found.statement.opening) == (12, D("-50.00"))
    assert len(card(store, since=Month(2024, 1)).statement.months) == 36


def test_the_holder_is_read_as_the_register_holds_it(store: Store) -> None:
    one = flat("440215")
    settle(store, one)
    settle(store, flat("440216", "5502"))
    assert store.ask(accounts.registered, ["440215", "999"]) == {"440215": one}


def test_what_cannot_be_shown_is_told(store: Store) -> None:
    with pytest.raises(RequestRefused, match="Лицевого счёта 440215 в реестре нет"):
        card(store)
    settle(store, flat("440215"))
    with pytest.raises(RequestRefused, match="Поменяйте месяцы местами"):
        card(store, NOVEMBER, OCTOBER)
