"""A house whose company has imported a register, and letters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from mailbot.model import Resource, Rulebook, Unit
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DeliveryMethod,
    Meter,
    Premises,
    RegisteredAccount,
)
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.ledger.meter_readings import LedgerReading, of_accounts
from tests.services.conftest import House, blank_store
from tests.store.conftest import databases, engine, opened, postgres, sqlite, store, url

__all__ = ["blank_store", "databases", "engine", "opened", "postgres", "sqlite", "store", "url"]

HOT = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 2, 1), None, date(2030, 1, 31))
COLD_FLAT = RegisteredAccount(
    Account(
        "440215",
        ClientGroup.INDIVIDUAL,
        "Прикамский",
        Premises("ул. Мира, д. 5, кв. 12", Decimal("54.30"), 2),
        (Resource.HEATING, Resource.HOT_WATER),
        (HOT,),
    ),
    "Кошкина Анна Петровна",
    ("anna@mail.example",),
    ("8 919 450-22-18",),
    DeliveryMethod.EMAIL,
)
TWO_DIALS = replace(
    COLD_FLAT,
    account=replace(
        COLD_FLAT.account,
        number="440300",
        premises=Premises("Мира, 7-3", Decimal(40), 3),
        meters=(replace(HOT, serial="8101"), replace(HOT, serial="8102")),
    ),
    name="Оглезнев Павел",
    emails=("pavel@mail.example",),
    phones=("89026377401",),
)


@pytest.fixture(scope="session")
def rulebook(rules: ActiveRules) -> Rulebook:
    """The rules as shipped, with the norms and the days of the tariffs."""
    return rules.rulebook


@pytest.fixture
def metered(blank_store: Store, rules: ActiveRules) -> House:
    with blank_store.write() as transaction:
        register_import.import_register(transaction, (COLD_FLAT, TWO_DIALS))
    return House(blank_store, rules)


def books(house: House, account: str = "440215") -> list[LedgerReading]:
    """Every row of an account, the replaced ones among them."""
    return list(house.store.ask(of_accounts, [account]))


def standing(house: House, account: str = "440215") -> list[tuple[str, Decimal]]:
    return [
        (one.meter, one.value) for one in books(house, account) if not one.replaced and one.value is not None
    ]


def letter(body: str, sender: str = "anna@mail.example", subject: str = "Показания") -> str:
    return (
        f"From: {sender}\nSubject: {subject}\nMessage-ID: <{abs(hash(body + sender))}@x>\n"
        f"Authentication-Results: mail.ru; dmarc=pass header.from=mail.example\n\n{body}\n"
    )


def on(house: House, moment: datetime) -> House:
    house.now = moment
    return house
