"""Accounts are found on both engines by the beginning of their number, and by words however they are written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, Select, text

from mailbot.config import resource_folder
from mailbot.model import Client
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import Premises, RegisteredAccount
from mailbot.store import Store
from mailbot.store.accounts import client_addresses, register_import, search
from mailbot.store.database.engine import open_engine, writing
from tests.store.accounts.test_register_import import FLAT, SHOP
from tests.store.database.test_migrations import Databases, to_version


def person(number: str, name: str, address: str) -> RegisteredAccount:
    held = replace(FLAT.account, number=number, premises=Premises(address, Decimal(40), 1), meters=())
    return replace(FLAT, account=held, name=name, emails=(f"k{number}@b.ru",), phones=())


TOWN = (
    FLAT,
    SHOP,
    person("440216", "Соловьёв Пётр", "ул. Мира, 15, кв. 12"),
    person("1440215", "Семёнова Анна", "Солнечная, 7-10"),
    person("99А-1", "Ёлкин 100% <b>", "пер. Лесной, 5"),
)


@pytest.fixture(autouse=True)
def town(store: Store) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, TOWN)


def found(store: Store, query: str, limit: int = 10) -> list[str]:
    return [one.number for one in store.ask(search.find_accounts, query, limit)]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("440215", ["440215"]),
        ("4402", ["440215", "440216"]),
        ("л/с 440 215", ["440215"]),
        ("лс №440216", ["440216"]),
        ("99А-1", ["99А-1"]),
        ("99", ["99А-1"]),
        ("кошкина", ["440215"]),
        ("КОШКИНОЙ", ["440215"]),
        ("соловьев", ["440216"]),
        ("Семёновой Анне", ["1440215"]),
        ("мира 5 12", ["440215"]),
        ("ул. Мира, д. 15, кв. 12", ["440216"]),
        ("солнечная 7-10", ["1440215"]),
        ("лесной 5", ["99А-1"]),
        ("ромашка", ["77001"]),
        ("100%", ["99А-1"]),
        ("ира", []),
        ("мира 1", []),
        ("", []),
        ("   ", []),
        ("%", []),
        ("_____", []),
        ("*[", []),
        ("'; DROP TABLE account; --", []),
        ("\x00", []),
        ("9" * 300, []),
    ],
)
def test_an_account_is_found_by_number_or_words(store: Store, query: str, numbers: list[str]) -> None:
    assert found(store, query) == numbers


def test_numbers_stand_before_words_and_nothing_is_shown_twice(store: Store) -> None:
    assert found(store, "5") == ["440215", "99А-1"], "one digit is a house, not an account"
    assert found(store, "4402", limit=1) == ["440215"]


def test_the_beginning_of_a_number_is_looked_up_in_the_index(store: Store, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("the planner of PostgreSQL reads a table of five rows whole")
    condition = search._numbered("4402")
    assert condition is not None
    with engine.connect() as connection:
        plan = planned(connection, search._by_number(condition))
    assert "SEARCH account USING" in plan
    assert "number>? AND number<?" in plan


def planned(connection: Connection, query: Select[tuple[str]]) -> str:
    """How SQLite goes about it."""
    statement = query.compile(connection, compile_kwargs={"literal_binds": True})
    return " ".join(row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}")))


def test_words_are_looked_up_in_the_index_and_no_register_is_read_through(
    store: Store, engine: Engine
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("the planner of PostgreSQL reads a table of five rows whole")
    with engine.connect() as connection:
        plan = planned(connection, search._by_words(connection, ["мира", "кошкина", "5"]))
    assert "SCAN" not in plan.replace("SCAN CONSTANT ROW", "")
    assert "ix_account_word_word (word>? AND word<?)" in plan, "the rarest word leads"
    assert plan.count("SEARCH account_word") >= 2, "the others are asked of its accounts"


def test_words_that_half_the_town_has_find_its_first_accounts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MAX_MATCHES", 1)
    assert found(store, "мира 12") == ["440215", "440216"], (
        "every word has more accounts than are looked through"
    )


def test_an_account_is_found_by_its_new_name_and_address_and_by_no_old_one(store: Store) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, [person("440216", "Ухова Инна", "ул. Новая, 3")])
    assert found(store, "ухова новая 3") == ["440216"]
    assert found(store, "соловьев") == []
    assert found(store, "мира 15 12") == []


def test_a_client_renamed_by_one_account_is_found_at_the_other_too(store: Store) -> None:
    emails = ("dva@b.ru",)
    flat = replace(person("501", "Рябова Ия", "Садовая, 1"), emails=emails)
    garage = replace(person("502", "Рябова Ия", "Садовая, 2"), emails=emails)
    with store.write() as transaction:
        register_import.import_register(transaction, [flat, garage])
    with store.write() as transaction:
        register_import.import_register(transaction, [replace(flat, name="Белова Ия")])
    assert found(store, "белова") == ["501", "502"]
    assert found(store, "рябова") == []


def test_an_account_that_goes_to_another_client_is_found_by_their_name(store: Store) -> None:
    both = Client("Кошкина", ("440215", "440216"), (), ClientProof.ACCOUNT)
    with store.write() as transaction:
        client_addresses.import_clients(transaction, [both])
    assert found(store, "кошкина") == ["440215", "440216"]
    assert found(store, "соловьев") == []


ACCOUNT_OF_0006 = (
    "INSERT INTO client_account (account, client_id) VALUES (:number, 1)",
    "INSERT INTO account (number, client_group, service_area, address, area, residents, resources, benefit_percent, "
    "delivery) VALUES (:number, 'individual', 'Прикамский', :address, '40', 1, 'heating', '0', 'paper')",
)


def test_accounts_from_before_the_index_are_found_by_their_words(databases: Databases) -> None:
    url = databases.blank()
    to_version(url, "0006")
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO client (id, name) VALUES (1, 'Соловьёва Ия')"))
        rows = [{"number": f"{7000 + at}", "address": f"ул. Мира, д. {at}"} for at in range(2001)]
        for statement in ACCOUNT_OF_0006:
            connection.execute(text(statement), rows)
    engine.dispose()
    older = Store(url, resource_folder("db"))
    older.migrate()
    assert found(older, "соловьевой мира 1999") == ["8999"]
    assert found(older, "мира 2000") == ["9000"], "of the second portion too"
    assert found(older, "ул") == [], "what stands before every street finds none"
    older.close()
