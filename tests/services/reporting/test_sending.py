"""The weekly report leaves when it is due, once for each reader; what an outage kept back is made up for."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from hashlib import sha256

import pytest
from sqlalchemy import select

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model import RawLetter
from mailbot.model.report.period import Period
from mailbot.model.rules.report_readers import ReportRules
from mailbot.parsing import read_envelope
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.letters.handle import handle
from mailbot.services.reporting.reports import report_of
from mailbot.services.reporting.sending import send_due, send_report
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.casework import moves_and_answers
from mailbot.store.mail import incoming
from mailbot.store.schema.letters_and_cases import outbox
from tests.engines import PostgresServer, SqliteFiles
from tests.services.reporting.sent_reports import reports_of
from tests.store.conftest import databases, opened, postgres, sqlite, store, url

__all__ = ["databases", "opened", "postgres", "sqlite", "store", "url"]

W47 = Period.read("2026-W47")
DUE = datetime(2026, 11, 23, 3, tzinfo=UTC)
"""Monday, 08:00 in Yekaterinburg."""

CHIEF, DEPUTY = "chief@eco.example", "deputy@eco.example"
ADDRESS = "https://desk.eco.example"
COLD = "From: Анна <anna@bk.ru>\r\nSubject: Холодно\r\n\r\nВ квартире на Мира, 5-12 холодно, +15. Примите меры! 8 922 000-11-22\r\n"


@cache
def shipped() -> ActiveRules:
    return load_checked_rules(0, load_files(Settings()))


def rules(*readers: str) -> ActiveRules:
    rules = shipped()
    return replace(rules, rulebook=replace(rules.rulebook, reports=ReportRules(readers=readers)))


def receive(store: Store, at: datetime, text: str = COLD) -> str:
    """A letter taken in and decided at that moment; the number of its case."""
    raw = RawLetter(text.replace("Subject: ", f"Subject: {at:%d %H:%M} ").encode(), at)
    kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", at)
    handle(store, shipped(), kept.letter_id, at)
    return str(
        next(one for one in store.ask(summaries.cases, None, 999) if one.letter_id == kept.letter_id).number
    )


def reports(store: Store) -> list[EmailMessage]:
    """The letters of reports in the outbox, in their order."""
    with store.write() as transaction:
        query = select(outbox.c.content).where(outbox.c.purpose == "report").order_by(outbox.c.id)
        kept = list(transaction.scalars(query))
    return [message_from_bytes(bytes(one), policy=policy.default) for one in kept]


@pytest.fixture
def week(store: Store) -> Store:
    """A store with two letters of week 47."""
    receive(store, datetime(2026, 11, 17, 6, tzinfo=UTC))
    receive(store, datetime(2026, 11, 20, 11, tzinfo=UTC))
    return store


def test_nothing_leaves_before_monday_eight_o_clock(week: Store) -> None:
    assert send_due(week, rules(CHIEF), ADDRESS, DUE - timedelta(seconds=1)) == ()
    assert send_due(week, rules(CHIEF), ADDRESS, DUE) == (W47,)


def test_each_reader_gets_one_with_paper_workbook_and_charts(week: Store) -> None:
    send_due(week, rules(CHIEF, DEPUTY), ADDRESS, DUE)
    found = reports(week)
    assert [one["To"] for one in found] == [CHIEF, DEPUTY]
    kinds = [part.get_content_type() for part in found[0].walk()]
    assert kinds.count("application/pdf") == 1
    assert kinds.count("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") == 1
    assert kinds.count("image/png") >= 2
    assert "неделю 47" in found[0]["Subject"]
    assert found[0]["Message-ID"] != found[1]["Message-ID"]


def test_whoever_asks_again_sends_nothing_again(week: Store) -> None:
    send_due(week, rules(CHIEF), ADDRESS, DUE)
    assert send_due(week, rules(CHIEF), ADDRESS, DUE + timedelta(hours=1)) == ()
    assert send_report(week, rules(CHIEF), W47, ADDRESS, DUE + timedelta(days=9)) == ()
    assert len(reports(week)) == 1


def test_two_machines_at_once_send_one(databases: SqliteFiles | PostgresServer) -> None:
    url = databases.fresh()
    stores = [Store(url, resource_folder("db")) for _ in range(3)]
    receive(stores[0], datetime(2026, 11, 17, 6, tzinfo=UTC))
    start = threading.Barrier(len(stores))

    def send(own: Store) -> None:
        start.wait()
        send_due(own, rules(CHIEF, DEPUTY), ADDRESS, DUE)

    threads = [threading.Thread(target=send, args=(one,)) for one in stores]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one["To"] for one in reports(stores[0])) == [CHIEF, DEPUTY]
    for own in stores:
        own.close()


def test_an_outage_of_three_weeks_is_made_up_for_and_a_new_reader_gets_the_newest(week: Store) -> None:
    send_due(week, rules(CHIEF), ADDRESS, DUE)
    receive(week, DUE + timedelta(days=2))
    back = DUE + timedelta(weeks=3, hours=5)
    assert send_due(week, rules(CHIEF), ADDRESS, back) == (
        W47.following,
        W47.following.following,
        Period.read("2026-W50"),
    )
    send_due(week, rules(CHIEF, DEPUTY), ADDRESS, back + timedelta(minutes=1))
    assert [one["Subject"].split("неделю ")[1][:2] for one in reports(week) if one["To"] == DEPUTY] == ["50"]


def test_without_readers_or_letters_nothing_leaves(store: Store) -> None:
    assert send_due(store, rules(CHIEF), ADDRESS, DUE) == ()
    receive(store, datetime(2026, 11, 17, 6, tzinfo=UTC))
    assert send_due(store, rules(), ADDRESS, DUE) == ()
    assert reports(store) == []


def test_a_person_sends_it_again_with_an_id_of_its_own(week: Store) -> None:
    send_due(week, rules(CHIEF), ADDRESS, DUE)
    later = DUE + timedelta(hours=3)
    assert send_report(week, rules(CHIEF), W47, ADDRESS, later, again=True) == (CHIEF,)
    first, second = reports(week)
    assert first["Message-ID"] != second["Message-ID"]
    (known,) = week.ask(reports_of, W47)
    assert known.made_at == later


def test_a_reader_whom_no_server_would_take_keeps_nobody_else_from_theirs(
    week: Store, caplog: pytest.LogCaptureFixture
) -> None:
    send_due(week, rules("не адрес", CHIEF), ADDRESS, DUE)
    assert [one["To"] for one in reports(week)] == [CHIEF]
    assert "не отправлен" in caplog.text


def test_the_same_week_comes_out_the_same_years_later(week: Store) -> None:
    """What happened after Monday, eight o'clock, changes nothing: answers, letters taken back, other letters."""
    number = receive(week, datetime(2026, 11, 21, 6, tzinfo=UTC))
    send_due(week, rules(CHIEF), ADDRESS, DUE)
    (sent,) = week.ask(reports_of, W47)
    receive(week, DUE + timedelta(days=1))
    with week.write() as transaction:
        moves_and_answers.move(
            transaction,
            number,
            summaries.case_of(transaction, number).state.IGNORED,
            "anna",
            "не обращение",
            DUE + timedelta(days=1),
        )
    acts.take_back(week, ActContext(number, None, "anna", DUE + timedelta(days=2)), "ошибка")
    again = report_of(week, rules(CHIEF), W47, datetime(2031, 5, 1, tzinfo=UTC))
    assert sha256(repr(again.figures).encode()).hexdigest() == sent.figures_sha256
    assert again.figures.received.count == 3


def test_a_server_clock_set_back_in_the_week_leaves_a_sensible_report(store: Store) -> None:
    """The letter came at 10:00 by the mailbox; the server, an hour slow since, decided it at 9:02."""
    received = datetime(2026, 11, 18, 5, tzinfo=UTC)
    raw = RawLetter(COLD.encode(), received)
    slow = received - timedelta(minutes=58)
    kept = store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", slow)
    handle(store, shipped(), kept.letter_id, slow)
    figures = report_of(store, rules(CHIEF), W47, DUE).figures
    assert figures.received.count == figures.clock_faults.count == 1
    assert figures.answer.elapsed.longest is not None
    assert figures.answer.elapsed.longest.seconds >= 0
    assert send_due(store, rules(CHIEF), ADDRESS, DUE) == (W47,)
