"""Payments on both engines: each is taken once, none is lost, and what counts is told as of a moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.exc import DBAPIError

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Payment
from mailbot.model.ledger.sources import PaymentSource
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.database.batches import MAX_VALUES
from mailbot.store.ledger import payment_lists, payments
from mailbot.store.ledger.payment_lists import LedgerPayment, NewPayment
from mailbot.store.ledger.payments import SavedPayments
from mailbot.store.schema.ledger import payment
from tests.store.accounts.test_register_import import FLAT, SHOP

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
D = Decimal
RENT = NewPayment("440215", D("1500.00"), date(2026, 11, 20), "П-17", Month(2026, 10), "Кошкина А.")
STRAY = NewPayment("44O215", D("99.90"), date(2026, 11, 21), "П-18")


@pytest.fixture(autouse=True)
def register(store: Store) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, [FLAT, SHOP])


def take(
    store: Store, *many: NewPayment, source: PaymentSource = PaymentSource.BANK, now: datetime = NOW
) -> SavedPayments:
    with store.write() as transaction:
        return payments.save_payments(transaction, many, source, "банк", now)


def counted(store: Store, until: datetime | None = None) -> dict[str, tuple[Payment, ...]]:
    return store.ask(payments.of_accounts, ["440215", "77001", "нет"], until)


def rows(store: Store) -> tuple[LedgerPayment, ...]:
    return store.ask(payment_lists.listed)


def cancel(store: Store, payment_id: int, now: datetime = NOW) -> LedgerPayment:
    with store.write() as transaction:
        return payments.cancel(transaction, payment_id, "ошибка банка", "Анна Зуева", now)


def assign(store: Store, payment_id: int, number: str) -> LedgerPayment:
    with store.write() as transaction:
        return payments.assign(transaction, payment_id, number)


def test_a_payment_counts_for_its_account_with_day_document_and_month(store: Store) -> None:
    take(store, RENT)
    paid = Payment(date(2026, 11, 20), D("1500.00"), "П-17", Month(2026, 10))
    assert counted(store) == {"440215": (paid,)}


def test_the_same_payment_is_taken_once_and_another_of_the_same_document_is_another(store: Store) -> None:
    others = (
        replace(RENT, amount=D("1500.01")),
        replace(RENT, paid_on=date(2026, 11, 19)),
        replace(RENT, written="77001"),
    )
    assert take(store, RENT, *others) == SavedPayments((RENT, *others), (), ())
    assert take(store, RENT, STRAY) == SavedPayments((STRAY,), (STRAY,), (RENT,))
    assert take(store, STRAY, *others) == SavedPayments((), (), (STRAY, *others))
    assert len(rows(store)) == 5


def test_the_office_may_have_a_paper_with_the_number_of_the_banks(store: Store) -> None:
    take(store, RENT)
    assert take(store, RENT, source=PaymentSource.OFFICE).new == (RENT,)


def test_an_account_written_with_spaces_is_the_same_account(store: Store) -> None:
    assert take(store, replace(RENT, written="440 215")).unclear == ()
    assert list(counted(store)) == ["440215"]


def test_money_without_a_known_account_is_kept_until_a_person_says_whose_it_is(store: Store) -> None:
    assert take(store, RENT, STRAY).unclear == (STRAY,)
    (waiting,) = store.ask(payment_lists.unclear)
    assert (waiting.account, waiting.written, waiting.amount, waiting.document) == (
        None,
        "44O215",
        D("99.90"),
        "П-18",
    )
    with pytest.raises(RequestRefused, match="в реестре нет"):
        assign(store, waiting.id, "44O215")
    assign(store, waiting.id, "440215")
    assert store.ask(payment_lists.unclear) == ()
    assert sum(one.amount for one in counted(store)["440215"]) == D("1599.90")
    with pytest.raises(RequestRefused, match="уже отнесён на счёт 440215"):
        assign(store, waiting.id, "77001")


def test_a_cancelled_payment_and_its_cancellation_both_vanish_and_both_stay_in_the_book(store: Store) -> None:
    take(store, RENT)
    (paid,) = rows(store)
    cancel(store, paid.id)
    assert counted(store) == {}
    first, second = store.ask(payment_lists.of_account, "440215")
    assert (first.amount, first.cancelled_by) == (D("1500.00"), second.id)
    assert (second.amount, second.cancels, second.by) == (D("-1500.00"), paid.id, "Анна Зуева")
    assert "ошибка банка" in second.document
    for again in (first.id, second.id):
        with pytest.raises(RequestRefused, match="отмен"):
            cancel(store, again)
    assert take(store, RENT).new == (), "the bank's next file must not bring it back"


def test_an_unclear_payment_that_went_back_to_the_bank_waits_no_longer(store: Store) -> None:
    take(store, STRAY)
    (waiting,) = store.ask(payment_lists.unclear)
    cancel(store, waiting.id)
    assert store.ask(payment_lists.unclear) == ()
    with pytest.raises(RequestRefused, match="отменён"):
        assign(store, waiting.id, "440215")


def test_a_run_of_yesterday_sees_what_was_entered_by_then(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    take(store, RENT)
    take(store, replace(RENT, document="П-19"), now=later)
    cancel(store, rows(store)[0].id, now=later + timedelta(hours=1))
    assert [one.document for one in counted(store, NOW)["440215"]] == ["П-17"]
    assert [one.document for one in counted(store, later)["440215"]] == ["П-17", "П-19"]
    assert [one.document for one in counted(store)["440215"]] == ["П-19"]
    assert counted(store, NOW - timedelta(seconds=1)) == {}


def test_no_payment_can_be_changed_or_removed_past_the_verbs(store: Store, engine: Engine) -> None:
    take(store, RENT, STRAY)
    forbidden = (
        update(payment).values(amount="1.00"),
        update(payment).where(payment.c.account == "440215").values(account="77001"),
        delete(payment),
    )
    for statement in forbidden:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(statement)


def test_of_two_people_who_cancel_at_once_one_is_told_that_it_is_done(store: Store) -> None:
    take(store, RENT)
    (paid,) = rows(store)

    def attempt(_: int) -> str:
        try:
            return str(cancel(store, paid.id).amount)
        except RequestRefused as refused:
            return str(refused)

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(attempt, range(4)))
    assert told[0] == "1500.00"
    assert [("отменён" in one) for one in told] == [False, True, True, True]
    assert len(rows(store)) == 2


def test_of_two_files_taken_in_at_once_each_payment_stands_once(store: Store) -> None:
    many = [replace(RENT, document=f"П-{at}") for at in range(300)]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: take(store, *many), range(4)))
    assert sum(len(one.new) for one in taken) == 300 == len(rows(store))
    assert sum(len(one.known) for one in taken) == 900


def test_an_unknown_number_is_told(store: Store) -> None:
    with pytest.raises(RequestRefused, match="Платежа № 404 нет"):
        cancel(store, 404)


def test_more_payments_and_accounts_than_a_statement_takes(store: Store) -> None:
    many = [replace(RENT, document=f"П-{at}") for at in range(MAX_VALUES + 3)]
    assert len(take(store, *many).new) == MAX_VALUES + 3
    numbers = [*(f"0{at}" for at in range(MAX_VALUES + 3)), "440215"]
    assert len(store.ask(payments.of_accounts, numbers)["440215"]) == MAX_VALUES + 3
