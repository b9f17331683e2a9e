"""Keys of the API as administrators manage them: issued, listed, disabled; each step stands in the audit log."""

from __future__ import annotations

import secrets
from datetime import datetime

from mailbot.model import RequestRefused
from mailbot.model.case.staff_act import OfficeAct
from mailbot.services.desk.logins import fingerprint
from mailbot.store import Store
from mailbot.store.staff import api_keys, audit_log
from mailbot.store.staff.api_keys import ApiKey


def keys(store: Store) -> tuple[ApiKey, ...]:
    """All keys, the newest first."""
    return store.ask(api_keys.keys)


def issue_key(store: Store, name: str, *, by: str, now: datetime) -> str:
    """A new key; only its fingerprint is kept, so it is told this once."""
    if not name:
        raise RequestRefused("Назовите ключ: кто будет им пользоваться.")
    key = "mb_" + secrets.token_urlsafe(32)
    with store.write() as transaction:
        api_keys.add_key(transaction, name, fingerprint(key), now)
        audit_log.log_act(transaction, by, OfficeAct.API_KEY, name, "выдан", now)
    return key


def disable_key(store: Store, key_id: int, *, by: str, now: datetime) -> None:
    """The key opens nothing from now on."""
    with store.write() as transaction:
        api_keys.disable_key(transaction, key_id, now)
        audit_log.log_act(transaction, by, OfficeAct.API_KEY, str(key_id), "отключён", now)
