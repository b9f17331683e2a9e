"""Facts, decisions and accounts as JSON and back: what was decided can be read years later, to the last digit."""

from __future__ import annotations

import json
from typing import TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from mailbot.model import Decision, Facts
from mailbot.model.ledger.accounts_and_meters import Account
from mailbot.store.schema.column_types import storable

T = TypeVar("T")

_FACTS = TypeAdapter(Facts)
_DECISION = TypeAdapter(Decision)
_ACCOUNT = TypeAdapter(Account)
_WORDS = TypeAdapter(tuple[str, ...])


def facts_to_json(facts: Facts) -> str:
    return _to_json(_FACTS, facts)


def facts_from_json(text: str) -> Facts:
    return _FACTS.validate_json(text)


def decision_to_json(decision: Decision) -> str:
    return _to_json(_DECISION, decision)


def decision_from_json(text: str) -> Decision:
    return _DECISION.validate_json(text)


def account_to_json(account: Account) -> str:
    return _to_json(_ACCOUNT, account)


def account_from_json(text: str) -> Account:
    return _ACCOUNT.validate_json(text)


def words_to_json(words: tuple[str, ...]) -> str:
    return _to_json(_WORDS, words)


def words_from_json(text: str) -> tuple[str, ...]:
    return _WORDS.validate_json(text)


def _to_json(adapter: TypeAdapter[T], value: T) -> str:
    try:
        return adapter.dump_json(value).decode()
    except (PydanticSerializationError, UnicodeEncodeError):
        # half a character (some charsets decode to one) is no reason to fail the letter
        plain = adapter.dump_python(value, mode="json")
        return storable(json.dumps(plain, ensure_ascii=False))
