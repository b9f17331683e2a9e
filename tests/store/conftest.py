"""A database for each test, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from mailbot.config import resource_folder
from mailbot.store import Store
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
    return databases.empty()


@pytest.fixture(scope="session")
def opened() -> Iterator[dict[str, Store]]:
    """The stores by URL: opened once, closed at the end."""
    stores: dict[str, Store] = {}
    yield stores
    for store in stores.values():
        store.close()


@pytest.fixture
def store(url: str, opened: dict[str, Store]) -> Store:
    return once_opened(url, opened)


def once_opened(url: str, opened: dict[str, Store]) -> Store:
    if url not in opened:
        opened[url] = Store(url, resource_folder("db"))
    return opened[url]


@pytest.fixture
def engine(store: Store) -> Engine:
    """The same database past the store's verbs."""
    return store._engine
