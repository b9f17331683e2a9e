"""The ledger's services on both engines."""

from tests.store.conftest import databases, opened, postgres, sqlite, store, url

__all__ = ["databases", "opened", "postgres", "sqlite", "store", "url"]
