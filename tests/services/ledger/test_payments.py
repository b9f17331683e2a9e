"""What the bank's register and the office do to the book: counted, told, and logged with who did it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger import payments
from mailbot.services.ledger.payments import PaymentImportResult
from mailbot.services.ledger.tables.payments_table import PaymentRow
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.ledger import payment_lists
from mailbot.store.ledger.payment_lists import LedgerPayment, NewPayment
from mailbot.store.ledger.payments import of_accounts
from mailbot.store.staff import audit_log
from tests.store.accounts.test_register_import import FLAT, SHOP

NOW, TODAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC), date(2026, 11, 23)
D = Decimal
OF_BANK = (
    PaymentRow(2, NewPayment("440215", D("1500.50"), date(2026, 11, 20), "П-17")),
    PaymentRow(3, NewPayment("неизвестно", D("700.00"), date(2026, 11, 21), "П-18")),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path / 'mailbot.db'}", resource_folder("db"))
    made.migrate()
    with made.write() as transaction:
        register_import.import_register(transaction, [FLAT, SHOP])
    yield made
    made.close()


def import_register(store: Store) -> PaymentImportResult:
    with store.write() as transaction:
        return payments.import_register(transaction, OF_BANK, by="Анна Зуева", now=NOW)


def add(
    store: Store, account: str = "440215", amount: str = "250.00", document: str = "ПКО 5"
) -> LedgerPayment:
    return payments.add(
        store, account, D(amount), date(2026, 11, 22), document, by="Анна Зуева", now=NOW, today=TODAY,
        month=Month(2026, 10),
    )  # fmt: skip


def log(store: Store) -> list[tuple[str, str, str]]:
    return [(line.what, line.about, line.detail) for line in store.ask(audit_log.load_log, 10)]


def test_a_register_twice_is_taken_once_and_its_stray_row_is_told(store: Store) -> None:
    assert import_register(store) == PaymentImportResult(2, 0, D("2200.50"), (OF_BANK[1],), waiting=1)
    assert import_register(store) == PaymentImportResult(0, 2, D("0.00"), (), waiting=1)
    assert log(store) == [("payments_import", "", "новых 2 на 2200.50 ₽, невыясненных 1, уже были 0")], (
        "the second run did nothing, and says nothing"
    )


def test_money_at_the_office_stands_with_who_took_it(store: Store) -> None:
    row = add(store)
    assert (row.account, row.source, row.by, row.month) == ("440215", "office", "Анна Зуева", Month(2026, 10))
    assert log(store) == [("payment", "440215", f"платёж № {row.id}: 250.00 ₽ от 22.11.2026, документ ПКО 5")]


def test_the_same_paper_is_not_entered_twice_even_after_it_was_cancelled(store: Store) -> None:
    row = add(store)
    with pytest.raises(RequestRefused, match=f"уже внесён: № {row.id}"):
        add(store)
    payments.cancel(store, row.id, by="Анна Зуева", why="не тот счёт", now=NOW)
    with pytest.raises(RequestRefused, match="повторно"):
        add(store)
    assert store.ask(of_accounts, ["440215"]) == {}
    add(store, document="ПКО 5, повторно")
    assert len(store.ask(of_accounts, ["440215"])["440215"]) == 1


@pytest.mark.parametrize(
    ("account", "amount", "document", "told"),
    [
        ("999", "250.00", "ПКО 5", "Лицевого счёта 999 в реестре нет"),
        ("440215", "0.00", "ПКО 5", "больше нуля"),
        ("440215", "0.005", "ПКО 5", "не дробнее копейки"),
        ("440215", "NaN", "ПКО 5", "больше нуля"),
        ("440215", "250.00", " ", "впишите номер документа"),
    ],
)
def test_what_cannot_be_a_payment_is_refused_and_nothing_is_kept(
    store: Store, account: str, amount: str, document: str, told: str
) -> None:
    with pytest.raises(RequestRefused, match=told):
        add(store, account, amount, document)
    assert store.ask(payment_lists.listed) == ()
    assert log(store) == []


def test_an_unclear_payment_finds_its_account_and_the_log_says_by_whom(store: Store) -> None:
    import_register(store)
    (waiting,) = store.ask(payment_lists.unclear)
    payments.assign(store, waiting.id, "440 215", by="Борис", now=NOW)
    assert [one.amount for one in store.ask(of_accounts, ["440215"])["440215"]] == [D("1500.50"), D("700.00")]
    assert log(store)[0][:2] == ("payment_assign", "440215")
    assert "было написано «неизвестно»" in log(store)[0][2]


def test_a_cancellation_needs_a_name_and_a_reason(store: Store) -> None:
    row = add(store)
    for by, why in (("", "ошибка"), ("Анна", " ")):
        with pytest.raises(RequestRefused, match="кто и почему"):
            payments.cancel(store, row.id, by=by, why=why, now=NOW)
    with pytest.raises(RequestRefused, match="длиннее 200"):
        payments.cancel(store, row.id, by="Анна", why="о" * 201, now=NOW)
    payments.cancel(store, row.id, by="Анна", why="двойной | ввод", now=NOW)
    assert log(store)[0][0] == "payment_cancel"
    assert (
        store.ask(payment_lists.of_account, "440215")[1].document
        == f"отмена платежа № {row.id}: двойной | ввод"
    )
