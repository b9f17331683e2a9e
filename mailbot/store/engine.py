"""Opening the database: SQLite by default, PostgreSQL by URL, one behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 10
"""How long a SQLite writer waits for another before it gives up."""


class StoreUnavailable(Exception):
    """The database is out of reach or of the wrong version; the message (Russian) says what to do."""


def open_engine(url: str) -> Engine:
    """An engine for the URL; nothing is connected yet. StoreUnavailable for a URL nobody can read."""
    try:
        engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreUnavailable(
            f"Адрес базы данных не понят ({error}). Проверьте database_url; для PostgreSQL: "
            "postgresql+psycopg://имя@сервер/база и установите mailbot[postgres]."
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """WAL lets readers go on beside the writer; FULL keeps a commit through a power cut."""
    connection.isolation_level = None  # BEGIN is ours: see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: a read that turns into a write would fail instead of waiting."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One writing transaction: committed at the end, rolled back by any exception."""
    with _told(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One reading transaction."""
    with _told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """A database that is away is the world's fault: a typed error that the daemon waits out."""
    try:
        yield
    except OperationalError as error:
        raise _unavailable(engine, error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _unavailable(engine, error) from error
        raise


def _unavailable(engine: Engine, error: DBAPIError) -> StoreUnavailable:
    where = engine.url.render_as_string(hide_password=True)
    words = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
    advice = "примените миграции: mailbot run" if "no such table" in words else "проверьте, запущена ли она"
    return StoreUnavailable(f"База данных {where} не отвечает ({words}); {advice}.")


def migrate(engine: Engine, migrations: Path) -> None:
    """Bring the tables to the newest version."""
    with writing(engine) as connection:
        config = _alembic(migrations)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(engine: Engine, migrations: Path) -> None:
    """StoreUnavailable unless the database answers and has exactly the newest version."""
    head = ScriptDirectory.from_config(_alembic(migrations)).get_current_head()
    with reading(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        raise StoreUnavailable("База данных пуста. Её создаёт «mailbot run» или «mailbot intake».")
    if current == head:
        return
    try:
        ScriptDirectory.from_config(_alembic(migrations)).get_revision(current)
    except CommandError:
        raise StoreUnavailable(f"База данных новее программы (версия {current}). Обновите mailbot.") from None
    raise StoreUnavailable(
        f"База данных старой версии {current}, нужна {head}. Запустите «mailbot run»: он её обновит."
    )


def _alembic(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
