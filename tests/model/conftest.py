"""A house with a register and the pages of an account, for the tests that walk a closed set through all rooms."""

from __future__ import annotations

from tests.services.conftest import blank_store
from tests.services.ledger.conftest import metered, rulebook
from tests.store.conftest import databases, engine, opened, postgres, sqlite, store, url
from tests.web.conftest import bare, booked, desks, ledger, signed_up

__all__ = [
    "bare", "blank_store", "booked", "databases", "desks", "engine", "ledger", "metered", "opened", "postgres", "rulebook",
    "signed_up", "sqlite", "store", "url",
]  # fmt: skip
