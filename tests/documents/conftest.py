"""A flat with three years behind it, its bill, and the house that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model.bill.bill import Bill
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.ledger.bills.month_bills import bill_of
from mailbot.store import Store
from tests.material import flat


@pytest.fixture(scope="session")
def rules() -> ActiveRules:
    """All that holds, as shipped; the tariffs as if they had held three years before."""
    return replace(load_checked_rules(0, load_files(Settings())), tariffs=flat.long_tariffs())


@pytest.fixture(scope="session")
def flat_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The flat of two dials, fifteen months closed, the newest not paid."""
    path: Path = tmp_path_factory.mktemp("flat") / "mailbot.db"
    store = Store(f"sqlite:///{path}", resource_folder("db"))
    store.migrate()
    flat.settle(store, 15)
    yield store
    store.close()


@pytest.fixture(scope="session")
def bill(flat_store: Store, rules: ActiveRules) -> Bill:
    """Its bill for October, issued on the fourth of November."""
    return bill_of(flat_store, flat.NUMBER, flat.LAST, rules, date(2026, 11, 4))
