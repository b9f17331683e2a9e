"""The database has room for every member of a closed set, and its checks let every member in."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

import pytest
from sqlalchemy import String, inspect, select

from mailbot.config import resource_folder
from mailbot.model import (
    Action,
    CaseState,
    Channel,
    ClockMark,
    DeliveryState,
    LetterKind,
    LetterPurpose,
    Priority,
    StaffRole,
)
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.case.staff_act import CaseAct, OfficeAct
from mailbot.model.ledger.account_event import AccountEventKind
from mailbot.model.ledger.accounts_and_meters import ClientGroup, DeliveryMethod
from mailbot.model.ledger.sources import PaymentSource, ReadingSource
from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.model.outgoing.reminder import ReminderKind
from mailbot.model.report.survey import SurveyForm
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.database.engine import open_engine
from mailbot.store.schema.letters_and_cases import case, letter, metadata
from tests.engines import PostgresServer, SqliteFiles
from tests.store.database.test_migrations import LETTER_OF_0002, to_version

COLUMNS: tuple[tuple[str, str, type[StrEnum]], ...] = (
    ("case_", "state", CaseState),
    ("case_", "action", Action),
    ("case_", "primary_kind", LetterKind),
    ("case_", "priority", Priority),
    ("case_", "channel", Channel),
    ("case_event", "was", CaseState),
    ("case_event", "became", CaseState),
    ("case_event", "mark", ClockMark),
    ("case_event", "kind", LetterKind),
    ("reading", "state", ReadingState),
    ("reading", "first_state", ReadingState),
    ("outbox", "purpose", LetterPurpose),
    ("outbox", "mark", ClockMark),
    ("outbox", "state", DeliveryState),
    ("account", "client_group", ClientGroup),
    ("account", "delivery", DeliveryMethod),
    ("account_event", "what", AccountEventKind),
    ("meter_reading", "source", ReadingSource),
    ("payment", "source", PaymentSource),
    ("bill", "delivery", DeliveryMethod),
    ("reminder", "kind", ReminderKind),
    ("survey_invitation", "group", ClientGroup),
    ("survey_response", "group", ClientGroup),
    ("survey_response", "form", SurveyForm),
    ("mailbox_fault", "duty", MailboxDuty),
    ("staff", "role", StaffRole),
    ("audit", "what", CaseAct),
    ("audit", "what", OfficeAct),
)

Databases = SqliteFiles | PostgresServer


def test_every_member_has_room_and_passes_the_checks_of_the_database(databases: Databases) -> None:
    engine = open_engine(databases.fresh())
    made = inspect(engine)
    heeds_widths = engine.dialect.name != "sqlite"
    for table, column, members in COLUMNS:
        in_code = metadata.tables[table].c[column].type
        in_database = next(one["type"] for one in made.get_columns(table) if one["name"] == column)
        checks = [
            one["sqltext"]
            for one in made.get_check_constraints(table)
            if one["name"] == f"ck_{table}_{column}"
        ]
        for member in members:
            for width in (in_code, *((in_database,) if heeds_widths else ())):
                assert isinstance(width, String)
                assert width.length is not None
                assert len(member) <= width.length, f"{table}.{column} has no room for {member!r}"
            assert all(f"'{member.value}'" in check for check in checks), f"{table}.{column}: {member!r}"
    engine.dispose()


@pytest.mark.parametrize("channel", Channel)
def test_both_engines_keep_a_case_of_every_channel(store: Store, channel: Channel) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    with store.write() as transaction:
        values = {"sha256": "0" * 64, "source": "test", "sender": "", "message_id": ""}
        transaction.execute(letter.insert().values(id=1, received_at=now, collected_at=now, **values))
        own = {"id": 1, "letter_id": 1, "number": "26-000001", "state": CaseState.COLLECTED, "sender": ""}
        transaction.execute(case.insert().values(**own, received_at=now, channel=channel))
    assert store.ask(summaries.case_of, "26-000001").channel is channel


def test_a_database_from_before_gets_room_and_keeps_its_rows(databases: Databases) -> None:
    url = databases.blank()
    to_version(url, "0014")
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(LETTER_OF_0002.replace(":id", "1").replace(":sha", "'a'"))
        connection.exec_driver_sql(
            "INSERT INTO case_ (id, letter_id, number, state, sender, received_at, channel) "
            "VALUES (1, 1, '26-000001', 'answered', 'a@b.ru', '2026-11-01 10:00:00', 'office')"
        )
    store = Store(url, resource_folder("db"))
    store.migrate()
    assert store.ask(summaries.case_of, "26-000001").channel is Channel.OFFICE
    with engine.begin() as connection:
        connection.execute(case.update().values(channel=Channel.MESSENGER))
    assert store.ask(summaries.case_of, "26-000001").channel is Channel.MESSENGER
    with engine.connect() as connection:
        assert connection.scalar(select(case.c.channel)) == "messenger"
    store.close()
    engine.dispose()
