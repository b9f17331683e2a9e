"""A fault of the database that is the world's: what it is, and what staff can do about it."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from mailbot.model import RequestRefused


class StoreUnavailable(RequestRefused):
    """The database is out of reach or of the wrong version; the message (Russian) says what to do."""


_WORLDS_CLASSES = (
    "08",  # the connection
    "40",  # serialization failure, deadlock: the same once more succeeds
    "53",  # disk full, out of memory, too many connections
    "55P03",  # a lock that was not to be had in time
    "57",  # cancelled by the administrator, a recovery conflict, starting up or shutting down
    "58",  # the system's files
    "XX",  # damage
    "25006",  # read-only: a standby, or a primary that became one
    "25P03",  # idle in a transaction for too long
)
"""Beginnings of an SQLSTATE that say nothing of what we asked (PostgreSQL, appendix A)."""

_UNDEFINED_TABLE = "42P01"

_TABLES = "таблиц нет или они старые: запустите «mailbot run», он их создаст"

_POSTGRESQL_ADVICE = (
    (
        ("25006",),
        "база только для чтения: сервер стал запасным или его так настроили. Направьте database_url на главный сервер "
        "или верните базе запись (default_transaction_read_only = off); программа подождёт и продолжит сама",
    ),
    (("53100",), "на диске сервера PostgreSQL кончилось место: освободите его, программа продолжит сама"),
    (
        ("53300",),
        "у сервера PostgreSQL заняты все соединения: увеличьте max_connections или уменьшите число процессов разбора",
    ),
    (
        ("40", "55P03", "25P03", "57014"),
        "её держит другая работа; программа повторит сама. Если это повторяется, посмотрите, что занимает сервер",
    ),
    (
        ("57", "08"),
        "сервер PostgreSQL перезапускается или закрыл соединение; программа подождёт и продолжит сама. "
        "Если это надолго, проверьте, что сервер запущен и адрес верен",
    ),
    (("58", "XX"), "сервер PostgreSQL не может прочесть свои файлы: проверьте диск и журнал сервера"),
)

_SQLITE_ADVICE = (
    (
        "readonly",
        "файл или папка только для чтения: верните право записи; программа подождёт и продолжит сама",
    ),
    ("full", "кончилось место: освободите его, программа продолжит сама"),
    ("locked", "её держит другая программа: закройте то, что открыло файл базы; программа повторит сама"),
    ("disk I/O", "диск не читается или не пишется: проверьте его и место на нём"),
)


def is_the_worlds(error: DBAPIError) -> bool:
    """Away, locked, full, read-only, without our tables, or no database at all. Else it is what we asked that was wrong."""
    return (
        isinstance(error, OperationalError)
        or error.connection_invalidated
        or type(error.orig) is sqlite3.DatabaseError  # «file is not a database», «disk image is malformed»
        or _sqlstate(error).startswith(_WORLDS_CLASSES)
        or _lacks_tables(error)
    )


def unavailable(engine: Engine, error: DBAPIError) -> StoreUnavailable:
    """The fault as staff read it: where, what, and what to do; never a password."""
    where = engine.url.render_as_string(hide_password=True)
    words = (str(error.orig).strip().splitlines() or [type(error.orig).__name__])[0]
    return StoreUnavailable(f"База данных {where} недоступна ({words}): {_advice(engine, error, words)}.")


def _advice(engine: Engine, error: DBAPIError, words: str) -> str:
    if _lacks_tables(error):
        return _TABLES
    if engine.dialect.name == "sqlite":
        told = (advice for sign, advice in _SQLITE_ADVICE if sign in words)
        return next(told, "проверьте, что папка есть и доступна для записи, на диске есть место и файл цел")
    state = _sqlstate(error)
    told = (advice for states, advice in _POSTGRESQL_ADVICE if state.startswith(states))
    return next(told, "проверьте, что сервер PostgreSQL запущен и адрес, имя и пароль верны")


def _lacks_tables(error: DBAPIError) -> bool:
    return "no such table" in str(error.orig) or _sqlstate(error) == _UNDEFINED_TABLE


def _sqlstate(error: DBAPIError) -> str:
    """Empty on SQLite, and where no server has answered."""
    return getattr(error.orig, "sqlstate", None) or ""
