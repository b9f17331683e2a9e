"""Whose letter it is, on both engines: by sender, account, telephone, or surname and address; else nobody's."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import update

from mailbot.model import Contacts, ExtractedValue
from mailbot.model.ledger.accounts_and_meters import RegisteredAccount
from mailbot.model.written_forms.address import address_key
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.decisions.client_ties import client_of, ties_of
from mailbot.store.schema.ledger import account, client_phone
from tests.store.accounts.test_register_import import FLAT, SHOP


def other(flat: RegisteredAccount, number: str, name: str, **fields: object) -> RegisteredAccount:
    account = replace(flat.account, number=number, meters=())
    return replace(flat, account=account, name=name, emails=(), **fields)  # type: ignore[arg-type]


def take(store: Store, *wanted: RegisteredAccount) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, wanted)


def contacts(
    *, account: str = "", phone: str = "", address: str = "", name: str = "", sure: float = 1.0
) -> Contacts:
    def found(value: str) -> tuple[ExtractedValue[str], ...]:
        return (ExtractedValue(value, (), sure),) if value else ()

    return Contacts(found(name), found(account), found(phone), found(address))


def tied(store: Store, given: Contacts, sender: str = "new@b.ru") -> list[str]:
    return [one.tied_by for one in store.ask(ties_of, sender, given)]


annas = partial(contacts, name="Анна Кошкина", address="ул. Мира, дом 5, кв. 12")


def test_every_tie_is_found_the_strongest_first(store: Store) -> None:
    take(store, FLAT, SHOP)
    given = annas(account="440215", phone="8 919 450-22-18")
    assert tied(store, given, "a@b.ru") == ["sender", "account", "phone", "address"]
    ties = store.ask(ties_of, "new@b.ru", contacts(phone="+79194502218"))
    client = store.ask(client_of, ties)
    assert client is not None
    assert (client.name, client.accounts, client.tied_by) == ("Кошкина Анна", ("440215",), "phone")


def test_the_account_named_first_is_the_letters(store: Store) -> None:
    take(store, FLAT, SHOP)
    both = replace(
        contacts(account="77001"), accounts=(ExtractedValue("77001", ()), ExtractedValue("440215", ()))
    )
    client = store.ask(client_of, store.ask(ties_of, "", both))
    assert client is not None
    assert client.accounts == ("77001",)


@pytest.mark.parametrize(
    "given",
    [
        contacts(name="Анна Кошкина"),  # a name alone
        contacts(address="Мира 5-12"),  # an address alone: several people live there
        contacts(name="Петров Иван", address="Мира 5-12"),
        contacts(name="Анна", address="Мира 5-12"),
        contacts(name="Кошкина", address="Мира 5-13"),
        contacts(phone="5-50-33"),
        contacts(phone="+79194502218", sure=0.35),  # a number that the writer dialled
    ],
)
def test_what_is_not_enough_ties_nobody(store: Store, given: Contacts) -> None:
    take(store, FLAT, SHOP)
    assert tied(store, given) == []


def test_what_two_clients_share_ties_neither(store: Store) -> None:
    take(store, FLAT, other(FLAT, "440999", "Кошкина Вера"))
    assert tied(store, annas(phone="+79194502218")) == []


def test_a_register_of_an_earlier_version_is_compared_and_mended_by_the_next_import(store: Store) -> None:
    take(store, FLAT)
    with store.write() as transaction:
        transaction.execute(update(account).values(address_key=""))
        transaction.execute(update(client_phone).values(phone="89194502218"))
    assert tied(store, annas(phone="+79194502218")) == ["phone"]
    take(store, FLAT)
    assert tied(store, annas(phone="+79194502218")) == ["phone", "address"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Мира, 5-12", "мира|5|12"),
        ("ул. Мира д.5 кв.12", "мира|5|12"),
        ("г. Чайковский, ул. Карла Маркса, д. 3 корп. 2, кв.7", "карла маркса|3к2|7"),
        ("617763, Пермский край, Чайковский, Мира, 10А, 15", "мира|10а|15"),
        ("Солнечной 5-12", "солнечн|5|12"),
        ("п. Прикамский, ул. Солнечная, 1-5", "солнечн|1|5"),
        ("8 Марта 15-3", "8 марта|15|3"),
        ("ул. 50 лет Октября, д. 7, кв. 1", "50 лет октября|7|1"),
        ("Солнечная, 1/5", "солнечн|1/5|"),
        ("Прикамский", ""),
        ("5-12", ""),
        ("", ""),
        ("а " * 5000 + "5", ""),
    ],
)
def test_an_address_is_compared_by_street_house_and_flat(written: str, key: str) -> None:
    assert address_key(written) == key
