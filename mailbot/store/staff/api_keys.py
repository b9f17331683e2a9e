"""Keys of the JSON API, and what was answered to an idempotency key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.staff_and_casework import api_call, api_key

REMEMBERED = timedelta(days=2)
"""How long the same idempotency key gets the same answer."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as a list shows it: the key itself is never kept."""

    id: int
    name: str
    created_at: datetime
    disabled: bool


@dataclass(frozen=True, slots=True)
class IdempotentResponse:
    """What an earlier call of the same idempotency key was answered; `fingerprint` is of its body."""

    fingerprint: str
    status: int
    body: bytes


def keys(connection: Connection) -> tuple[ApiKey, ...]:
    """All keys, the newest first."""
    rows = connection.execute(select(api_key).order_by(api_key.c.id.desc()))
    return tuple(ApiKey(row.id, row.name, row.created_at, row.disabled_at is not None) for row in rows)


def add_key(connection: Connection, name: str, sha256: str, now: datetime) -> None:
    connection.execute(insert(api_key).values(name=name, sha256=sha256, created_at=now))


def disable_key(connection: Connection, key_id: int, now: datetime) -> None:
    """The key opens nothing from now on."""
    connection.execute(update(api_key).where(api_key.c.id == key_id).values(disabled_at=now))


def key_of(connection: Connection, sha256: str) -> ApiKey | None:
    """The key of that fingerprint, while it may be used."""
    query = select(api_key).where(api_key.c.sha256 == sha256, api_key.c.disabled_at.is_(None))
    row = connection.execute(query).one_or_none()
    return ApiKey(row.id, row.name, row.created_at, False) if row else None


def load_answer(
    connection: Connection, key_id: int, idempotency_key: str, now: datetime
) -> IdempotentResponse | None:
    """What the same call was answered before; None where it is the first."""
    connection.execute(delete(api_call).where(api_call.c.at < now - REMEMBERED))
    query = select(api_call).where(api_call.c.key_id == key_id, api_call.c.idempotency_key == idempotency_key)
    row = connection.execute(query).one_or_none()
    return IdempotentResponse(row.fingerprint, row.status, bytes(row.body)) if row else None


def save_answer(
    connection: Connection, key_id: int, idempotency_key: str, told: IdempotentResponse, now: datetime
) -> None:
    """Keep the answer of a call; of two at once the first stands."""
    statement = insert_into(connection, api_call).values(
        key_id=key_id,
        idempotency_key=idempotency_key,
        fingerprint=told.fingerprint,
        status=told.status,
        body=told.body,
        at=now,
    )
    connection.execute(statement.on_conflict_do_nothing())
