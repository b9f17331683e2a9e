"""Accounts found by number, name or address."""

from __future__ import annotations

from mailbot.store import Store
from mailbot.store.accounts import search
from mailbot.store.accounts.search import FoundAccount


def find_accounts(store: Store, query: str, limit: int) -> tuple[FoundAccount, ...]:
    """At most `limit` accounts that the words or the number fit."""
    return store.ask(search.find_accounts, query, limit)
