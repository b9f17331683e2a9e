"""The register on both engines: a file brought in line, once and again, and read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DeliveryMethod,
    Meter,
    Premises,
    RegisteredAccount,
)
from mailbot.store import Store
from mailbot.store.accounts import accounts, client_addresses, register_import, register_record
from mailbot.store.accounts.register_import import RegisterImportResult

HOT = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 2, 1), None, date(2030, 1, 31))
FLAT = RegisteredAccount(
    Account(
        "440215",
        ClientGroup.INDIVIDUAL,
        "Прикамский",
        Premises("Мира, 5-12", Decimal("54.30"), 2),
        (Resource.HEATING, Resource.HOT_WATER),
        (HOT,),
        Decimal(50),
    ),
    "Кошкина Анна",
    ("a@b.ru",),
    ("+79194502218",),
    DeliveryMethod.EMAIL,
)
SHOP = RegisteredAccount(
    Account(
        "77001", ClientGroup.BUSINESS, "Прикамский", Premises("Мира, 7", Decimal(120), 0), (Resource.HEATING,)
    ),
    "ООО «Ромашка»",
    (),
    (),
    DeliveryMethod.EDO,
)


def take(store: Store, *wanted: RegisteredAccount) -> RegisterImportResult:
    with store.write() as transaction:
        return register_import.import_register(transaction, wanted)


def held(store: Store) -> dict[str, RegisteredAccount]:
    return store.ask(accounts.registered)


def test_what_was_taken_in_is_read_back_as_it_was(store: Store) -> None:
    assert take(store, FLAT, SHOP) == RegisterImportResult(added=2, changed=0, same=0)
    assert held(store) == {"440215": FLAT, "77001": SHOP}
    assert str(held(store)["440215"].account.premises.area) == "54.30"


def test_a_second_run_changes_only_what_changed(store: Store) -> None:
    take(store, FLAT, SHOP)
    assert take(store, FLAT, SHOP) == RegisterImportResult(0, 0, 2)
    moved = replace(SHOP, account=replace(SHOP.account, premises=Premises("Мира, 9", Decimal(120), 0)))
    assert take(store, FLAT, moved) == RegisterImportResult(0, 1, 1)
    assert held(store)["77001"].account.premises.address == "Мира, 9"


def test_a_new_verification_and_a_second_meter_are_taken_and_the_first_stays(store: Store) -> None:
    take(store, FLAT)
    verified = replace(HOT, verified_until=date(2036, 1, 31))
    heat = Meter("77", Resource.HEATING, Unit.GJ, 6, date(2025, 1, 1))
    wanted = replace(FLAT, account=replace(FLAT.account, meters=(verified, heat)))
    take(store, wanted)
    assert held(store)["440215"].account.meters == (verified, heat)
    take(store, replace(FLAT, account=replace(FLAT.account, meters=(heat,))))
    assert held(store)["440215"].account.meters == (verified, heat), (
        "a meter that is not named is not removed"
    )


def test_one_person_with_two_flats_is_one_client(store: Store) -> None:
    second = replace(FLAT, account=replace(FLAT.account, number="440216", meters=()))
    take(store, FLAT, second)
    with store.write() as transaction:
        from sqlalchemy import func, select

        from mailbot.store.schema.letters_and_cases import client

        assert transaction.scalar(select(func.count()).select_from(client)) == 1


def test_an_account_that_the_old_register_knew_keeps_its_client(store: Store) -> None:
    from mailbot.model import Client

    store.do(client_addresses.import_clients, [Client("Кошкина А.", ("440215",), ("old@b.ru",), None)])
    take(store, FLAT)
    assert held(store)["440215"].emails == ("a@b.ru",), "the file names all accounts of hers: its word holds"
    assert held(store)["440215"].name == "Кошкина Анна"


def test_who_lived_there_before_is_told_nothing_any_longer(store: Store) -> None:
    """The file gives another address: the old one is nobody's, and says so."""
    take(store, FLAT)
    moved_in = replace(FLAT, name="Оглезнев Павел", emails=("pavel@b.ru",))
    assert take(store, moved_in).forgotten == 1
    assert held(store)["440215"].emails == ("pavel@b.ru",)


def test_an_address_stays_while_another_account_of_the_client_is_not_in_the_file(store: Store) -> None:
    second = replace(
        FLAT, account=replace(FLAT.account, number="440216", meters=()), emails=("a@b.ru", "b@b.ru")
    )
    take(store, FLAT, second)
    assert take(store, FLAT).forgotten == 0
    assert held(store)["440216"].emails == ("a@b.ru", "b@b.ru")


def test_each_address_has_its_proof_and_keeps_the_first(store: Store) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, [FLAT], "реестр «октябрь.csv»")
    with store.write() as transaction:
        register_import.import_register(
            transaction, [replace(FLAT, name="Кошкина А. П.")], "реестр «ноябрь.csv»"
        )
    found = store.ask(register_record.record, "440215")
    assert found is not None
    assert [one.proof for one in found.emails if one.value == "a@b.ru"] == ["реестр «октябрь.csv»"]
