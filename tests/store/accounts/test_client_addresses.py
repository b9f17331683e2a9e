"""The client register: known by account, else by address; a second import changes nothing."""

from __future__ import annotations

from mailbot.model import Client
from mailbot.model.case.context import ClientProof
from mailbot.store import Store
from mailbot.store.accounts import client_addresses
from mailbot.store.cases import summaries
from mailbot.store.decisions import context
from tests.store.material import NOW, ZONE, facts, letter, take_in


def client(name: str, account: str = "", email: str = "") -> Client:
    return Client(name, (account,), (email,), None)


def known(store: Store, sender: str = "", account: str = "") -> Client | None:
    letter_id = take_in(store, f"{sender} {account} {store.ask(summaries.counts)}", sender)
    accounts = (account,) if account else ()
    with store.write() as transaction:
        read, found = letter(sender=sender), facts(accounts=accounts)
        return context.context(transaction, letter_id, read, found, NOW, ZONE).client


def test_a_second_import_of_the_same_register_adds_nobody(store: Store) -> None:
    register = [client("Анна", "1", "anna@x"), client("Без счёта", "", "b@x"), client("Без почты", "3")]
    assert store.do(client_addresses.import_clients, register) == 3
    assert store.do(client_addresses.import_clients, register) == 0


def test_two_flats_of_one_client_are_one_client(store: Store) -> None:
    assert (
        store.do(
            client_addresses.import_clients, [client("Анна", "1", "anna@x"), client("Анна", "2", "ANNA@x ")]
        )
        == 1
    )
    found = known(store, "anna@x")
    assert found == Client("Анна", ("1", "2"), ("anna@x",), ClientProof.SENDER)


def test_an_address_that_passed_to_another_client_is_the_new_ones(store: Store) -> None:
    store.do(
        client_addresses.import_clients, [client("Анна", "1", "anna@x"), client("Борис", "2", "boris@x")]
    )
    store.do(client_addresses.import_clients, [client("Борис", "2", "anna@x")])
    by_address, by_account = known(store, "anna@x"), known(store, account="1")
    assert by_address is not None
    assert by_address.name == "Борис"
    assert by_account == Client("Анна", ("1",), (), ClientProof.ACCOUNT)


def test_blank_addresses_and_accounts_are_nobodys(store: Store) -> None:
    store.do(client_addresses.import_clients, [client("Анна", " ", ""), client("Борис", "2", " ")])
    assert known(store, "") is None
