"""The migrations make exactly the tables of the code, and a database of another version is refused."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, String, inspect, text
from sqlalchemy.exc import IntegrityError

from mailbot.config import resource_folder
from mailbot.store import Store, StoreUnavailable
from mailbot.store.cases import review_queue, summaries
from mailbot.store.database.engine import open_engine, reading, writing
from mailbot.store.database.migrations import alembic_config
from mailbot.store.schema.letters_and_cases import metadata
from tests.engines import PostgresServer, SqliteFiles

Databases = SqliteFiles | PostgresServer

BROKEN = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "broken", "{head}"
def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Integer, primary_key=True))
    raise RuntimeError("broken half way")
"""

LETTER_OF_0002 = """
INSERT INTO letter (id, sha256, received_at, collected_at, source, sender, message_id)
VALUES (:id, :sha, '2026-11-01 10:00:00', '2026-11-01 10:00:00', 'test', 'a@b.ru', '<1@b.ru>')
"""
CASE_OF_0002 = """
INSERT INTO case_ (id, letter_id, number, state, priority, sender, subject, written_text, received_at)
VALUES (:id, :id, :number, 'awaiting_review', 'emergency', 'a@b.ru', 'Холодно', 'Холодно\nбатареи ледяные', '2026-11-01 10:00:00')
"""

HEAD = str(ScriptDirectory.from_config(alembic_config(resource_folder("db"))).get_current_head())


def tables(url: str) -> set[str]:
    engine = open_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def known_to_sqlalchemy(_: object, name: str | None, kind: str, *__: object) -> bool:
    """The search index is the engine's own: FTS5 and its shadow tables, a tsvector."""
    return not (kind in ("table", "index") and name is not None and "case_search" in name)


def differs(context: MigrationContext, _: object, __: object, made: object, wanted: object) -> bool | None:
    """None: as Alembic compares. SQLite heeds no widths, so no migration widens a column there."""
    both_texts = isinstance(made, String) and isinstance(wanted, String)
    return False if context.dialect.name == "sqlite" and both_texts else None


def test_migrations_make_exactly_the_tables_of_the_code(databases: Databases) -> None:
    url = databases.blank()
    store = Store(url, resource_folder("db"))
    store.migrate()
    store.check()
    store.close()
    engine = open_engine(url)
    with reading(engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": differs, "include_object": known_to_sqlalchemy}
        )
        assert compare_metadata(context, metadata) == []
        made = inspect(connection)
        for table in metadata.sorted_tables:
            names = {check["name"] for check in made.get_check_constraints(table.name)}
            wanted = {str(item.name) for item in table.constraints if isinstance(item, CheckConstraint)}
            assert names == wanted
    engine.dispose()


def test_partial_indexes_are_partial_in_the_database_too(databases: Databases) -> None:
    engine = open_engine(databases.fresh())
    option = f"{engine.dialect.name}_where"
    for table in metadata.sorted_tables:
        made = {index["name"]: index for index in inspect(engine).get_indexes(table.name)}
        for wanted in table.indexes:
            condition = made[wanted.name].get("dialect_options", {}).get(option)
            partial = wanted.dialect_options[engine.dialect.name]["where"] is not None
            assert (condition is not None) == partial
    engine.dispose()


def test_a_downgrade_leaves_nothing_and_the_way_up_is_open_again(databases: Databases) -> None:
    url = databases.fresh()
    engine = open_engine(url)
    with writing(engine) as connection:
        config = alembic_config(resource_folder("db"))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    engine.dispose()
    assert tables(url) == {"alembic_version"}
    store = Store(url, resource_folder("db"))
    with pytest.raises(StoreUnavailable, match="пуста"):
        store.check()
    store.migrate()
    store.check()
    store.close()


def test_cases_from_before_the_search_are_found_by_it_and_keep_their_urgency(databases: Databases) -> None:
    url = databases.blank()
    engine = open_engine(url)
    with writing(engine) as connection:
        config = alembic_config(resource_folder("db"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with writing(engine) as connection:
        for at in range(1, 1003):
            connection.execute(text(LETTER_OF_0002), {"id": at, "sha": f"{at:064}"})
            connection.execute(text(CASE_OF_0002), {"id": at, "number": f"26-{at:06}"})
    engine.dispose()
    store = Store(url, resource_folder("db"))
    store.migrate()
    now = datetime(2026, 11, 23, tzinfo=UTC)
    everything = review_queue.QueueFilter(now, states=())
    assert store.ask(review_queue.count, replace(everything, words="ЛЕДЯНАЯ батарея")) == 1002
    assert store.ask(review_queue.count, replace(everything, words="26-000777")) == 1
    assert {line.rank for line in store.ask(review_queue.lines, everything, 5)} == {0}
    store.close()


OUTBOX_OF_0005 = """
INSERT INTO outbox (id, case_id, purpose, template, recipient, subject, message_id, text, content, automatic, state,
                    next_at, created_at, sent_at)
VALUES (:id, :id, 'answer', 'thanks', 'a@b.ru', 'Ответ', :message_id, 'Здравствуйте', :content, :automatic, :state,
        '2026-11-01 10:00:00', '2026-11-01 10:00:00', '2026-11-01 10:05:00')
"""

SPOILT = {
    "the id of a message a second time": """
        INSERT INTO outbox (id, case_id, purpose, revision, template, recipient, subject, message_id, text, content,
                            automatic, state, next_at, created_at)
        SELECT 2, case_id, purpose, 2, template, recipient, subject, message_id, text, content,
               automatic, state, next_at, created_at FROM outbox
    """,
    "an unknown state": "UPDATE outbox SET state = 'lost'",
    "a case that is not there": "UPDATE outbox SET case_id = 77",
    "neither a case nor a pace": "UPDATE outbox SET case_id = NULL",
    "no recipient": "UPDATE outbox SET recipient = NULL",
}


def to_version(url: str, version: str) -> None:
    engine = open_engine(url)
    with writing(engine) as connection:
        config = alembic_config(resource_folder("db"))
        config.attributes["connection"] = connection
        (command.upgrade if version != "0005 again" else command.downgrade)(config, version[:4])
    engine.dispose()


def test_letters_in_the_outbox_before_bills_came_are_the_same_after(databases: Databases) -> None:
    url = databases.blank()
    to_version(url, "0005")
    engine = open_engine(url)
    with writing(engine) as connection:
        for at, state in enumerate(("ready", "sending", "sent", "held", "refused", "uncertain"), start=1):
            connection.execute(text(LETTER_OF_0002), {"id": at, "sha": f"{at:064}"})
            connection.execute(text(CASE_OF_0002), {"id": at, "number": f"26-{at:06}"})
            row = {"id": at, "message_id": f"<{at}@b.ru>", "content": bytes([at, 0, 255]) * 20_000}
            connection.execute(text(OUTBOX_OF_0005), {**row, "automatic": at % 2 == 1, "state": state})
    every = text("SELECT * FROM outbox ORDER BY id")
    with reading(engine) as connection:
        before = [dict(row) for row in connection.execute(every).mappings()]
    to_version(url, "0006")
    with reading(engine) as connection:
        after = [dict(row) for row in connection.execute(every).mappings()]
    assert [one.pop("provider") for one in after] == [None] * 6
    assert after == before
    to_version(url, "0005 again")
    with reading(engine) as connection:
        assert [dict(row) for row in connection.execute(every).mappings()] == before
    engine.dispose()


def test_after_the_upgrade_the_outbox_still_guards_its_rows(databases: Databases) -> None:
    """The keys, the states, the case of each letter: SQLite copies the table, and must lose none of them."""
    url = databases.blank()
    to_version(url, "0005")
    engine = open_engine(url)
    row = {"id": 1, "message_id": "<1@b.ru>", "content": b"1", "automatic": True, "state": "ready"}
    with writing(engine) as connection:
        connection.execute(text(LETTER_OF_0002), {"id": 1, "sha": f"{1:064}"})
        connection.execute(text(CASE_OF_0002), {"id": 1, "number": "26-000001"})
        connection.execute(text(OUTBOX_OF_0005), row)
    to_version(url, "0006")
    for statement in SPOILT.values():
        with pytest.raises(IntegrityError), writing(engine) as connection:
            connection.execute(text(statement))
    with writing(engine) as connection:
        connection.execute(text("UPDATE outbox SET case_id = NULL, provider = 'mail.ru'"))
    engine.dispose()


def test_migrating_twice_changes_nothing(store: Store) -> None:
    store.migrate()
    store.check()


def test_several_that_start_at_once_migrate_one_after_another(databases: Databases) -> None:
    url = databases.blank()
    stores = [Store(url, resource_folder("db")) for _ in range(6)]
    faults: list[BaseException] = []

    def run(store: Store) -> None:
        try:
            store.migrate()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    stores[0].check()
    for store in stores:
        store.close()


def test_a_blank_database_is_told_with_what_to_do(databases: Databases) -> None:
    store = Store(databases.blank(), resource_folder("db"))
    with pytest.raises(StoreUnavailable, match="mailbot run"):
        store.check()
    with pytest.raises(StoreUnavailable, match="mailbot run"):
        store.ask(summaries.counts)
    store.close()


def test_an_older_database_is_told_with_what_to_do(databases: Databases, tmp_path: Path) -> None:
    store = Store(databases.fresh(), newer_migrations(tmp_path))
    with pytest.raises(StoreUnavailable, match=rf"старой версии {HEAD}, нужна broken.*mailbot run"):
        store.check()
    store.close()


def test_a_newer_database_is_refused_by_check_and_by_migrate(databases: Databases) -> None:
    url = databases.fresh()
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    store = Store(url, resource_folder("db"))
    with pytest.raises(StoreUnavailable, match="новее программы"):
        store.check()
    with pytest.raises(StoreUnavailable, match="новее программы"):
        store.migrate()
    store.close()


def test_a_migration_that_breaks_half_way_leaves_the_old_version_whole(
    databases: Databases, tmp_path: Path
) -> None:
    url = databases.fresh()
    before = tables(url)
    store = Store(url, newer_migrations(tmp_path))
    with pytest.raises(RuntimeError, match="broken half way"):
        store.migrate()
    store.close()
    assert tables(url) == before
    unharmed = Store(url, resource_folder("db"))
    unharmed.check()
    unharmed.close()


def newer_migrations(folder: Path) -> Path:
    """The shipped migrations and one more, which breaks."""
    shutil.copytree(resource_folder("db"), folder / "db", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "db" / "versions" / "broken.py").write_text(BROKEN.format(head=HEAD), encoding="utf-8")
    return folder / "db"
