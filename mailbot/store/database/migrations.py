"""Bringing the tables to the newest version, and refusing to work on any other."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, text

from mailbot.store.database.engine import reading, writing
from mailbot.store.database.unavailable import StoreUnavailable

_ONE_AT_A_TIME = 0x6D61696C626F74  # "mailbot"
"""PostgreSQL's advisory lock: several machines may start at once, one of them migrates."""


def migrate(engine: Engine, migrations: Path) -> None:
    """Bring the tables to the newest version, all of it or nothing.

    StoreUnavailable where the database is out of reach or newer than this program.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        config = alembic_config(migrations)
        _refuse_newer(config, _version(connection))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_empty(engine: Engine) -> bool:
    """Was the database never migrated?"""
    with reading(engine) as connection:
        return _version(connection) is None


def schema_version(engine: Engine) -> str | None:
    """Which version the tables are of; None where there are none."""
    with reading(engine) as connection:
        return _version(connection)


def check(engine: Engine, migrations: Path) -> None:
    """StoreUnavailable unless the database answers and has exactly the newest version."""
    config = alembic_config(migrations)
    with reading(engine) as connection:
        current = _version(connection)
    head = ScriptDirectory.from_config(config).get_current_head()
    if current is None:
        raise StoreUnavailable("База данных пуста. Её создаёт «mailbot run» или «mailbot intake».")
    _refuse_newer(config, current)
    if current != head:
        raise StoreUnavailable(
            f"База данных старой версии {current}, нужна {head}. Запустите «mailbot run»: он её обновит."
        )


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(config: Config, current: str | None) -> None:
    if current is None:
        return
    try:
        ScriptDirectory.from_config(config).get_revision(current)
    except CommandError:
        raise StoreUnavailable(f"База данных новее программы (версия {current}). Обновите mailbot.") from None


def alembic_config(migrations: Path) -> Config:
    """Alembic's settings in code: there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
