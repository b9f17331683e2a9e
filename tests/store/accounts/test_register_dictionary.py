"""The register as a dictionary for letters, on both engines: compiled once a version, last values looked up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mailbot.model import Client, Resource, Unit
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.model.ledger.register import RegisterMeter
from mailbot.model.ledger.sources import ReadingSource
from mailbot.store import Store
from mailbot.store.accounts import client_addresses, register_dictionary, register_import
from mailbot.store.ledger import meter_readings
from mailbot.store.ledger.meter_readings import ReadingToStore
from tests.store.accounts.test_register_import import FLAT, SHOP, take

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(store: Store, value: str, day: date) -> None:
    reading = DatedReading("5501", Decimal(value), day, Month.of(day))
    with store.write() as transaction:
        meter_readings.save_readings(
            transaction,
            [ReadingToStore("440215", reading, ReadingSource.TABLE)],
            "Анна",
            NOW,
        )


def dials(store: Store) -> dict[str, tuple[RegisterMeter, ...]]:
    return store.ask(register_dictionary.dials, ["440215", "77001", "999999"])


def test_an_empty_database_knows_nothing(store: Store) -> None:
    assert not store.register()


def test_all_that_was_imported_is_known(store: Store) -> None:
    take(store, FLAT, SHOP)
    known = store.register()
    assert known.named(known.accounts, "440215") == ("440215",)
    assert known.named(known.serials, "5501") == ("440215",)
    assert known.named(known.phones, "+79194502218") == ("440215",)
    assert known.named(known.emails, "a@b.ru") == ("440215",)
    assert known.named(known.addresses, "мира|5|12") == ("440215",)
    assert known.named(known.surnames, "кошкин") == ("440215",)
    assert known.streets == ("мира",)
    assert known.has_house("мира", "7")
    assert not known.has_house("мира", "6")
    assert known.named(known.accounts, "440216") == ()


def test_the_register_is_compiled_once_and_anew_when_it_has_changed(store: Store) -> None:
    take(store, FLAT)
    known = store.register()
    take(store, FLAT)
    assert store.register() is known, "nothing was changed by a second import of the same"
    take(store, SHOP)
    assert store.register().named(store.register().accounts, "77001") == ("77001",)
    store.do(client_addresses.import_clients, [Client("Кошкина Анна", ("440215",), ("new@b.ru",), None)])
    assert store.register().named(store.register().emails, "new@b.ru") == ("440215",)


def test_the_dials_are_those_on_their_pipes_with_the_newest_standing_value(store: Store) -> None:
    removed = Meter("77", Resource.HEATING, Unit.GJ, 6, date(2025, 1, 1), date(2026, 1, 1))
    (hot,) = FLAT.account.meters
    take(store, replace(FLAT, account=replace(FLAT.account, meters=(hot, removed))), SHOP)
    assert dials(store) == {"440215": (RegisterMeter("5501", Resource.HOT_WATER, Unit.M3, None),)}
    read(store, "345.5", date(2026, 10, 20))
    read(store, "340", date(2026, 9, 20))
    assert dials(store)["440215"][0].last == Decimal("345.5")


def test_a_dry_run_leaves_the_version_as_it_was(store: Store) -> None:
    take(store, FLAT)
    known = store.register()
    try:
        with store.write() as transaction:
            register_import.import_register(transaction, [SHOP])
            raise RuntimeError
    except RuntimeError:
        pass
    assert store.register() is known
