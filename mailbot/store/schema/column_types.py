"""Column types that mean the same on both engines: moments, and text that any letter may hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL takes in no text, and half characters, which are no UTF-8."""

MAX_ADDRESS_LENGTH = 320
"""Characters of an address that are kept (RFC 3696 erratum 1690: 64 + @ + 255): it stands in an index,
and PostgreSQL refuses index rows over some 2,700 bytes."""


class AwareDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps no time zone: there it is UTC text that sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime names no moment")
        value = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=None).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


class StorableText(TypeDecorator[str]):
    """Text out of a letter: what no database can hold becomes U+FFFD, for a letter must never be
    lost over a character of its sender's name. `limit` cuts what stands in an index.
    """

    impl = Text
    cache_ok = True

    def __init__(self, limit: int | None = None) -> None:
        super().__init__()
        self.limit = limit

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else storable(value)[: self.limit]


def storable(text: str) -> str:
    """The text with U+FFFD for each character that a database refuses."""
    return _UNSTORABLE.sub("\ufffd", text)
