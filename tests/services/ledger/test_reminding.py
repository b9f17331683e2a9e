"""Reminders: who is due one, how often, and how they are stopped; on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy

import pytest
from sqlalchemy import Connection, select

from mailbot.command_setup import load_files
from mailbot.composing import compose_reminder
from mailbot.config import Settings
from mailbot.model import RequestRefused
from mailbot.model import SendOutcome as Sent
from mailbot.model import SendResult as Delivered
from mailbot.model.ledger.accounts_and_meters import DatedReading, DeliveryMethod, Month
from mailbot.model.ledger.sources import PaymentSource, ReadingSource
from mailbot.model.outgoing.reminder import Reminder, ReminderKind, ReminderRules
from mailbot.model.outgoing.sending_pace import Pacing
from mailbot.services.client_links.reminder_stop import StopLinks
from mailbot.services.in_force.rules_and_templates import ActiveRules as Rules
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.reminders.daily_round import remind_daily
from mailbot.services.reminders.sending import ReminderRound, ReminderRoundResult, remind
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.bills import reminders
from mailbot.store.ledger import meter_readings, payments
from mailbot.store.ledger.meter_readings import ReadingToStore
from mailbot.store.ledger.payment_lists import NewPayment
from mailbot.store.mail import account_letter_failures, outbox, reminder_opt_outs
from mailbot.store.schema.ledger import account_event
from tests.services.ledger.neighbours import ANNA, BORIS, FLATS, NEIGHBOURS, OCTOBER, OWN, settle

READINGS, DEBT = ReminderKind.READINGS, ReminderKind.DEBT
LINKS = StopLinks("s" * 40, "https://cabinet.example")
WINDOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # the 23rd: readings are taken until the 25th
LATE = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)  # October was due on the 15th


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The rules as shipped, with the telephones confirmed."""
    rules = load_checked_rules(0, load_files(Settings()))
    channels = replace(rules.rulebook.channels, confirmed=True)
    book = replace(rules.rulebook, channels=channels)
    return replace(rules, rulebook=book, templates=replace(rules.templates, channels=channels))


@pytest.fixture
def town(store: Store) -> Store:
    """Anna owes 1843.76 and Boris 9999.00 of October and before; both get their bills by mail."""
    settle(store, datetime(2026, 11, 2, 6, 0, tzinfo=UTC))
    with store.write() as transaction:
        flats = [replace(one, delivery=DeliveryMethod.EMAIL) for one in FLATS]
        register_import.import_register(transaction, flats)
    return store


def again(
    store: Store, rules: Rules, kind: ReminderKind, now: datetime, *, dry: bool = False
) -> ReminderRoundResult:
    return remind(kind, ReminderRound(store, rules, LINKS, now, dry))


def pay(store: Store, number: str, amount: str, now: datetime) -> None:
    with store.write() as transaction:
        payments.save_payments(
            transaction,
            [NewPayment(number, Decimal(amount), now.date(), f"n-{number}")],
            PaymentSource.BANK,
            "тест",
            now,
        )


def events_of(connection: Connection, number: str) -> list[str]:
    query = select(account_event.c.detail).where(
        account_event.c.account == number, account_event.c.what == "bill"
    )
    return list(connection.scalars(query))


def letters(store: Store, now: datetime) -> list[bytes]:
    """Claim and send everything that waits, a day at a time: the pace is another test's matter."""
    found = []
    rulebook = load_checked_rules(0, load_files(Settings())).rulebook
    for minute in range(60):
        at = now + timedelta(minutes=10 * minute)
        pacing = Pacing(rulebook.bills, at.date(), False)
        item = store.do(outbox.claim_outgoing, "test", timedelta(minutes=1), at, pacing)
        if item is not None:
            store.do(outbox.record_delivery, item.id, Delivered(Sent.SENT, "250"), at, at, pacing)
            found.append(item.content)
    return found


def test_who_has_a_meter_and_sent_nothing_is_reminded_once(town: Store, rules: Rules) -> None:
    outcome = again(town, rules, READINGS, WINDOW)
    assert sorted(outcome.sent) == [(OWN, ANNA), (NEIGHBOURS, BORIS)]
    assert again(town, rules, READINGS, WINDOW + timedelta(hours=3)).sent == []
    assert again(town, rules, READINGS, WINDOW + timedelta(days=1)).sent == []
    first, _ = letters(town, WINDOW)
    message = message_from_bytes(first, policy=policy.default)
    assert message["To"] == ANNA
    assert message["Subject"] == "Показания счётчиков за ноябрь 2026: примем до 25.11.2026"
    assert message["Auto-Submitted"] == "auto-generated"


def test_before_and_after_the_last_days_nobody_is_reminded(town: Store, rules: Rules) -> None:
    for day in (21, 26):
        outcome = again(town, rules, READINGS, WINDOW.replace(day=day))
        assert (outcome.sent, outcome.early) == ([], "о показаниях напоминаем с 22.11.2026 по 25.11.2026")
    assert len(again(town, rules, READINGS, WINDOW.replace(day=25)).sent) == 2


def test_who_has_sent_a_reading_for_the_month_is_left_alone(town: Store, rules: Rules) -> None:
    taken = DatedReading(
        FLATS[0].account.meters[0].serial, Decimal("14.1"), date(2026, 11, 19), Month(2026, 11)
    )
    with town.write() as transaction:
        meter_readings.save_readings(
            transaction, [ReadingToStore(OWN, taken, ReadingSource.PHONE)], "Ольга", WINDOW
        )
    assert again(town, rules, READINGS, WINDOW).sent == [(NEIGHBOURS, BORIS)]


def test_no_meter_no_mail_no_reminder(town: Store, rules: Rules) -> None:
    bare = replace(FLATS[0], delivery=DeliveryMethod.EMAIL, account=replace(FLATS[0].account, meters=()))
    removed = replace(FLATS[0].account.meters[0], removed=date(2026, 11, 1))
    with town.write() as transaction:
        register_import.import_register(transaction, (bare, replace(FLATS[1], delivery=DeliveryMethod.PAPER)))
    outcome = again(town, rules, READINGS, WINDOW)
    assert NEIGHBOURS not in dict(outcome.sent)
    with town.write() as transaction:
        gone = replace(bare, account=replace(bare.account, meters=(removed,)))
        register_import.import_register(transaction, (gone,))
    assert again(town, rules, READINGS, WINDOW.replace(day=24)).sent == []


def test_a_dry_run_names_them_and_sends_nothing(town: Store, rules: Rules) -> None:
    assert len(again(town, rules, READINGS, WINDOW, dry=True).sent) == 2
    assert letters(town, WINDOW) == []
    assert len(again(town, rules, READINGS, WINDOW).sent) == 2


def test_an_unpaid_bill_brings_two_reminders_and_no_third(town: Store, rules: Rules) -> None:
    days = [LATE + timedelta(days=one) for one in range(-10, 60)]
    sent = {day.date(): dict(again(town, rules, DEBT, day).sent).get(OWN) for day in days}
    assert [day for day, to in sent.items() if to] == [date(2026, 11, 20), date(2026, 12, 5)]


def test_the_reminder_says_what_is_late_and_how_to_stop_it(town: Store, rules: Rules) -> None:
    again(town, rules, DEBT, LATE)
    message = message_from_bytes(letters(town, LATE)[0], policy=policy.default)
    text = message.get_body(("plain",)).get_content().replace("\u00a0", " ")  # type: ignore[union-attr]
    assert "квитанцию за октябрь 2026 нужно было оплатить до 15.11.2026" in text
    assert "Просрочено: 1 843,76 ₽." in text
    url, by_mail = (one.strip("<> ") for one in message["List-Unsubscribe"].split(","))
    assert LINKS.email_of(url.removeprefix("https://cabinet.example/stop/")) == ANNA
    assert by_mail.startswith("mailto:8666@bk.ru?subject=%D0%9D%D0%B5%20")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in text


def test_without_https_there_is_no_one_click(town: Store, rules: Rules) -> None:
    links = replace(LINKS, address="http://127.0.0.1:8666")
    remind(DEBT, ReminderRound(town, rules, links, LATE))
    message = message_from_bytes(letters(town, LATE)[0], policy=policy.default)
    assert message["List-Unsubscribe"].startswith("<mailto:")
    assert message["List-Unsubscribe-Post"] is None


def test_two_late_reminders_do_not_follow_on_each_others_heels(town: Store, rules: Rules) -> None:
    late = LATE + timedelta(days=30)
    assert len(again(town, rules, DEBT, late).sent) == 2
    for days, count in ((0, 0), (1, 0), (14, 0), (15, 2)):
        assert len(again(town, rules, DEBT, late + timedelta(days=days)).sent) == count, days


@pytest.mark.parametrize(("paid", "reminded"), [("1843.76", False), ("1743.76", False), ("1743.75", True)])
def test_a_trifle_is_nobodys_reminder(town: Store, rules: Rules, paid: str, reminded: bool) -> None:
    """Up to 100 roubles."""
    pay(town, OWN, paid, LATE)
    assert (OWN in dict(again(town, rules, DEBT, LATE).sent)) is reminded


def test_who_has_refused_is_not_written_to_and_still_gets_bills(town: Store, rules: Rules) -> None:
    with town.write() as transaction:
        assert reminder_opt_outs.refuse(transaction, "Anna@mail.example", "тест", LATE)
        assert not reminder_opt_outs.refuse(transaction, ANNA, "ещё раз", LATE)
    outcome = again(town, rules, DEBT, LATE)
    assert (outcome.sent, outcome.refused) == ([(NEIGHBOURS, BORIS)], 1)
    assert again(town, rules, READINGS, WINDOW).refused == 1
    with town.write() as transaction:
        assert reminder_opt_outs.allow(transaction, ANNA)
    assert again(town, rules, DEBT, LATE + timedelta(days=1)).sent == [(OWN, ANNA)]


def test_two_machines_at_once_send_one_of_a_kind_a_day(town: Store, rules: Rules) -> None:
    """What one of them has found due, the other has sent meanwhile."""
    held = FLATS[0]
    letter = compose_reminder(
        Reminder(DEBT, OWN, OCTOBER, 1),
        held,
        rules.templates,
        to=ANNA,
        until=date(2026, 11, 15),
        stop_url="",
        now=LATE,
    )
    second = replace(letter, message_id="<another@bk.ru>")
    with town.write() as transaction:
        assert reminders.keep(transaction, Reminder(DEBT, OWN, OCTOBER, 1), letter, None, LATE.date(), LATE)
        assert not reminders.keep(
            transaction, Reminder(DEBT, OWN, OCTOBER, 1), letter, None, LATE.date(), LATE
        )
        assert not reminders.keep(
            transaction, Reminder(DEBT, OWN, OCTOBER, 2), second, None, LATE.date(), LATE
        )
    assert len(letters(town, LATE)) == 1


def test_a_reminder_that_came_back_is_told_on_the_account(town: Store, rules: Rules) -> None:
    again(town, rules, DEBT, LATE)
    item = town.do(
        outbox.claim_outgoing,
        "t",
        timedelta(minutes=1),
        LATE,
        Pacing(rules.rulebook.bills, LATE.date(), False),
    )
    assert item is not None
    with town.write() as transaction:
        account_letter_failures.undelivered(transaction, item.id, "ящика нет", LATE)
        told = events_of(transaction, OWN)
    assert told == ["напоминание за октябрь 2026 на anna@mail.example: ящика нет"]


def test_nobody_is_written_to_with_the_examples_telephones(town: Store) -> None:
    with pytest.raises(RequestRefused, match="телефоны-образцы"):
        again(town, load_checked_rules(0, load_files(Settings())), DEBT, LATE)


def on(rules: Rules, **changes: object) -> Rules:
    wanted = replace(rules.rulebook.reminders, daily=True, **changes)  # type: ignore[arg-type]
    return replace(rules, rulebook=replace(rules.rulebook, reminders=wanted))


def test_the_daemon_reminds_once_a_day_by_day_and_only_where_it_is_switched_on(
    town: Store, rules: Rules
) -> None:
    night = LATE.replace(hour=17)  # 22:00 in the Kama region
    assert not remind_daily(town, rules, LINKS, "a", LATE)
    assert not remind_daily(town, on(rules), LINKS, "a", night)
    assert remind_daily(town, on(rules), LINKS, "a", LATE)
    for holder, later in (("a", 10), ("b", 10), ("a", 120)):
        assert not remind_daily(town, on(rules), LINKS, holder, LATE + timedelta(minutes=later))
    assert remind_daily(town, on(rules), LINKS, "b", LATE + timedelta(days=1))
    assert len(letters(town, LATE)) == 2


def test_the_rules_count_from_the_day_the_bill_was_due() -> None:
    due, rules_ = date(2026, 11, 15), ReminderRules(debt_days=(5, 20))
    assert rules_.nth_today(due, (), date(2026, 11, 19)) is None
    assert rules_.nth_today(due, (), date(2026, 11, 20)) == 1
    assert rules_.nth_today(due, (date(2026, 11, 20),), date(2026, 12, 5)) == 2
    assert rules_.nth_today(due, (date(2026, 11, 20), date(2026, 12, 5)), date(2027, 3, 1)) is None
    assert ReminderRules(debt_days=()).nth_today(due, (), date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "YW5uYUBtYWlsLmV4YW1wbGU",
        "YW5uYUBtYWlsLmV4YW1wbGU.AAAA",
        "..",
        "я.я",
        "YW5uYUBtYWlsLmV4YW1wbGU." + "A" * 22,
    ],
)
def test_a_link_that_we_did_not_sign_is_nobodys(token: str) -> None:
    assert LINKS.email_of(token) is None


def test_a_link_is_of_one_address_and_one_secret() -> None:
    assert LINKS.email_of(LINKS.token(ANNA)) == ANNA
    assert replace(LINKS, secret="t" * 40).email_of(LINKS.token(ANNA)) is None
    other = LINKS.token(BORIS).partition(".")[0] + "." + LINKS.token(ANNA).partition(".")[2]
    assert LINKS.email_of(other) is None
