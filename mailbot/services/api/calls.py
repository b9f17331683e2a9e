"""Calls of the JSON API: whose key they bear, what the same call was answered before, where an appeal stands."""

from __future__ import annotations

from datetime import datetime

from mailbot.services.desk.logins import fingerprint
from mailbot.store import CaseSummary, NoSuchCase, Store
from mailbot.store.cases import summaries
from mailbot.store.staff import api_keys
from mailbot.store.staff.api_keys import ApiKey, IdempotentResponse

__all__ = [
    "ApiKey",
    "CaseSummary",
    "IdempotentResponse",
    "appeal_of",
    "earlier_response",
    "keep_response",
    "key_of",
]


def key_of(store: Store, presented: str) -> ApiKey | None:
    """The key that a call presents, while it may be used."""
    return store.ask(api_keys.key_of, fingerprint(presented))


def earlier_response(
    store: Store, key: ApiKey, idempotency_key: str, now: datetime
) -> IdempotentResponse | None:
    """What the same call was answered before; None where it is the first. What is too old is forgotten by the way."""
    return store.do(api_keys.load_answer, key.id, idempotency_key, now)


def keep_response(
    store: Store, key: ApiKey, idempotency_key: str, told: IdempotentResponse, now: datetime
) -> None:
    """Keep the answer of a call; of two at once the first stands."""
    store.do(api_keys.save_answer, key.id, idempotency_key, told, now)


def appeal_of(store: Store, number: str) -> CaseSummary | None:
    """The registered appeal of that number; None where there is none."""
    try:
        case = store.ask(summaries.case_of, number)
    except NoSuchCase:
        return None
    return case if case.number is not None else None
