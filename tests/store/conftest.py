"""A database for each test, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from mailbot.config import resource
from mailbot.store import Store
from mailbot.store.engine import open_engine
from tests import engines
from tests.engines import PostgresServer, SqliteFiles

postgres = pytest.fixture(scope="session", name="postgres")(engines.postgres_server)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=engines.ENGINES)
def databases(request: pytest.FixtureRequest) -> SqliteFiles | PostgresServer:
    """Either engine, ready to make databases."""
    made: SqliteFiles | PostgresServer = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def url(databases: SqliteFiles | PostgresServer) -> str:
    """A migrated, empty database."""
    return databases.fresh()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url, resource("db"))
    yield store
    store.close()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The same database behind the store's back."""
    engine = open_engine(url)
    yield engine
    engine.dispose()
